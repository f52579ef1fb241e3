using CantonInfra.Infra.Components.Cluster;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class AksClusterTests
{
    private const string Type = "azure-native:containerservice:ManagedCluster";

    // A7
    [Fact]
    public async Task The_cluster_is_private_and_knows_only_people_of_the_tenant()
    {
        var cluster = (await CloudMocks.RunAsync(() => Scenery.Cluster())).Inputs(Type);

        Assert.Equal(true, cluster.At("apiServerAccessProfile.enablePrivateCluster"));
        Assert.Equal(false, cluster.At("apiServerAccessProfile.enablePrivateClusterPublicFQDN"));
        Assert.Equal(true, cluster.At("apiServerAccessProfile.disableRunCommand"));
        Assert.Equal("/azure-native:network:Subnet/aks-api", cluster.At("apiServerAccessProfile.subnetId"));
        Assert.Equal("Disabled", cluster.At("publicNetworkAccess"));
        Assert.Equal(true, cluster.At("disableLocalAccounts"));
        Assert.Equal(true, cluster.At("aadProfile.enableAzureRBAC"));
        Assert.Equal([Scenery.AdminGroup], cluster.Texts("aadProfile.adminGroupObjectIDs").AsEnumerable());
        Assert.Equal(true, cluster.At("oidcIssuerProfile.enabled"));
        Assert.Equal(true, cluster.At("securityProfile.workloadIdentity.enabled"));
        Assert.Equal("cilium", cluster.At("networkProfile.networkPolicy"));
        Assert.Equal("userAssignedNATGateway", cluster.At("networkProfile.outboundType"));
    }

    [Fact]
    public async Task Disks_and_hosts_are_encrypted_in_every_pool()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster());

        var cluster = mocks.Inputs(Type);
        Assert.Equal("/azure-native:compute:DiskEncryptionSet/disks", cluster.At("diskEncryptionSetID"));
        Assert.Equal(true, cluster.At("agentPoolProfiles.0.enableEncryptionAtHost"));
        Assert.Equal(false, cluster.At("agentPoolProfiles.0.enableNodePublicIP"));
        Assert.Equal("Disabled", cluster.At("agentPoolProfiles.0.securityProfile.sshAccess"));
        var pool = mocks.Inputs("azure-native:containerservice:AgentPool");
        Assert.Equal(true, pool.At("enableEncryptionAtHost"));
        Assert.Equal(false, pool.At("enableNodePublicIP"));
        Assert.Equal("User", pool.At("mode"));
        Assert.Equal("aks-canton-unit", pool.At("resourceName"));
    }

    // A9, A10. Policies let pods ask the cluster's DNS; a resolver on each node is another address, and one that no policy can name in Cilium.
    [Fact]
    public async Task Nodes_have_no_resolver_of_their_own()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster());

        Assert.Equal("Disabled", mocks.Inputs(Type).At("agentPoolProfiles.0.localDNSProfile.mode"));
        Assert.Equal("Disabled", mocks.Inputs("azure-native:containerservice:AgentPool").At("localDNSProfile.mode"));
    }

    // Azure refuses both on a pool that exists; under another name there is a new pool before the old one is drained.
    [Fact]
    public async Task Nodes_of_another_size_or_in_other_zones_are_another_pool()
    {
        var names = new List<object?>();
        foreach (var change in new Func<AksClusterArgs, AksClusterArgs>[]
        {
            args => args,
            args => args with { UserPool = args.UserPool with { VmSize = "Standard_D16ds_v5" } },
            args => args with { Zones = ["1"] },
        })
        {
            names.Add((await CloudMocks.RunAsync(() => Scenery.Cluster(change))).Inputs("azure-native:containerservice:AgentPool").At("agentPoolName"));
        }

        var larger = await CloudMocks.RunAsync(() => Scenery.Cluster(args => args with { UserPool = args.UserPool with { MaxCount = 9 } }));
        Assert.Distinct(names);
        Assert.All(names, name => Assert.Matches("^npuser[0-9a-f]{6}$", (string)name!));
        Assert.Equal(names[0], larger.Inputs("azure-native:containerservice:AgentPool").At("agentPoolName"));
    }

    [Theory]
    [InlineData("RoleAssignment cluster-system-nodes")]
    [InlineData("RoleAssignment cluster-user-nodes")]
    [InlineData("RoleAssignment cluster-api-server")]
    [InlineData("RoleAssignment cluster-kubelet-operator")]
    [InlineData("RoleAssignment disks-reader")]
    [InlineData("RoleAssignment kms-etcd-user")]
    [InlineData("RoleAssignment kms-etcd-vault")]
    [InlineData("Subnet aks-system")]
    [InlineData("SecurityRule aks-api-nodes")]
    public async Task What_the_cluster_checks_is_there_before(string name)
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster());

        mocks.AssertBefore(name, "ManagedCluster cluster");
    }

    [Fact]
    public async Task Objects_are_made_once_there_are_nodes_for_them()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster());

        mocks.AssertBefore("AgentPool cluster-user", "kubernetes kubernetes");
        Assert.Equal(CloudMocks.KubeConfig, mocks.Inputs("pulumi:providers:kubernetes").At("kubeconfig"));
    }

    [Fact]
    public async Task Upgrades_come_on_the_day_that_they_may()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster());

        var schedules = mocks.All("azure-native:containerservice:MaintenanceConfiguration");
        Assert.Equal(
            ["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule", "default"],
            schedules.Select(schedule => (string)schedule.Inputs.At("configName")!).Order(StringComparer.Ordinal));
        Assert.All(schedules, schedule => Assert.Equal("Thursday", schedule.Inputs.At("maintenanceWindow.schedule.weekly.dayOfWeek")));
    }

    [Fact]
    public async Task Nothing_is_upgraded_on_days_that_are_kept_free()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster(args => args with
        {
            NotAllowedDates = [new DateRange(new DateOnly(2026, 12, 20), new DateOnly(2027, 1, 3))],
        }));

        Assert.All(mocks.All("azure-native:containerservice:MaintenanceConfiguration"), schedule =>
        {
            Assert.Equal("2026-12-20", schedule.Inputs.At("maintenanceWindow.notAllowedDates.0.start"));
            Assert.Equal("2027-01-03", schedule.Inputs.At("maintenanceWindow.notAllowedDates.0.end"));
        });
    }

    [Theory]
    [InlineData(KubernetesUpgrades.Patch, NodeImageUpgrades.NodeImage, "patch", "NodeImage")]
    [InlineData(KubernetesUpgrades.NodeImage, NodeImageUpgrades.NodeImage, "node-image", "NodeImage")]
    [InlineData(KubernetesUpgrades.Stable, NodeImageUpgrades.SecurityPatch, "stable", "SecurityPatch")]
    [InlineData(KubernetesUpgrades.Rapid, NodeImageUpgrades.SecurityPatch, "rapid", "SecurityPatch")]
    public async Task Upgrades_come_by_the_channels_that_are_chosen(object upgrades, object nodes, string channel, string nodeChannel)
    {
        var cluster = (await CloudMocks.RunAsync(() => Scenery.Cluster(args => args with
        {
            Upgrades = (KubernetesUpgrades)upgrades,
            NodeUpgrades = (NodeImageUpgrades)nodes,
        }))).Inputs(Type);

        Assert.Equal(channel, cluster.At("autoUpgradeProfile.upgradeChannel"));
        Assert.Equal(nodeChannel, cluster.At("autoUpgradeProfile.nodeOSUpgradeChannel"));
    }

    // A7
    [Fact]
    public async Task The_store_of_objects_is_encrypted_with_a_key_that_the_internet_does_not_reach()
    {
        var cluster = (await CloudMocks.RunAsync(() => Scenery.Cluster())).Inputs(Type);

        Assert.Equal(true, cluster.At("securityProfile.azureKeyVaultKms.enabled"));
        Assert.Equal("Private", cluster.At("securityProfile.azureKeyVaultKms.keyVaultNetworkAccess"));
        Assert.Equal("https://vault/keys/kms-etcd/1", cluster.At("securityProfile.azureKeyVaultKms.keyId"));
        Assert.Equal("/azure-native:keyvault:Vault/etcd-keys", cluster.At("securityProfile.azureKeyVaultKms.keyVaultResourceId"));
    }

    [Fact]
    public async Task Without_a_key_of_its_own_the_store_is_left_to_the_platform()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster(args => args with { EtcdKey = null }));

        Assert.Null(mocks.Inputs(Type).At("securityProfile.azureKeyVaultKms"));
        Assert.DoesNotContain(mocks.All("azure-native:authorization:RoleAssignment"), role => role.Name!.StartsWith("kms-", StringComparison.Ordinal));
    }

    // A7
    [Fact]
    public async Task A_public_API_server_is_for_the_authorized_networks_alone()
    {
        var cluster = (await CloudMocks.RunAsync(() => Scenery.Cluster(args => args with
        {
            AuthorizedIpRanges = ["203.0.113.0/24"],
        }))).Inputs(Type);

        Assert.Equal("Enabled", cluster.At("publicNetworkAccess"));
        Assert.Equal(false, cluster.At("apiServerAccessProfile.enablePrivateCluster"));
        Assert.Equal(["203.0.113.0/24"], cluster.Texts("apiServerAccessProfile.authorizedIPRanges").AsEnumerable());
        Assert.Equal(true, cluster.At("apiServerAccessProfile.disableRunCommand"));
        Assert.Equal(true, cluster.At("apiServerAccessProfile.enableVnetIntegration"));
        Assert.Null(cluster.At("apiServerAccessProfile.privateDNSZone"));
    }

    [Theory]
    [InlineData(ClusterTier.Free, "Free", "KubernetesOfficial", false)]
    [InlineData(ClusterTier.Standard, "Standard", "KubernetesOfficial", true)]
    [InlineData(ClusterTier.Premium, "Premium", "AKSLongTermSupport", true)]
    public async Task A_tier_decides_on_support_and_on_what_costs_are_told(object tier, string name, string support, bool isTold)
    {
        var cluster = (await CloudMocks.RunAsync(() => Scenery.Cluster(args => args with { Tier = (ClusterTier)tier }))).Inputs(Type);

        Assert.Equal(name, cluster.At("sku.tier"));
        Assert.Equal(support, cluster.At("supportPlan"));
        Assert.Equal(isTold, cluster.At("metricsProfile.costAnalysis.enabled"));
    }

    [Fact]
    public async Task The_cluster_is_hardened_where_Azure_by_default_is_not()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster());

        var cluster = mocks.Inputs(Type);
        Assert.Equal("ReadOnly", cluster.At("nodeResourceGroupProfile.restrictionLevel"));
        Assert.Equal("Manual", cluster.At("nodeProvisioningProfile.mode"));
        Assert.Equal(true, cluster.At("addonProfiles.azurepolicy.enabled"));
        Assert.Equal("true", cluster.At("addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation"));
        Assert.Equal(true, cluster.At("securityProfile.defender.securityMonitoring.enabled"));
        Assert.Equal(24.0, cluster.At("securityProfile.imageCleaner.intervalHours"));
        Assert.Equal(true, cluster.At("storageProfile.diskCSIDriver.enabled"));
        Assert.Equal(false, cluster.At("storageProfile.fileCSIDriver.enabled"));
        Assert.Equal("CriticalAddonsOnly=true:NoSchedule", Assert.Single(cluster.Texts("agentPoolProfiles.0.nodeTaints")));
        foreach (var pool in new[] { "agentPoolProfiles.0.", "" })
        {
            var inputs = pool.Length > 0 ? cluster : mocks.Inputs("azure-native:containerservice:AgentPool");
            Assert.Equal(true, inputs.At($"{pool}securityProfile.enableSecureBoot"));
            Assert.Equal(true, inputs.At($"{pool}securityProfile.enableVTPM"));
            Assert.Equal("Disabled", inputs.At($"{pool}securityProfile.sshAccess"));
            Assert.Equal("1", inputs.At($"{pool}upgradeSettings.maxSurge"));
            Assert.Equal(30.0, inputs.At($"{pool}upgradeSettings.drainTimeoutInMinutes"));
            Assert.Equal(10.0, inputs.At($"{pool}upgradeSettings.nodeSoakDurationInMinutes"));
            Assert.Equal(["1", "2", "3"], inputs.Texts($"{pool}availabilityZones").AsEnumerable());
        }
    }

    // A24
    [Theory]
    [InlineData("kube-audit")]
    [InlineData("kube-apiserver")]
    public async Task What_the_API_server_was_asked_for_is_logged(string category)
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster().LogTo(Scenery.Logs()));

        var setting = mocks.Inputs("azure-native:monitor:DiagnosticSetting", "cluster-logs");
        Assert.Contains(category, Enumerable.Range(0, 6).Select(index => setting.At($"logs.{index}.category")));
    }
}
