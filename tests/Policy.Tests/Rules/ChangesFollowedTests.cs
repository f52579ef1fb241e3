using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Recovery;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class ChangesFollowedTests
{
    private const string Vault = "azure-native:keyvault:Vault";
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string Rule = "azure-native:network:SecurityRule";

    private readonly RuleUnderTest _rule = new(new ChangesFollowed());

    [Fact]
    public void Who_ignores_nothing_passes()
    {
        _rule.Passes(Vault, "{}");
        _rule.IsNotApplicable("random:index/randomPassword:RandomPassword");
    }

    [Theory]
    [InlineData(Vault, "tags")]
    [InlineData(Vault, "properties.accessPolicies")]
    [InlineData(Cluster, "agentPoolProfiles[0].count")]
    [InlineData(Cluster, "kubernetesVersion")]
    [InlineData(Cluster, "securityProfile.defender")]
    [InlineData("azure-native:dbforpostgresql:Server", "highAvailability.standbyAvailabilityZone")]
    [InlineData("kubernetes:networking.k8s.io/v1:NetworkPolicy", "metadata.annotations")]
    public void What_Azure_changes_by_itself_may_be_ignored(string type, string ignored) =>
        Assert.Same(PolicyVerdict.Pass, Assert.Single(Judge(type, ignored)));

    [Theory]
    [InlineData(Vault, "properties.publicNetworkAccess", "properties.publicNetworkAccess")]
    [InlineData(Vault, "properties.networkAcls.ipRules[0]", "properties.networkAcls")]
    [InlineData(Vault, "properties[\"enablePurgeProtection\"]", "properties.enablePurgeProtection")]
    [InlineData(Cluster, "securityProfile", "securityProfile.azureKeyVaultKms|securityProfile.workloadIdentity")]
    [InlineData(Rule, "sourceAddressPrefixes[*]", "sourceAddressPrefixes")]
    [InlineData("azure-native:authorization:RoleAssignment", "scope", "scope")]
    [InlineData("azure-native:network:FirewallPolicyRuleCollectionGroup", "*", "ruleCollections")]
    [InlineData("azure:storage/account:Account", "networkRules", "networkRules")]
    public void What_guards_access_and_data_may_not(string type, string ignored, string paths)
    {
        var violations = Judge(type, ignored).Cast<ViolationVerdict>().ToList();

        Assert.Equal(paths, string.Join('|', violations.Select(violation => violation.Path)));
        Assert.All(violations, violation => Assert.Contains($"has {ignored} in ignoreChanges", violation.Message, StringComparison.Ordinal));
        Assert.All(violations, violation => Assert.Contains("'main'", violation.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_is_much()
    {
        var violations = Judge(Vault, "*");

        Assert.Equal(4, violations.Length);
        Assert.All(violations, verdict => Assert.IsType<ViolationVerdict>(verdict));
    }

    private static ImmutableArray<PolicyVerdict> Judge(string type, params ImmutableArray<string> ignored) =>
    [
        .. new ChangesFollowed().Check(
            new ResourceView("urn", ResourceType.Parse(type), "main", PropertyNotation.Read("{'tags': {'[secret]': 'SECRET'}}"))
            {
                Options = ResourceOptionsView.None with { IgnoreChanges = ignored },
            },
            StrictStacks.Mainnet),
    ];
}
