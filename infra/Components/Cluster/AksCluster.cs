using System.Collections.Immutable;
using System.Text;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.AzureNative.ContainerService;
using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>What <see cref="AksCluster"/> needs.</summary>
internal sealed record AksClusterArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group of the cluster.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The name of the resource group of its identities.</summary>
    public required Input<string> IdentityResourceGroupName { get; init; }

    /// <summary>The network that it is in.</summary>
    public required EnvironmentNetwork Network { get; init; }

    /// <summary>What its disks are encrypted with.</summary>
    public required DiskEncryption Disks { get; init; }

    /// <summary>Where Defender sends what it sees.</summary>
    public required LogAnalytics Logs { get; init; }

    /// <summary>The version of Kubernetes, major and minor.</summary>
    public required string KubernetesVersion { get; init; }

    /// <summary>What Azure promises for the API server.</summary>
    public required ClusterTier Tier { get; init; }

    /// <summary>The availability zones of the nodes.</summary>
    public required ImmutableArray<string> Zones { get; init; }

    /// <summary>The nodes that run the cluster's own workloads.</summary>
    public required NodePoolSize SystemPool { get; init; }

    /// <summary>The nodes that run Canton and its services.</summary>
    public required NodePoolSize UserPool { get; init; }

    /// <summary>The weekday on which Azure may upgrade the cluster and its nodes.</summary>
    public required DayOfWeek MaintenanceDay { get; init; }

    /// <summary>The Entra groups whose members are administrators of the cluster; the deployment is one of them.</summary>
    public required ImmutableArray<string> AdminGroupObjectIds { get; init; }
}

/// <summary>The AKS cluster: no public address, no local accounts, encrypted with our own key (A7).</summary>
internal sealed class AksCluster : ComponentResource
{
    private const int ImageCleanerIntervalInHours = 48;
    private const string MaintenanceStart = "02:00";
    private const int MaintenanceInHours = 4;

    // The names by which AKS knows which upgrades a schedule is for.
    private static readonly ImmutableArray<(string Name, string Schedule)> Schedules =
        [("upgrades", "aksManagedAutoUpgradeSchedule"), ("node-upgrades", "aksManagedNodeOSUpgradeSchedule")];

    private static readonly ImmutableDictionary<ClusterTier, ManagedClusterSKUTier> Tiers =
        new Dictionary<ClusterTier, ManagedClusterSKUTier>
        {
            [ClusterTier.Free] = ManagedClusterSKUTier.Free,
            [ClusterTier.Standard] = ManagedClusterSKUTier.Standard,
            [ClusterTier.Premium] = ManagedClusterSKUTier.Premium,
        }.ToImmutableDictionary();

    private readonly string _name;
    private readonly AksClusterArgs _args;

    /// <summary>Declares the cluster.</summary>
    public AksCluster(string name, AksClusterArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:cluster:AksCluster", name, options)
    {
        _name = name;
        _args = args;
        var controlPlane = Identity("control-plane", "aks");
        var kubelet = Identity("kubelet", "aks-kubelet");
        var cluster = Declare(controlPlane, kubelet, [.. GrantNeeded(controlPlane, kubelet), .. NeededRules()]);
        var pool = new AgentPool(
            $"{name}-user",
            NodePools.User(args, cluster.Name),
            new CustomResourceOptions { Parent = this, IgnoreChanges = { "count", "orchestratorVersion" } });
        Schedule(cluster);

        Id = cluster.Id;
        OidcIssuerUrl = cluster.OidcIssuerProfile.Apply(profile => profile?.IssuerURL ?? "");
        Kubernetes = new Pulumi.Kubernetes.Provider(
            "kubernetes",
            new Pulumi.Kubernetes.ProviderArgs { KubeConfig = KubeConfig(cluster), EnableServerSideApply = true },

            // Pods need nodes that take them, and the system pool takes none of ours.
            new CustomResourceOptions { Parent = this, DependsOn = { pool } });
        RegisterOutputs();
    }

    /// <summary>The id.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>The issuer of the tokens of service accounts, exactly as federated credentials need it.</summary>
    [Output("oidcIssuerUrl")]
    public Output<string> OidcIssuerUrl { get; private set; }

    /// <summary>The way to the objects in the cluster.</summary>
    public Pulumi.Kubernetes.Provider Kubernetes { get; }

    /// <summary>Logs what the API server was asked for (A24).</summary>
    public void LogTo(LogAnalytics logs) => logs.Receive($"{_name}-logs", Id, LogCategories.Cluster, this);

    private static ManagedClusterAddonProfileArgs Addon(params (string Key, string Value)[] config) => new()
    {
        Enabled = true,
        Config = config.ToImmutableDictionary(entry => entry.Key, entry => entry.Value),
    };

    private ManagedIdentity Identity(string name, string purpose) =>
        new($"{_name}-{name}", purpose, _args.Azure, _args.IdentityResourceGroupName, this);

    // All of them before the cluster: it checks them while it is made.
    private ImmutableArray<Resource> GrantNeeded(ManagedIdentity controlPlane, ManagedIdentity kubelet) =>
    [
        Join(_args.Network.SystemNodes, "system-nodes", controlPlane),
        Join(_args.Network.UserNodes, "user-nodes", controlPlane),
        Join(_args.Network.ApiServer, "api-server", controlPlane),
        kubelet.Scope.Grant($"{_name}-kubelet-operator", AzureRoles.ManagedIdentityOperator, controlPlane, this),
        _args.Disks.GrantReader(controlPlane),
    ];

    // Nodes register with the API server while the cluster is made.
    private ImmutableArray<Resource> NeededRules() =>
        [.. _args.Network.SystemNodes.Rules, .. _args.Network.UserNodes.Rules, .. _args.Network.ApiServer.Rules];

    private Resource Join(GuardedSubnet subnet, string name, ManagedIdentity controlPlane) =>
        subnet.Scope.Grant($"{_name}-{name}", AzureRoles.NetworkContributor, controlPlane, this);

    private ManagedCluster Declare(ManagedIdentity controlPlane, ManagedIdentity kubelet, ImmutableArray<Resource> needed) => new(
        _name,
        new ManagedClusterArgs
        {
            ResourceName = _args.Azure.Names.Cluster,
            ResourceGroupName = _args.ResourceGroupName,
            Location = _args.Azure.Location,
            NodeResourceGroup = _args.Azure.Names.ClusterNodes,
            NodeResourceGroupProfile = new ManagedClusterNodeResourceGroupProfileArgs
            {
                RestrictionLevel = RestrictionLevel.ReadOnly,
            },
            DnsPrefix = _args.Azure.Names.Cluster,
            KubernetesVersion = _args.KubernetesVersion,
            Sku = new ManagedClusterSKUArgs { Name = ManagedClusterSKUName.Base, Tier = Tiers[_args.Tier] },
            SupportPlan = KubernetesSupportPlan.KubernetesOfficial,
            Identity = new ManagedClusterIdentityArgs
            {
                Type = ResourceIdentityType.UserAssigned,
                UserAssignedIdentities = { controlPlane.Id },
            },
            IdentityProfile =
            {
                ["kubeletidentity"] = new Pulumi.AzureNative.ContainerService.Inputs.UserAssignedIdentityArgs
                {
                    ResourceId = kubelet.Id,
                    ClientId = kubelet.ClientId,
                    ObjectId = kubelet.PrincipalId,
                },
            },
            EnableRBAC = true,
            DisableLocalAccounts = true,
            AadProfile = new ManagedClusterAADProfileArgs
            {
                Managed = true,
                EnableAzureRBAC = true,
                AdminGroupObjectIDs = _args.AdminGroupObjectIds,
                TenantID = _args.Azure.TenantId,
            },
            PublicNetworkAccess = PublicNetworkAccess.Disabled,
            ApiServerAccessProfile = new ManagedClusterAPIServerAccessProfileArgs
            {
                EnablePrivateCluster = true,
                EnablePrivateClusterPublicFQDN = false,
                PrivateDNSZone = "system",
                EnableVnetIntegration = true,
                SubnetId = _args.Network.ApiServer.Id,

                // Run command would be a way in from the internet that no network rule sees.
                DisableRunCommand = true,
            },
            NetworkProfile = new ContainerServiceNetworkProfileArgs
            {
                NetworkPlugin = NetworkPlugin.Azure,
                NetworkPluginMode = NetworkPluginMode.Overlay,
                NetworkDataplane = NetworkDataplane.Cilium,
                NetworkPolicy = NetworkPolicy.Cilium,
                PodCidr = OverlayAddresses.Pods,
                ServiceCidr = OverlayAddresses.Services,
                DnsServiceIP = OverlayAddresses.Dns,
                OutboundType = _args.Network.EgressMode == EgressMode.Firewall
                    ? OutboundType.UserDefinedRouting
                    : OutboundType.UserAssignedNATGateway,
                LoadBalancerSku = LoadBalancerSku.Standard,
            },
            OidcIssuerProfile = new ManagedClusterOIDCIssuerProfileArgs { Enabled = true },
            SecurityProfile = new ManagedClusterSecurityProfileArgs
            {
                WorkloadIdentity = new ManagedClusterSecurityProfileWorkloadIdentityArgs { Enabled = true },
                Defender = new ManagedClusterSecurityProfileDefenderArgs
                {
                    LogAnalyticsWorkspaceResourceId = _args.Logs.WorkspaceId,
                    SecurityMonitoring = new ManagedClusterSecurityProfileDefenderSecurityMonitoringArgs { Enabled = true },
                },
                ImageCleaner = new ManagedClusterSecurityProfileImageCleanerArgs
                {
                    Enabled = true,
                    IntervalHours = ImageCleanerIntervalInHours,
                },
            },
            DiskEncryptionSetID = _args.Disks.Id,
            StorageProfile = new ManagedClusterStorageProfileArgs
            {
                DiskCSIDriver = new ManagedClusterStorageProfileDiskCSIDriverArgs { Enabled = true },
                FileCSIDriver = new ManagedClusterStorageProfileFileCSIDriverArgs { Enabled = false },
                BlobCSIDriver = new ManagedClusterStorageProfileBlobCSIDriverArgs { Enabled = false },
                SnapshotController = new ManagedClusterStorageProfileSnapshotControllerArgs { Enabled = true },
            },
            AutoUpgradeProfile = new ManagedClusterAutoUpgradeProfileArgs
            {
                UpgradeChannel = UpgradeChannel.Patch,
                NodeOSUpgradeChannel = NodeOSUpgradeChannel.NodeImage,
            },
            AddonProfiles =
            {
                ["azurepolicy"] = Addon(),
                ["azureKeyvaultSecretsProvider"] = Addon(("enableSecretRotation", "true"), ("rotationPollInterval", "2m")),
            },
            AgentPoolProfiles = { NodePools.System(_args) },
            Tags = _args.Azure.Tags,
        },
        new CustomResourceOptions
        {
            Parent = this,
            DependsOn = [.. needed],
            Protect = _args.Azure.IsProtected,

            // The autoscaler and the upgrade channel change these on their own.
            IgnoreChanges = { "agentPoolProfiles[*].count", "agentPoolProfiles[*].orchestratorVersion" },
        });

    // Without them the upgrade channels restart nodes at any hour.
    private void Schedule(ManagedCluster cluster)
    {
        foreach (var (name, schedule) in Schedules)
        {
            _ = new MaintenanceConfiguration(
                $"{_name}-{name}",
                new MaintenanceConfigurationArgs
                {
                    ConfigName = schedule,
                    ResourceName = cluster.Name,
                    ResourceGroupName = _args.ResourceGroupName,
                    MaintenanceWindow = new MaintenanceWindowArgs
                    {
                        Schedule = new ScheduleArgs
                        {
                            Weekly = new WeeklyScheduleArgs { DayOfWeek = _args.MaintenanceDay.ToString(), IntervalWeeks = 1 },
                        },
                        StartTime = MaintenanceStart,
                        DurationHours = MaintenanceInHours,
                        UtcOffset = "+00:00",
                    },
                },
                new CustomResourceOptions { Parent = this });
        }
    }

    // The one thing that is asked of Azure instead of declared. It has no credentials: who uses it signs in with Entra.
    private Output<string> KubeConfig(ManagedCluster cluster)
    {
        var credentials = ListManagedClusterUserCredentials.Invoke(
            new ListManagedClusterUserCredentialsInvokeArgs
            {
                ResourceGroupName = _args.ResourceGroupName,
                ResourceName = cluster.Name,
            },
            new InvokeOutputOptions { Parent = this, DependsOn = { cluster } });
        return Output.CreateSecret(credentials.Apply(result =>
            Encoding.UTF8.GetString(Convert.FromBase64String(result.Kubeconfigs[0].Value))));
    }
}
