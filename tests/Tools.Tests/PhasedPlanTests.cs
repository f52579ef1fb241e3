using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Tools.Deployment;

namespace CantonInfra.Tools.Tests;

public sealed class PhasedPlanTests
{
    [Theory]
    [InlineData("devnet")]
    [InlineData("mainnet")]
    [InlineData("subscription-prod")]
    public async Task Every_resource_of_a_stack_has_one_phase_after_all_that_it_needs(string stack)
    {
        var configuration = StackConfiguration.Load(ProjectFile.Load(CommandRun.Repository), stack, [], _ => null);
        var plan = (await new PreviewEngine(TimeProvider.System).PreviewAsync(new PreviewRequest(configuration, []))).Plan;
        var phases = PhasedPlan.Create(plan).Phases;

        var order = phases.SelectMany((entry, index) => entry.Urns.Select(urn => (urn, index)))
            .ToDictionary(entry => entry.urn, entry => entry.index, StringComparer.Ordinal);
        Assert.Equal(plan.Resources.Select(resource => resource.Urn).Order(StringComparer.Ordinal), order.Keys.Order(StringComparer.Ordinal));
        foreach (var resource in plan.Resources)
        {
            foreach (var needed in resource.Dependencies.Append(resource.Parent).Append(resource.Provider).Where(order.ContainsKey))
            {
                Assert.True(order[needed] <= order[resource.Urn] || !resource.IsCustom, $"{resource.Urn} comes before {needed}");
            }
        }
    }

    [Fact]
    public void Phases_follow_providers_types_and_dependencies()
    {
        var phases = PhasedPlan.Create(Plan.Create("p", "s",
        [
            Resource("stack", "pulumi:pulumi:Stack", "", ResourceKind.Component),
            Resource("data", "c:data:Server", "stack", ResourceKind.Component),
            Resource("group", "azure-native:resources:ResourceGroup", "stack"),
            Resource("extension", "postgresql:index/extension:Extension", "data", needs: ["database"]),
            Resource("database", "postgresql:index/database:Database", "data", needs: ["group"]),
            Resource("login", "pulumi:providers:keycloak", "stack"),
            Resource("client", "keycloak:openid/client:Client", "stack", provider: "login"),
            Resource("copy", "azure-native:keyvault:Secret", "stack", needs: ["client"]),
            Resource("user", "canton:index:User", "stack", needs: ["copy"]),
            Resource("other", "acme:index:Thing", "stack"),
            Resource("empty", "c:nothing:Empty", "stack", ResourceKind.Component),
        ])).Phases;

        Assert.Equal(
            [
                ("platform", "empty,group,other,stack"),
                ("inside", "data,database"),
                ("extensions", "extension"),
                ("identity", "client,copy,login"),
                ("ledger", "user"),
            ],
            phases.Select(entry => (entry.Phase.Id, string.Join(',', entry.Urns.Order(StringComparer.Ordinal)))));
    }

    [Fact]
    public async Task The_table_is_for_people()
    {
        var run = await CommandRun.InvokeAsync("phases", "--stack", "devnet", "-C", CommandRun.Repository);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("platform: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("    before  The identity provider answers.\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Targets_are_options_of_the_cli()
    {
        var run = await CommandRun.InvokeAsync("phases", "--stack", "devnet", "--targets", "identity", "-C", CommandRun.Repository);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(
            run.Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'),
            line => Assert.Matches(@"^--target urn:pulumi:devnet::canton-infra::\S+$", line));
    }

    [Theory]
    [InlineData("--stack devnet --targets everything", "no phase 'everything'; its phases: platform, inside,")]
    [InlineData("", "Name the stack with --stack")]
    [InlineData("--stack nowhere", "nowhere")]
    public async Task Mistakes_are_told(string arguments, string message)
    {
        var run = await CommandRun.InvokeAsync(
            ["phases", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-C", CommandRun.Repository]);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static PlannedResource Resource(
        string urn,
        string type,
        string parent,
        ResourceKind kind = ResourceKind.Custom,
        ImmutableArray<string> needs = default,
        string provider = "") => new()
    {
        Urn = urn,
        Type = type,
        Name = urn,
        Kind = kind,
        Parent = parent,
        Dependencies = needs.IsDefault ? [] : needs,
        Provider = provider,
    };
}
