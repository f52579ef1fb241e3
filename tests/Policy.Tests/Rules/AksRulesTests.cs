using CantonInfra.Policy.Rules.Cluster;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class AksRulesTests
{
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string Classic = "azure:containerservice/kubernetesCluster:KubernetesCluster";

    private const string PrivateProfile =
        "'apiServerAccessProfile': {'enablePrivateCluster': true, 'enablePrivateClusterPublicFQDN': false, 'disableRunCommand': true}";

    private readonly RuleUnderTest _api = new(new AksPrivateApi());
    private readonly RuleUnderTest _accounts = new(new AksNoLocalAccounts());

    [Theory]
    [InlineData(Cluster, "{" + PrivateProfile + "}")]
    [InlineData(Cluster, "{'publicNetworkAccess': 'Disabled', " + PrivateProfile + "}")]
    [InlineData("azure-native:containerservice/v20240901:ManagedCluster", "{" + PrivateProfile + "}")]
    [InlineData(
        Cluster,
        "{'apiServerAccessProfile': {'enablePrivateCluster': true, 'enableVnetIntegration': true, 'subnetId': '[unknown]', "
        + "'enablePrivateClusterPublicFQDN': false, 'disableRunCommand': true}}")]
    [InlineData(
        Cluster,
        "{'apiServerAccessProfile': {'[secret]': {'enablePrivateCluster': true, 'enablePrivateClusterPublicFQDN': false, 'disableRunCommand': true}}}")]
    [InlineData(Classic, "{'privateClusterEnabled': true, 'runCommandEnabled': false}")]
    public void Private_clusters_pass(string type, string properties) => _api.Passes(type, properties);

    [Theory]
    [InlineData(
        Cluster,
        "{}",
        "apiServerAccessProfile.enablePrivateCluster apiServerAccessProfile.disableRunCommand")]
    [InlineData(
        Cluster,
        "{'apiServerAccessProfile': {'enablePrivateCluster': false, 'authorizedIPRanges': ['10.0.0.0/8'], 'disableRunCommand': true}}",
        "apiServerAccessProfile.enablePrivateCluster")]
    [InlineData(
        Cluster,
        "{'apiServerAccessProfile': {'enableVnetIntegration': true, 'disableRunCommand': true}}",
        "apiServerAccessProfile.enablePrivateCluster")]
    [InlineData(
        Cluster,
        "{'apiServerAccessProfile': {'enablePrivateCluster': true}}",
        "apiServerAccessProfile.enablePrivateClusterPublicFQDN apiServerAccessProfile.disableRunCommand")]
    [InlineData(Cluster, "{'publicNetworkAccess': 'Enabled', " + PrivateProfile + "}", "publicNetworkAccess")]
    [InlineData(Classic, "{}", "privateClusterEnabled runCommandEnabled")]
    [InlineData(
        Classic,
        "{'privateClusterEnabled': true, 'runCommandEnabled': false, 'privateClusterPublicFqdnEnabled': true}",
        "privateClusterPublicFqdnEnabled")]
    public void Ways_in_from_outside_fail(string type, string properties, string paths) => _api.Fails(type, properties, paths.Split(' '));

    [Theory]
    [InlineData("{'apiServerAccessProfile': '[unknown]'}", "apiServerAccessProfile apiServerAccessProfile apiServerAccessProfile")]
    [InlineData("{'publicNetworkAccess': '[unknown]', " + PrivateProfile + "}", "publicNetworkAccess")]
    [InlineData(
        "{'apiServerAccessProfile': {'enablePrivateCluster': '[unknown]', 'enablePrivateClusterPublicFQDN': false, 'disableRunCommand': true}}",
        "apiServerAccessProfile.enablePrivateCluster")]
    public void What_is_not_known_of_the_api_is_undecided(string properties, string paths) =>
        _api.IsUndecided(Cluster, properties, paths.Split(' '));

    [Fact]
    public void A_secret_is_judged_and_not_shown() => _api.KeepsSecret(
        Cluster, "{'publicNetworkAccess': {'[secret]': 'SECRET'}, " + PrivateProfile + "}", "publicNetworkAccess");

    [Theory]
    [InlineData(Cluster, "{'disableLocalAccounts': true}")]
    [InlineData(Cluster, "{'disableLocalAccounts': {'[secret]': true}}")]
    [InlineData(Classic, "{'localAccountDisabled': true}")]
    public void Clusters_without_local_accounts_pass(string type, string properties) => _accounts.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{}", "disableLocalAccounts")]
    [InlineData(Cluster, "{'disableLocalAccounts': false, 'aadProfile': {'managed': true}}", "disableLocalAccounts")]
    [InlineData(Cluster, "{'disableLocalAccounts': {'[secret]': false}}", "disableLocalAccounts")]
    [InlineData(Classic, "{}", "localAccountDisabled")]
    public void Clusters_with_local_accounts_fail(string type, string properties, string path) => _accounts.Fails(type, properties, path);

    [Fact]
    public void What_is_not_known_of_accounts_is_undecided() =>
        _accounts.IsUndecided(Cluster, "{'disableLocalAccounts': '[unknown]'}", "disableLocalAccounts");

    [Theory]
    [InlineData("azure-native:containerservice:AgentPool")]
    [InlineData("kubernetes:core/v1:Namespace")]
    public void Other_types_are_not_their_business(string type)
    {
        _api.IsNotApplicable(type);
        _accounts.IsNotApplicable(type);
    }
}
