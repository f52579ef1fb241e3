using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.Cluster;
using CantonInfra.Policy.Rules.Network;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on what Azure leaves open in clusters and pools.</summary>
public sealed class AksHardeningTests
{
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string Pool = "azure-native:containerservice:AgentPool";
    private const string Classic = "azure:containerservice/kubernetesCluster:KubernetesCluster";
    private const string ClassicPool = "azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool";
    private const string Elsewhere = "azure-native:network:Subnet";

    private const string Key = "https://kv.vault.azure.net/keys/etcd/0123456789abcdef0123456789abcdef";

    private static readonly ModeLimits Limits = new(
    [
        new ModeLimit([new NamePattern("mainnet")], PolicyMode.Deny, "money"),
        new ModeLimit([new NamePattern("*")], PolicyMode.Audit, "tests"),
    ]);

    private readonly RuleUnderTest _addresses = new(new NoPublicAddressOnMachines());
    private readonly RuleUnderTest _ssh = new(new AksNodesWithoutSsh());
    private readonly RuleUnderTest _policies = new(new AksNetworkPolicy());
    private readonly RuleUnderTest _identity = new(new AksWorkloadIdentity());
    private readonly RuleUnderTest _defender = new(new AksDefender());
    private readonly RuleUnderTest _addon = new(new AksAzurePolicy());
    private readonly RuleUnderTest _channels = new(new AksUpgradeChannels());
    private readonly RuleUnderTest _store = new(new AksEtcdEncryption(Limits));

    [Fact]
    public void Other_types_are_the_business_of_none() => Assert.All(
        [_addresses, _ssh, _policies, _identity, _defender, _addon, _channels, _store], rule => rule.IsNotApplicable(Elsewhere));

    [Theory]
    [InlineData(Cluster, "{'agentPoolProfiles': [{'name': 'a', 'enableNodePublicIP': false}, {'name': 'b'}]}")]
    [InlineData(Pool, "{}")]
    [InlineData("azure-native:containerservice/v20240901:AgentPool", "{'enableNodePublicIP': false}")]
    [InlineData(Classic, "{'defaultNodePool': {'nodePublicIpEnabled': false}}")]
    [InlineData(ClassicPool, "{'nodePublicIpEnabled': false, 'enableNodePublicIp': true}")]
    public void Nodes_without_addresses_pass(string type, string properties) => _addresses.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{'agentPoolProfiles': [{}, {'enableNodePublicIP': true}]}", "agentPoolProfiles[1].enableNodePublicIP")]
    [InlineData(Pool, "{'enableNodePublicIP': true}", "enableNodePublicIP")]
    [InlineData(Classic, "{'defaultNodePool': {'nodePublicIpEnabled': true}}", "defaultNodePool.nodePublicIpEnabled")]
    [InlineData(Classic, "{'defaultNodePool': {'enableNodePublicIp': true}}", "defaultNodePool.enableNodePublicIp")]
    [InlineData(ClassicPool, "{'enableNodePublicIp': true}", "enableNodePublicIp")]
    public void Nodes_with_addresses_fail(string type, string properties, string path) => _addresses.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_addresses_of_nodes()
    {
        _addresses.IsUndecided(Cluster, "{'agentPoolProfiles': '[unknown]'}", "agentPoolProfiles");
        _addresses.IsUndecided(Pool, "{'enableNodePublicIP': '[unknown]'}", "enableNodePublicIP");
        _addresses.KeepsSecret(Pool, "{'enableNodePublicIP': true, 'nodeLabels': {'[secret]': 'SECRET'}}", "enableNodePublicIP");
    }

    [Theory]
    [InlineData(Cluster, "{'agentPoolProfiles': [{'securityProfile': {'sshAccess': 'Disabled'}}]}")]
    [InlineData(Pool, "{'securityProfile': {'sshAccess': 'disabled'}}")]
    public void Nodes_without_ssh_pass(string type, string properties) => _ssh.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{'agentPoolProfiles': [{'name': 'a'}]}", "agentPoolProfiles[0].securityProfile")]
    [InlineData(Pool, "{}", "securityProfile.sshAccess")]
    [InlineData(Pool, "{'securityProfile': {'sshAccess': 'LocalUser'}}", "securityProfile.sshAccess")]
    public void Nodes_with_ssh_fail(string type, string properties, string path) => _ssh.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_ssh()
    {
        _ssh.IsUndecided(Pool, "{'securityProfile': '[unknown]'}", "securityProfile");
        _ssh.IsUndecided(Pool, "{'securityProfile': {'sshAccess': true}}", "securityProfile.sshAccess");
        _ssh.KeepsSecret(Pool, "{'securityProfile': {'sshAccess': {'[secret]': 'SECRET'}}}", "securityProfile.sshAccess");
    }

    [Fact]
    public void The_message_says_what_a_missing_choice_means() => Assert.Contains(
        "AgentPool 'main' does not set this, which counts as LocalUser, so whoever is in the network can try to sign in to its nodes. It must be Disabled.",
        _ssh.Fails(Pool, "{}", "securityProfile.sshAccess"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(Cluster, "{'networkProfile': {'networkPolicy': 'cilium', 'networkDataplane': 'cilium'}}")]
    [InlineData(Cluster, "{'networkProfile': {'networkPolicy': 'calico'}}")]
    [InlineData(Classic, "{'networkProfile': {'networkPolicy': 'azure'}}")]
    public void Engines_for_network_policies_pass(string type, string properties) => _policies.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{}", "networkProfile.networkPolicy")]
    [InlineData(Cluster, "{'networkProfile': {'networkPolicy': 'cilium', 'networkDataplane': 'azure'}}", "networkProfile.networkDataplane")]
    [InlineData(Classic, "{'networkProfile': {'networkPolicy': 'cilium'}}", "networkProfile.networkDataPlane")]
    [InlineData(Cluster, "{'networkProfile': {'networkPolicy': 'none'}}", "networkProfile.networkPolicy")]
    [InlineData(Classic, "{'networkProfile': {'networkPlugin': 'azure'}}", "networkProfile.networkPolicy")]
    public void Flat_networks_fail(string type, string properties, string path) => _policies.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_network_policies()
    {
        _policies.IsUndecided(Cluster, "{'networkProfile': {'networkPolicy': '[unknown]'}}", "networkProfile.networkPolicy");
        _policies.KeepsSecret(Cluster, "{'networkProfile': {'networkPolicy': {'[secret]': 'SECRET'}}}", "networkProfile.networkPolicy");
    }

    [Theory]
    [InlineData(Cluster, "{'oidcIssuerProfile': {'enabled': true}, 'securityProfile': {'workloadIdentity': {'enabled': true}}}")]
    [InlineData(Classic, "{'oidcIssuerEnabled': true, 'workloadIdentityEnabled': true}")]
    public void Clusters_with_identities_for_pods_pass(string type, string properties) => _identity.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{}", "oidcIssuerProfile.enabled securityProfile.workloadIdentity.enabled")]
    [InlineData(Cluster, "{'oidcIssuerProfile': {'enabled': true}}", "securityProfile.workloadIdentity.enabled")]
    [InlineData(Classic, "{'workloadIdentityEnabled': true}", "oidcIssuerEnabled")]
    public void Clusters_without_identities_for_pods_fail(string type, string properties, string paths) =>
        _identity.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void Unknown_and_secret_identities()
    {
        _identity.IsUndecided(
            Cluster,
            "{'oidcIssuerProfile': {'enabled': '[unknown]'}, 'securityProfile': {'workloadIdentity': {'enabled': true}}}",
            "oidcIssuerProfile.enabled");
        _identity.KeepsSecret(
            Cluster,
            "{'oidcIssuerProfile': {'enabled': true}, 'securityProfile': {'workloadIdentity': {'enabled': false}}, 'tags': {'[secret]': 'SECRET'}}",
            "securityProfile.workloadIdentity.enabled");
    }

    [Theory]
    [InlineData(Cluster, "{'securityProfile': {'defender': {'logAnalyticsWorkspaceResourceId': '[unknown]', 'securityMonitoring': {'enabled': true}}}}")]
    [InlineData(Classic, "{'microsoftDefender': {'logAnalyticsWorkspaceId': '/subscriptions/0'}}")]
    public void Watched_clusters_pass(string type, string properties) => _defender.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{}", "securityProfile.defender.securityMonitoring.enabled securityProfile.defender.logAnalyticsWorkspaceResourceId")]
    [InlineData(
        Cluster,
        "{'securityProfile': {'defender': {'securityMonitoring': {'enabled': true}}}}",
        "securityProfile.defender.logAnalyticsWorkspaceResourceId")]
    [InlineData(
        Cluster,
        "{'securityProfile': {'defender': {'logAnalyticsWorkspaceResourceId': '/w', 'securityMonitoring': {'enabled': false}}}}",
        "securityProfile.defender.securityMonitoring.enabled")]
    [InlineData(Classic, "{}", "microsoftDefender.logAnalyticsWorkspaceId")]
    public void Unwatched_clusters_fail(string type, string properties, string paths) => _defender.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void Unknown_and_secret_defenders()
    {
        _defender.IsUndecided(Cluster, "{'securityProfile': {'defender': '[unknown]'}}", "securityProfile.defender");
        _defender.IsUndecided(
            Classic, "{'microsoftDefender': {'logAnalyticsWorkspaceId': '[unknown]'}}", "microsoftDefender.logAnalyticsWorkspaceId");
        _defender.KeepsSecret(
            Cluster,
            "{'securityProfile': {'defender': {'logAnalyticsWorkspaceResourceId': {'[secret]': 'SECRET'}}}}",
            "securityProfile.defender.securityMonitoring.enabled");
    }

    [Theory]
    [InlineData(Cluster, "{'addonProfiles': {'azurepolicy': {'enabled': true}}}")]
    [InlineData(Cluster, "{'addonProfiles': {'azurePolicy': {'enabled': true}}}")]
    [InlineData(Classic, "{'azurePolicyEnabled': true}")]
    public void Clusters_with_the_policy_add_on_pass(string type, string properties) => _addon.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{}", "addonProfiles.azurepolicy.enabled")]
    [InlineData(Cluster, "{'addonProfiles': {'azurepolicy': {'enabled': false}}}", "addonProfiles.azurepolicy.enabled")]
    [InlineData(Cluster, "{'addonProfiles': {'azurePolicy': {'enabled': false}}}", "addonProfiles.azurePolicy.enabled")]
    [InlineData(Classic, "{}", "azurePolicyEnabled")]
    public void Clusters_without_the_policy_add_on_fail(string type, string properties, string path) => _addon.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_add_ons()
    {
        _addon.IsUndecided(Cluster, "{'addonProfiles': '[unknown]'}", "addonProfiles");
        _addon.KeepsSecret(
            Cluster, "{'addonProfiles': {'omsagent': {'config': {'[secret]': {'key': 'SECRET'}}}}}", "addonProfiles.azurepolicy.enabled");
    }

    [Theory]
    [InlineData(Cluster, "{'autoUpgradeProfile': {'upgradeChannel': 'patch', 'nodeOSUpgradeChannel': 'NodeImage'}}")]
    [InlineData(Cluster, "{'autoUpgradeProfile': {'upgradeChannel': 'node-image'}}")]
    [InlineData(Classic, "{'automaticUpgradeChannel': 'patch', 'nodeOsUpgradeChannel': 'SecurityPatch'}")]
    [InlineData(Classic, "{'automaticChannelUpgrade': 'stable', 'nodeOsChannelUpgrade': 'NodeImage'}")]
    public void Clusters_on_channels_pass(string type, string properties) => _channels.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{}", "autoUpgradeProfile.upgradeChannel")]
    [InlineData(
        Cluster,
        "{'autoUpgradeProfile': {'upgradeChannel': 'none', 'nodeOSUpgradeChannel': 'Unmanaged'}}",
        "autoUpgradeProfile.upgradeChannel autoUpgradeProfile.nodeOSUpgradeChannel")]
    [InlineData(Cluster, "{'autoUpgradeProfile': {'upgradeChannel': 'patch', 'nodeOSUpgradeChannel': 'None'}}", "autoUpgradeProfile.nodeOSUpgradeChannel")]
    [InlineData(Classic, "{'nodeOsChannelUpgrade': 'None'}", "automaticUpgradeChannel nodeOsChannelUpgrade")]
    public void Clusters_off_channels_fail(string type, string properties, string paths) =>
        _channels.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void Unknown_and_secret_channels()
    {
        _channels.IsUndecided(Cluster, "{'autoUpgradeProfile': {'upgradeChannel': '[unknown]'}}", "autoUpgradeProfile.upgradeChannel");
        _channels.KeepsSecret(
            Cluster, "{'autoUpgradeProfile': {'upgradeChannel': {'[secret]': 'SECRET'}}}", "autoUpgradeProfile.upgradeChannel");
    }

    [Theory]
    [InlineData(
        Cluster,
        "{'securityProfile': {'azureKeyVaultKms': {'enabled': true, 'keyVaultNetworkAccess': 'Private', 'keyVaultResourceId': '[unknown]', 'keyId': '" + Key + "'}}}")]
    [InlineData(Classic, "{'keyManagementService': {'keyVaultNetworkAccess': 'Private', 'keyVaultKeyId': '" + Key + "'}}")]
    public void Encrypted_stores_pass(string type, string properties) => _store.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{}", "securityProfile.azureKeyVaultKms.enabled")]
    [InlineData(Cluster, "{'securityProfile': {'azureKeyVaultKms': {'enabled': false}}}", "securityProfile.azureKeyVaultKms.enabled")]
    [InlineData(
        Cluster,
        "{'securityProfile': {'azureKeyVaultKms': {'enabled': true, 'keyId': 'https://kv.vault.azure.net/keys/etcd'}}}",
        "securityProfile.azureKeyVaultKms.keyVaultNetworkAccess securityProfile.azureKeyVaultKms.keyId")]
    [InlineData(
        Cluster,
        "{'securityProfile': {'azureKeyVaultKms': {'enabled': true, 'keyVaultNetworkAccess': 'Private'}}}",
        "securityProfile.azureKeyVaultKms.keyId securityProfile.azureKeyVaultKms.keyVaultResourceId")]
    [InlineData(Classic, "{}", "keyManagementService.keyVaultKeyId")]
    [InlineData(Classic, "{'keyManagementService': {'keyVaultKeyId': '" + Key + "'}}", "keyManagementService.keyVaultNetworkAccess")]
    public void Stores_without_a_private_key_fail(string type, string properties, string paths) =>
        _store.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void Stacks_that_may_be_in_audit_mode_may_do_without_a_key_but_not_with_a_public_one()
    {
        var devnet = On("devnet");
        devnet.IsNotApplicable(Cluster);
        devnet.Fails(
            Cluster,
            "{'securityProfile': {'azureKeyVaultKms': {'enabled': true, 'keyVaultNetworkAccess': 'Public', 'keyId': '" + Key + "'}}}",
            "securityProfile.azureKeyVaultKms.keyVaultNetworkAccess");
        On("mainnet").Fails(Cluster, "{}", "securityProfile.azureKeyVaultKms.enabled");

        static RuleUnderTest On(string stack) => new(new AksEtcdEncryption(Limits))
        {
            Stack = StackContext.From(new AnalyzerStackConfigureRequest { Stack = stack, Project = "canton-infra" }),
        };
    }

    [Fact]
    public void Unknown_and_secret_stores()
    {
        // As in a preview: the key does not exist yet.
        _store.IsUndecided(
            Cluster,
            "{'securityProfile': {'azureKeyVaultKms': {'enabled': true, 'keyVaultNetworkAccess': 'Private', 'keyVaultResourceId': '[unknown]', 'keyId': '[unknown]'}}}",
            "securityProfile.azureKeyVaultKms.keyId");
        _store.KeepsSecret(
            Cluster,
            "{'securityProfile': {'azureKeyVaultKms': {'enabled': true, 'keyVaultNetworkAccess': 'Private', 'keyVaultResourceId': '[unknown]', 'keyId': {'[secret]': 'SECRET'}}}}",
            "securityProfile.azureKeyVaultKms.keyId");
    }
}
