using System.Collections.Immutable;
using System.Text;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.AzureNative.ContainerService;
using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>The AKS cluster: private unless told otherwise, no local accounts, encrypted with our own keys (A7).</summary>
/// <remarks>This file composes it; each concern of the cluster has its own: see the other files of this folder.</remarks>
internal sealed class AksCluster : ComponentResource
{
    private readonly string _name;
    private readonly AksClusterArgs _args;

    /// <summary>Declares the cluster.</summary>
    public AksCluster(string name, AksClusterArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:cluster:AksCluster", name, options)
    {
        _name = name;
        _args = args;
        var identities = new ClusterIdentities(name, args, this);
        var cluster = Declare(identities, [.. identities.GrantNeeded(), .. NeededRules()]);
        var pool = new AgentPool(
            $"{name}-user",
            NodePools.User(args, cluster.Name),
            new CustomResourceOptions { Parent = this, IgnoreChanges = { "count", "orchestratorVersion" } });
        ClusterUpgrades.Schedule(name, args, cluster, this);

        ControlPlane = identities.ControlPlane;
        Id = cluster.Id;
        Scope = new AccessScope(args.Azure.Names.Cluster, cluster.Id, args.Azure.SubscriptionId);
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

    /// <summary>What manages the cluster's resources in Azure, load balancers among them.</summary>
    public ManagedIdentity ControlPlane { get; }

    /// <summary>The cluster as something that roles are given on.</summary>
    public AccessScope Scope { get; }

    /// <summary>The issuer of the tokens of service accounts, exactly as federated credentials need it.</summary>
    [Output("oidcIssuerUrl")]
    public Output<string> OidcIssuerUrl { get; private set; }

    /// <summary>The way to the objects in the cluster.</summary>
    public Pulumi.Kubernetes.Provider Kubernetes { get; }

    /// <summary>Logs what the API server was asked for (A24).</summary>
    /// <param name="logs">Where they go.</param>
    /// <param name="audit">How much of it.</param>
    public void LogTo(LogAnalytics logs, KubeAudit audit = KubeAudit.All) => logs.Receive(
        $"{_name}-logs", Id, audit == KubeAudit.All ? LogCategories.Cluster : LogCategories.ClusterWithoutReads, this);

    /// <summary>Collects what containers print and the cluster's metrics.</summary>
    public void ReportTo(ClusterMonitoring monitoring) => monitoring.Collect(_name, Id, this);

    /// <summary>Tells when nodes, pods, volumes or certificates need somebody.</summary>
    public void AlertTo(Alerting alerts, ClusterMonitoring monitoring) =>
        alerts.WatchCluster(_name, _args.Azure.Names.Cluster, Id, monitoring.MetricsWorkspaceId, this);

    // Nodes register with the API server while the cluster is made, and the API server asks for the key of its store.
    private ImmutableArray<Resource> NeededRules() =>
    [
        .. _args.Network.SystemNodes.Rules, .. _args.Network.UserNodes.Rules, .. _args.Network.ApiServer.Rules,
        .. _args.EtcdKey is null ? [] : _args.Network.PrivateEndpoints.Rules,
    ];

    private ManagedCluster Declare(ClusterIdentities identities, ImmutableArray<Resource> needed) => new(
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
            Sku = ClusterTiers.Sku(_args.Tier),
            SupportPlan = ClusterTiers.SupportPlan(_args.Tier),
            Identity = identities.ControlPlaneProfile,
            IdentityProfile = identities.KubeletProfile,
            EnableRBAC = true,
            DisableLocalAccounts = true,
            AadProfile = ClusterAccess.Directory(_args),
            PublicNetworkAccess = ClusterAccess.PublicAccess(_args),
            ApiServerAccessProfile = ClusterAccess.ApiServer(_args),
            NetworkProfile = ClusterNetwork.Profile(_args.Network.EgressMode),
            OidcIssuerProfile = new ManagedClusterOIDCIssuerProfileArgs { Enabled = true },
            SecurityProfile = ClusterSecurity.Profile(_args),
            DiskEncryptionSetID = _args.Disks.Id,
            StorageProfile = ClusterStorage.Profile,
            AutoUpgradeProfile = ClusterUpgrades.Profile(_args),
            AddonProfiles = ClusterAddons.Profiles(_args),
            AzureMonitorProfile = new ManagedClusterAzureMonitorProfileArgs
            {
                Metrics = new ManagedClusterAzureMonitorProfileMetricsArgs { Enabled = true },
            },
            MetricsProfile = ClusterTiers.Metrics(_args.Tier),

            // Nodes of Azure's own choosing would come without our disk encryption set.
            NodeProvisioningProfile = new ManagedClusterNodeProvisioningProfileArgs { Mode = NodeProvisioningMode.Manual },
            AgentPoolProfiles = { NodePools.System(_args) },
            Tags = _args.Azure.Tags,
        },
        new CustomResourceOptions
        {
            Parent = this,
            DependsOn = [.. needed],
            Protect = _args.Azure.IsProtected,

            IgnoreChanges = [.. ClusterUpgrades.ChangedByAzure(_args)],
        });

    // The one thing that is asked of Azure instead of declared. It has no credentials: who uses it signs in with Entra.
    private Output<string> KubeConfig(ManagedCluster cluster)
    {
        var credentials = ListManagedClusterUserCredentials.Invoke(
            new ListManagedClusterUserCredentialsInvokeArgs
            {
                ResourceGroupName = _args.ResourceGroupName,
                ResourceName = cluster.Name,

                // Signs in with kubelogin, as whoever deploys is signed in: a person, a machine or a pipeline.
                Format = "exec",
            },
            new InvokeOutputOptions { Parent = this, DependsOn = { cluster } });
        return Output.CreateSecret(credentials.Apply(result =>
            Encoding.UTF8.GetString(Convert.FromBase64String(result.Kubeconfigs[0].Value))));
    }
}
