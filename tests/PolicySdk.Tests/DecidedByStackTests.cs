using System.Collections.Immutable;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.PolicySdk.Tests;

/// <summary>What one resource leaves undecided and its stack decides.</summary>
public sealed class DecidedByStackTests
{
    private const string Thing = "urn:pulumi:devnet::project::test:index:Thing::thing";

    [Fact]
    public async Task Of_the_resource_by_itself_only_the_delay_is_told()
    {
        await using var pack = await ServedPack.StartAsync(
            new PolicyPack("test-pack", "1.2.3", new DecidingRule(PolicyVerdict.Pass)), sumsUp: true);
        await pack.ConfigureStackAsync();

        var answer = await pack.AnalyzeAsync();

        Assert.Empty(answer.Diagnostics);
        Assert.Equal("It is judged with the whole stack: size.", Assert.Single(answer.NotApplicable).Reason);
    }

    [Fact]
    public async Task What_the_stack_passes_is_told_nowhere()
    {
        await using var pack = await ServedPack.StartAsync(
            new PolicyPack("test-pack", "1.2.3", new DecidingRule(PolicyVerdict.Pass)), sumsUp: true);
        await pack.ConfigureStackAsync();
        await pack.AnalyzeAsync();

        var answer = await AnalyzeStackAsync(pack);

        Assert.Empty(answer.Diagnostics);
        Assert.Empty(answer.NotApplicable);
    }

    [Fact]
    public async Task What_the_stack_refuses_is_a_violation_of_the_resource()
    {
        await using var pack = await ServedPack.StartAsync(
            new PolicyPack("test-pack", "1.2.3", new DecidingRule(PolicyVerdict.Violation(PropertyPath.Parse("size"), "It is wrong."))));
        await pack.ConfigureStackAsync();

        var diagnostic = Assert.Single((await AnalyzeStackAsync(pack)).Diagnostics);

        Assert.Equal((Thing, "deciding"), (diagnostic.Urn, diagnostic.PolicyName));
        Assert.Equal("size: It is wrong.\nTo fix: The remediation.", diagnostic.Message);
    }

    [Fact]
    public async Task What_the_stack_does_not_tell_stays_undecided_and_names_the_resource()
    {
        await using var pack = await ServedPack.StartAsync(new PolicyPack("test-pack", "1.2.3", new DecidingRule(null)), sumsUp: true);
        await pack.ConfigureStackAsync();
        await pack.AnalyzeAsync();

        var answer = await AnalyzeStackAsync(pack);

        Assert.Equal("undecided: size of test:index:Thing 'thing'", Assert.Single(answer.NotApplicable).Reason);
        Assert.Contains("no pass: 1.", Assert.Single(answer.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_fails_in_deciding_counts_as_a_violation()
    {
        await using var pack = await ServedPack.StartAsync(new PolicyPack("test-pack", "1.2.3", new DecidingRule(null) { Fails = true }));
        await pack.ConfigureStackAsync();

        Assert.Contains("itself failed", Assert.Single((await AnalyzeStackAsync(pack)).Diagnostics).Message, StringComparison.Ordinal);
    }

    private static Task<AnalyzeResponse> AnalyzeStackAsync(ServedPack pack) => pack.CallAsync(
        AnalyzerMethods.AnalyzeStack,
        new AnalyzeStackRequest { Resources = { new AnalyzerResource { Type = "test:index:Thing", Name = "thing", Urn = Thing } } });

    private sealed class DecidingRule(PolicyVerdict? decision) : ResourcePolicy, IDecidedByStack
    {
        public bool Fails { get; init; }

        public override string Id => "deciding";

        public override string Title => "The title";

        public override string Rationale => "The rationale.";

        public override string Remediation => "The remediation.";

        public override PolicySeverity Severity => PolicySeverity.High;

        public override ImmutableArray<PolicyControl> Controls => [];

        public override ImmutableArray<ResourceTypePattern> ResourceTypes => ["test:*"];

        public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
            [PolicyVerdict.Undecided(PropertyPath.Parse("size"))];

        public PolicyVerdict? Decide(UndecidedVerdict undecided, StackResourceView resource, StackView resources) =>
            Fails ? throw new InvalidOperationException("no") : decision;
    }
}
