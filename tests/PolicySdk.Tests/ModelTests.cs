using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk.Tests;

public sealed class ModelTests
{
    private static readonly PolicyVerdict Violation = PolicyVerdict.Violation(PropertyPath.Root, "x");
    private static readonly PolicyVerdict Undecided = PolicyVerdict.Undecided(PropertyPath.Root);
    private static readonly PolicyVerdict NotApplicable = PolicyVerdict.NotApplicable("x");
    private static readonly PolicyVerdict Fault = new FaultVerdict("x", null);

    [Theory]
    [InlineData("azure-native:network:Subnet", "azure-native:network:Subnet")]
    [InlineData("azure-native:network/v20230501:Subnet", "azure-native:network:Subnet")]
    [InlineData("azure-native:network/v20230501preview:Subnet", "azure-native:network:Subnet")]
    [InlineData("azure-native_network_v20230501:network:Subnet", "azure-native:network:Subnet")]
    [InlineData("pulumi:providers:azure-native", "pulumi:providers:azure-native")]
    [InlineData("pulumi:providers:azure-native_network_v20230501", "pulumi:providers:azure-native")]
    [InlineData("kubernetes:networking.k8s.io/v1:NetworkPolicy", "kubernetes:networking.k8s.io/v1:NetworkPolicy")]
    public void Types_compare_without_api_versions(string token, string canonical) =>
        Assert.Equal(canonical, ResourceType.Parse(token).Canonical);

    [Theory]
    [InlineData("azure-native:*", true)]
    [InlineData("azure-native:network:Subnet", true)]
    [InlineData("azure-native:network:Sub", false)]
    [InlineData("azure-nativ:*", false)]
    [InlineData("*", true)]
    public void Patterns_match_whole_types_or_their_start(string pattern, bool matches) =>
        Assert.Equal(matches, new ResourceTypePattern(pattern).Matches(ResourceType.Parse("azure-native:network/v20230501:Subnet")));

    [Fact]
    public void A_star_within_a_pattern_is_refused() => Assert.Throws<ArgumentException>(() => new ResourceTypePattern("a:*:b"));

    [Fact]
    public void The_worst_verdict_counts()
    {
        Assert.Equal(PolicyOutcome.Passed, OutcomeOf());
        Assert.Equal(PolicyOutcome.Passed, OutcomeOf(NotApplicable, PolicyVerdict.Pass));
        Assert.Equal(PolicyOutcome.NotApplicable, OutcomeOf(NotApplicable, NotApplicable));
        Assert.Equal(PolicyOutcome.Undecided, OutcomeOf(PolicyVerdict.Pass, Undecided, NotApplicable));
        Assert.Equal(PolicyOutcome.Violated, OutcomeOf(Undecided, Violation, Undecided));
        Assert.Equal(PolicyOutcome.Faulted, OutcomeOf(Violation, Fault, Undecided));
    }

    [Theory]
    [InlineData(EnforcementLevel.Advisory, false)]
    [InlineData(EnforcementLevel.Mandatory, true)]
    [InlineData(EnforcementLevel.Remediate, true)]
    public void Violations_block_by_level_and_faults_always(EnforcementLevel level, bool blocks)
    {
        Assert.Equal(blocks, Result(level, Violation).IsBlocking);
        Assert.True(Result(level, Fault).IsBlocking);
        Assert.False(Result(level, Undecided).IsBlocking);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("Has-Capitals")]
    [InlineData("two--hyphens")]
    [InlineData("")]
    public void Ids_that_engines_cannot_take_are_refused(string id) =>
        Assert.Throws<ArgumentException>(() => new PolicyPack("pack", "1.0.0", new TestRule(id, (_, _) => [])));

    [Fact]
    public void No_two_rules_share_an_id_and_names_are_plain()
    {
        var rule = new TestRule("one", (_, _) => []);

        Assert.Throws<ArgumentException>(() => new PolicyPack("pack", "1.0.0", rule, rule));
        Assert.Throws<ArgumentException>(() => new PolicyPack("a pack", "1.0.0", rule));
    }

    private static PolicyOutcome OutcomeOf(params PolicyVerdict[] verdicts) => Result(EnforcementLevel.Mandatory, verdicts).Outcome;

    private static PolicyResult Result(EnforcementLevel level, params PolicyVerdict[] verdicts) =>
        new(new TestRule("one", (_, _) => []), "urn:x", level, [.. verdicts]);
}
