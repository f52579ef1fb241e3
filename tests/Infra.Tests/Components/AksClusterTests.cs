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

    [Theory]
    [InlineData("RoleAssignment cluster-system-nodes")]
    [InlineData("RoleAssignment cluster-user-nodes")]
    [InlineData("RoleAssignment cluster-api-server")]
    [InlineData("RoleAssignment cluster-kubelet-operator")]
    [InlineData("RoleAssignment disks-reader")]
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
            ["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"],
            schedules.Select(schedule => (string)schedule.Inputs.At("configName")!).Order(StringComparer.Ordinal));
        Assert.All(schedules, schedule => Assert.Equal("Thursday", schedule.Inputs.At("maintenanceWindow.schedule.weekly.dayOfWeek")));
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
