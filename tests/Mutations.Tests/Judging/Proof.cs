using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Infra.Tests.Stacks;
using CantonInfra.Infra.Tests.Support;
using CantonInfra.Mutations.Tests.Classifying;
using CantonInfra.Mutations.Tests.Mutating;
using CantonInfra.Policy;
using CantonInfra.PolicySdk;

namespace CantonInfra.Mutations.Tests.Judging;

/// <summary>
/// All that the tests look at: the classification, the pack, one preview of each stack, and what came of its mutations; and the same of what no
/// stack of this repository has, by mainnet with every option.
/// </summary>
public sealed class Proof : IAsyncLifetime
{
    internal Classification Classification { get; } =
        ClassificationFile.Load(Path.Combine(Golden.Repository, Classification.Path));

    internal PolicyPack Pack { get; } = Guardrails.Load(Path.Combine(Golden.Repository, "policy"), TimeProvider.System);

    internal ImmutableArray<Plan> Plans { get; private set; } = [];

    internal ImmutableArray<StackProof> Stacks { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var project = ProjectFile.Load(Golden.Repository);
        var mutator = new Mutator(Classification);
        foreach (var name in project.StackNames)
        {
            var configuration = StackConfiguration.Load(project, name, [], _ => null);
            var plan = await PreviewAsync(configuration);
            Stacks = Stacks.Add(StackProof.Of(name, new StackUnderTest(plan, configuration, Pack), mutator, _ => true));
        }

        // What is tried already is not tried again: only resources and mutations that no plan before has.
        foreach (var provider in EveryOption.Providers)
        {
            var known = Plans.SelectMany(plan => plan.Resources).Select(resource => (resource.Type, resource.Name)).ToHashSet();
            var tried = Stacks.SelectMany(stack => stack.Scores.Keys).ToHashSet();
            using var folder = new ProjectFolder("mainnet", EveryOption.StackFile(provider, 3));
            var configuration = folder.Load();
            var plan = await PreviewAsync(configuration);
            Stacks = Stacks.Add(StackProof.Of(
                $"every option, {provider}",
                new StackUnderTest(plan, configuration, Pack),
                mutator,
                mutation => !known.Contains((mutation.Resource.Type, mutation.Resource.Name)) || !tried.Contains(mutation.Kind)));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<Plan> PreviewAsync(StackConfiguration configuration)
    {
        var preview = await new PreviewEngine(TimeProvider.System).PreviewAsync(new PreviewRequest(configuration, []));
        Assert.True(
            preview.Outcome == PreviewOutcome.Succeeded, string.Join('\n', preview.Diagnostics.Select(diagnostic => diagnostic.Message)));
        Plans = Plans.Add(preview.Plan);
        return preview.Plan;
    }
}

[CollectionDefinition(nameof(Proof))]
public sealed class ProofCollection : ICollectionFixture<Proof>;
