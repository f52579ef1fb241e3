using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Mutations.Tests.Classifying;
using CantonInfra.Mutations.Tests.Mutating;
using CantonInfra.Policy;
using CantonInfra.PolicySdk;

namespace CantonInfra.Mutations.Tests.Judging;

/// <summary>All that the tests look at: the classification, the pack, one preview of each stack, and what came of its mutations.</summary>
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
            var preview = await new PreviewEngine(TimeProvider.System).PreviewAsync(new PreviewRequest(configuration, []));
            Assert.True(
                preview.Outcome == PreviewOutcome.Succeeded, string.Join('\n', preview.Diagnostics.Select(diagnostic => diagnostic.Message)));
            Plans = Plans.Add(preview.Plan);
            Stacks = Stacks.Add(StackProof.Of(new StackUnderTest(preview.Plan, configuration, Pack), mutator));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

[CollectionDefinition(nameof(Proof))]
public sealed class ProofCollection : ICollectionFixture<Proof>;
