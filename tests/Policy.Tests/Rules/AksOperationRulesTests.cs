using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.Cluster;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on identities, ways out, images and upkeep of clusters.</summary>
public sealed class AksOperationRulesTests
{
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string Pool = "azure-native:containerservice:AgentPool";
    private const string Classic = "azure:containerservice/kubernetesCluster:KubernetesCluster";
    private const string ClassicPool = "azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool";

    private static readonly ModeLimits Limits = new(
    [
        new ModeLimit([new NamePattern("mainnet")], PolicyMode.Deny, "money"),
        new ModeLimit([new NamePattern("*")], PolicyMode.Audit, "tests"),
    ]);

    private readonly RuleUnderTest _roles = new(new AksEntraRoles());
    private readonly RuleUnderTest _identity = new(new AksManagedIdentity());
    private readonly RuleUnderTest _outbound = new(new AksOutboundDeclared());
    private readonly RuleUnderTest _cleaner = new(new AksImageCleaner());
    private readonly RuleUnderTest _system = new(new AksNodeImages());
    private readonly RuleUnderTest _rotation = new(new AksSecretRotation());
    private readonly RuleUnderTest _group = new(new AksNodeGroupLocked());
    private readonly RuleUnderTest _retired = new(new AksNoRetiredParts());
    private readonly RuleUnderTest _uptime = new(new AksUptime(Limits));
    private readonly RuleUnderTest _version = new(new AksSupportedVersion(new Day(2026, 11, 22)));

    [Fact]
    public void Other_types_are_the_business_of_none() => Assert.All(
        [_roles, _identity, _outbound, _cleaner, _system, _rotation, _group, _retired, _uptime, _version],
        rule => rule.IsNotApplicable("azure-native:network:Subnet"));

    [Theory]
    [InlineData(Cluster, "{'enableRBAC': true, 'aadProfile': {'managed': true, 'enableAzureRBAC': true}}")]
    [InlineData(Classic, "{'azureActiveDirectoryRoleBasedAccessControl': {'azureRbacEnabled': true}}")]
    public void Rights_from_the_directory_pass(string type, string properties) => _roles.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{}", "enableRBAC aadProfile.managed aadProfile.enableAzureRBAC")]
    [InlineData(Cluster, "{'enableRBAC': true, 'aadProfile': {'managed': true}}", "aadProfile.enableAzureRBAC")]
    [InlineData(Classic, "{'roleBasedAccessControlEnabled': false, 'azureActiveDirectoryRoleBasedAccessControl': {'azureRbacEnabled': true}}", "roleBasedAccessControlEnabled")]
    public void Rights_of_its_own_fail(string type, string properties, string paths) => _roles.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void Unknown_and_secret_rights()
    {
        _roles.IsUndecided(Cluster, "{'enableRBAC': true, 'aadProfile': '[unknown]'}", "aadProfile", "aadProfile");
        _roles.KeepsSecret(
            Cluster,
            "{'enableRBAC': true, 'aadProfile': {'managed': true, 'serverAppSecret': {'[secret]': 'SECRET'}}}",
            "aadProfile.enableAzureRBAC");
    }

    [Theory]
    [InlineData(Cluster, "{'identity': {'type': 'SystemAssigned'}, 'servicePrincipalProfile': {'clientId': 'msi'}}")]
    [InlineData(Cluster, "{'identity': {'type': 'UserAssigned', 'userAssignedIdentities': ['[unknown]']}}")]
    [InlineData(Classic, "{'identity': {'type': 'UserAssigned', 'identityIds': ['/subscriptions/0']}}")]
    public void Managed_identities_pass(string type, string properties) => _identity.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{}", "identity.type")]
    [InlineData(Cluster, "{'identity': {'type': 'UserAssigned', 'userAssignedIdentities': []}}", "identity.userAssignedIdentities")]
    [InlineData(Cluster, "{'identity': {'type': 'SystemAssigned'}, 'servicePrincipalProfile': {'clientId': '1'}}", "servicePrincipalProfile.clientId")]
    [InlineData(Classic, "{'identity': {'type': 'UserAssigned'}}", "identity.identityIds")]
    public void Service_principals_fail(string type, string properties, string path) => _identity.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_identities()
    {
        _identity.IsUndecided(Cluster, "{'identity': {'type': '[unknown]'}}", "identity.type");
        _identity.IsUndecided(Cluster, "{'identity': {'type': 'SystemAssigned'}, 'servicePrincipalProfile': '[unknown]'}", "servicePrincipalProfile");
        _identity.KeepsSecret(
            Cluster,
            "{'identity': {'type': 'SystemAssigned'}, 'servicePrincipalProfile': {'clientId': '1', 'secret': {'[secret]': 'SECRET'}}}",
            "servicePrincipalProfile.clientId");
    }

    [Theory]
    [InlineData(Cluster, "userDefinedRouting")]
    [InlineData(Cluster, "userAssignedNATGateway")]
    [InlineData(Classic, "managedNATGateway")]
    [InlineData(Cluster, "none")]
    public void Declared_ways_out_pass(string type, string way) => _outbound.Passes(type, $"{{'networkProfile': {{'outboundType': '{way}'}}}}");

    [Theory]
    [InlineData(Cluster, "{}")]
    [InlineData(Classic, "{'networkProfile': {'outboundType': 'loadBalancer'}}")]
    public void A_public_load_balancer_fails(string type, string properties) => _outbound.Fails(type, properties, "networkProfile.outboundType");

    [Fact]
    public void Unknown_and_secret_ways_out()
    {
        _outbound.IsUndecided(Cluster, "{'networkProfile': '[unknown]'}", "networkProfile");
        _outbound.KeepsSecret(Cluster, "{'networkProfile': {'outboundType': {'[secret]': 'SECRET'}}}", "networkProfile.outboundType");
    }

    [Theory]
    [InlineData(Cluster, "{'securityProfile': {'imageCleaner': {'enabled': true, 'intervalHours': 24}}}")]
    [InlineData(Classic, "{'imageCleanerEnabled': true}")]
    public void Cleaned_images_pass(string type, string properties) => _cleaner.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{}", "securityProfile.imageCleaner.enabled")]
    [InlineData(Cluster, "{'securityProfile': {'imageCleaner': {'enabled': true, 'intervalHours': 2160}}}", "securityProfile.imageCleaner.intervalHours")]
    [InlineData(Classic, "{'imageCleanerEnabled': true, 'imageCleanerIntervalHours': 169}", "imageCleanerIntervalHours")]
    public void Kept_images_fail(string type, string properties, string path) => _cleaner.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_cleaners()
    {
        _cleaner.IsUndecided(
            Cluster, "{'securityProfile': {'imageCleaner': {'enabled': true, 'intervalHours': '[unknown]'}}}", "securityProfile.imageCleaner.intervalHours");
        _cleaner.KeepsSecret(Cluster, "{'tags': {'[secret]': 'SECRET'}}", "securityProfile.imageCleaner.enabled");
    }

    [Theory]
    [InlineData(Cluster, "{'agentPoolProfiles': [{'osSKU': 'AzureLinux3'}, {}]}")]
    [InlineData(Pool, "{'osSKU': 'Ubuntu2204'}")]
    [InlineData(Pool, "{'osSKU': 'AzureLinux'}")]
    [InlineData(ClassicPool, "{}")]
    public void Supported_systems_pass(string type, string properties) => _system.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{'agentPoolProfiles': [{}, {'osSKU': 'CBLMariner'}]}", "agentPoolProfiles[1].osSKU")]
    [InlineData(Pool, "{'osSKU': 'AzureLinux2'}", "osSKU")]
    [InlineData(Classic, "{'defaultNodePool': {'osSku': 'Windows2019'}}", "defaultNodePool.osSku")]
    public void Old_systems_fail(string type, string properties, string path) => _system.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_systems()
    {
        _system.IsUndecided(Pool, "{'osSKU': '[unknown]'}", "osSKU");
        _system.KeepsSecret(Pool, "{'osSKU': {'[secret]': 'SECRET'}}", "osSKU");
    }

    [Theory]
    [InlineData(Cluster, "{'addonProfiles': {'azureKeyvaultSecretsProvider': {'enabled': true, 'config': {'enableSecretRotation': 'true'}}}}")]
    [InlineData(Classic, "{'keyVaultSecretsProvider': {'secretRotationEnabled': true}}")]
    public void Secrets_that_follow_the_vault_pass(string type, string properties) => _rotation.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{'addonProfiles': {'azureKeyvaultSecretsProvider': {'enabled': false}}}")]
    [InlineData(Classic, "{}")]
    public void Clusters_that_mount_none_are_not_its_business(string type, string properties) => _rotation.IsNotApplicable(type, properties);

    [Fact]
    public void Secrets_that_stay_fail_and_are_mended()
    {
        const string native = "{'addonProfiles': {'azureKeyvaultSecretsProvider': {'enabled': true}}}";
        const string classic = "{'keyVaultSecretsProvider': {'secretRotationEnabled': false}}";

        _rotation.Fails(Cluster, native, "addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation");
        _rotation.Fails(Classic, classic, "keyVaultSecretsProvider.secretRotationEnabled");
        _rotation.Mends(
            Cluster, native, "{'addonProfiles': {'azureKeyvaultSecretsProvider': {'enabled': true, 'config': {'enableSecretRotation': 'true'}}}}");
        _rotation.Mends(Classic, classic, "{'keyVaultSecretsProvider': {'secretRotationEnabled': true}}");
        _rotation.IsUndecided(Cluster, "{'addonProfiles': '[unknown]'}", "addonProfiles");
        _rotation.IsUndecided(Classic, "{'keyVaultSecretsProvider': '[unknown]'}", "keyVaultSecretsProvider");
        _rotation.KeepsSecret(
            Cluster,
            "{'addonProfiles': {'azureKeyvaultSecretsProvider': {'enabled': true, 'config': {'enableSecretRotation': {'[secret]': 'SECRET'}}}}}",
            "addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation");
    }

    [Fact]
    public void The_group_of_nodes_is_locked()
    {
        const string open = "{'nodeResourceGroup': {'[secret]': 'SECRET'}}";

        _group.Passes(Cluster, "{'nodeResourceGroupProfile': {'restrictionLevel': 'ReadOnly'}}");
        _group.KeepsSecret(Cluster, open, "nodeResourceGroupProfile.restrictionLevel");
        _group.Mends(
            Cluster,
            "{'nodeResourceGroupProfile': {'restrictionLevel': 'Unrestricted'}, 'location': 'centralus'}",
            "{'nodeResourceGroupProfile': {'restrictionLevel': 'ReadOnly'}, 'location': 'centralus'}");
        _group.IsUndecided(Cluster, "{'nodeResourceGroupProfile': '[unknown]'}", "nodeResourceGroupProfile");
    }

    [Theory]
    [InlineData(Cluster, "{'networkProfile': {'networkPlugin': 'azure'}, 'ingressProfile': {'webAppRouting': {'enabled': false}}}")]
    [InlineData(Classic, "{'networkProfile': {'networkPlugin': 'azure'}}")]
    public void Parts_that_are_maintained_pass(string type, string properties) => _retired.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{'networkProfile': {'networkPlugin': 'azure'}, 'ingressProfile': {'webAppRouting': {'enabled': true}}}", "ingressProfile.webAppRouting.enabled")]
    [InlineData(Cluster, "{'networkProfile': {'networkPlugin': 'azure'}, 'addonProfiles': {'httpApplicationRouting': {'enabled': true}}}", "addonProfiles.httpApplicationRouting.enabled")]
    [InlineData(Cluster, "{'networkProfile': {'networkPlugin': 'azure'}, 'podIdentityProfile': {'enabled': true}}", "podIdentityProfile.enabled")]
    [InlineData(Cluster, "{'networkProfile': {'networkPlugin': 'kubenet'}}", "networkProfile.networkPlugin")]
    [InlineData(Classic, "{'networkProfile': {'networkPlugin': 'azure'}, 'webAppRouting': {'dnsZoneIds': ['']}}", "webAppRouting")]
    public void Retired_parts_fail(string type, string properties, string path) => _retired.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_parts()
    {
        _retired.IsUndecided(Classic, "{'networkProfile': {'networkPlugin': 'azure'}, 'webAppRouting': '[unknown]'}", "webAppRouting");
        _retired.KeepsSecret(
            Classic, "{'networkProfile': {'networkPlugin': 'azure'}, 'webAppRouting': {'id': {'[secret]': 'SECRET'}}}", "webAppRouting");
    }

    [Theory]
    [InlineData(Cluster, "{'sku': {'tier': 'Standard'}, 'agentPoolProfiles': [{'availabilityZones': ['1', '2']}]}")]
    [InlineData(Pool, "{'availabilityZones': ['1', '[unknown]', '3']}")]
    [InlineData(Classic, "{'skuTier': 'Premium', 'defaultNodePool': {'zones': ['1', '2', '3']}}")]
    [InlineData(ClassicPool, "{'zones': ['1', '2']}")]
    public void Clusters_that_outlive_a_zone_pass(string type, string properties) => _uptime.Passes(type, properties);

    [Theory]
    [InlineData(Cluster, "{'agentPoolProfiles': [{'availabilityZones': ['1']}, {}]}", "sku.tier agentPoolProfiles[0].availabilityZones agentPoolProfiles[1].availabilityZones")]
    [InlineData(Pool, "{}", "availabilityZones")]
    [InlineData(Classic, "{'skuTier': 'Free'}", "skuTier")]
    public void Clusters_that_do_not_fail(string type, string properties, string paths) => _uptime.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void Test_networks_may_lose_a_zone()
    {
        var devnet = new RuleUnderTest(new AksUptime(Limits))
        {
            Stack = StackContext.From(new AnalyzerStackConfigureRequest { Stack = "devnet" }),
        };

        devnet.IsNotApplicable(Pool);
        _uptime.IsUndecided(Pool, "{'availabilityZones': '[unknown]'}", "availabilityZones");
        _uptime.IsUndecided(Cluster, "{'sku': {'tier': 'Standard'}, 'agentPoolProfiles': '[unknown]'}", "agentPoolProfiles");
        _uptime.KeepsSecret(Pool, "{'availabilityZones': [{'[secret]': 'SECRET'}]}", "availabilityZones");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{'kubernetesVersion': '1.34'}")]
    [InlineData("{'kubernetesVersion': '1.35.2'}")]
    [InlineData("{'kubernetesVersion': '1.99'}")]
    public void Supported_versions_pass(string properties) => _version.Passes(Cluster, properties);

    [Theory]
    [InlineData("1.24")]
    [InlineData("1.33.5")]
    public void Versions_past_their_end_fail(string version) =>
        _version.Fails(Classic, $"{{'kubernetesVersion': '{version}'}}", "kubernetesVersion");

    [Fact]
    public void A_version_ends_on_its_day()
    {
        const string version = "{'kubernetesVersion': '1.34'}";

        new RuleUnderTest(new AksSupportedVersion(new Day(2026, 11, 30))).Passes(Cluster, version);
        new RuleUnderTest(new AksSupportedVersion(new Day(2026, 12, 1))).Fails(Cluster, version, "kubernetesVersion");
        _version.IsNotApplicable(Cluster, "{'kubernetesVersion': '1.30', 'supportPlan': 'AKSLongTermSupport'}");
        _version.IsUndecided(Cluster, "{'kubernetesVersion': '[unknown]'}", "kubernetesVersion");
        _version.KeepsSecret(Cluster, "{'kubernetesVersion': '1.20', 'tags': {'[secret]': 'SECRET'}}", "kubernetesVersion");
    }

    private sealed class Day(int year, int month, int day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(year, month, day, 12, 0, 0, TimeSpan.Zero);
    }
}
