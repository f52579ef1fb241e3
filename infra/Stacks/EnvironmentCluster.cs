using CantonInfra.Infra.Components.Cluster;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Runner;

namespace CantonInfra.Infra.Stacks;

/// <summary>The cluster of an environment, the runner that deploys to it, and the namespaces in it.</summary>
internal sealed class EnvironmentCluster
{
    private readonly EnvironmentFoundation _base;
    private readonly ConnectionPlan _connections;
    private readonly List<TrustZoneNamespace> _namespaces = [];

    /// <summary>Declares cluster and runner.</summary>
    public EnvironmentCluster(
        EnvironmentFoundation foundation, EnvironmentObservability observability, EnvironmentVaults vaults, ConnectionPlan connections)
    {
        _base = foundation;
        _connections = connections;
        var disks = foundation.Locks.Cover(new DiskEncryption("disks", new DiskEncryptionArgs
        {
            Azure = foundation.Azure,
            ResourceGroupName = foundation.Groups.Security,
            Purpose = "aks",
            Key = vaults.Keys.AddEncryptionKey("cmk-des"),
        }));

        // The runner first, so that what lets it in is there when the cluster is.
        var runner = Runner(disks);
        Aks = Cluster(observability, vaults, disks);
        runner?.DeployTo(Aks);
    }

    /// <summary>The cluster.</summary>
    public AksCluster Aks { get; }

    /// <summary>The namespaces so far.</summary>
    public IReadOnlyList<TrustZoneNamespace> Namespaces => _namespaces;

    /// <summary>The mesh that further namespaces may join; null for none.</summary>
    public MeshMembership? Mesh { get; private set; }

    /// <summary>Lets further namespaces join a mesh.</summary>
    /// <param name="mesh">The mesh.</param>
    public void Join(MeshMembership mesh) => Mesh = mesh;

    /// <summary>Declares a namespace whose pods join the mesh, where there is one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="zone">Its trust zone.</param>
    /// <param name="podSecurity">What is asked of its pods.</param>
    public TrustZoneNamespace AddMember(string name, TrustZone zone, PodSecurity podSecurity) =>
        Add(name, new TrustZoneNamespaceArgs { Kubernetes = Aks.Kubernetes, Zone = zone, PodSecurity = podSecurity, Mesh = Mesh });

    /// <summary>Declares a namespace.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="zone">Its trust zone.</param>
    /// <param name="podSecurity">What is asked of its pods.</param>
    /// <param name="loadBalancers">The most load balancers that it may have.</param>
    public TrustZoneNamespace AddNamespace(string name, TrustZone zone, PodSecurity podSecurity, int loadBalancers = 0) => Add(
        name,
        new TrustZoneNamespaceArgs { Kubernetes = Aks.Kubernetes, Zone = zone, PodSecurity = podSecurity, LoadBalancers = loadBalancers });

    private TrustZoneNamespace Add(string name, TrustZoneNamespaceArgs args)
    {
        var home = new TrustZoneNamespace(name, args);
        _namespaces.Add(home);
        _connections.AddNamespace(home);
        return home;
    }

    private DeploymentRunner? Runner(DiskEncryption disks)
    {
        var settings = _base.Settings.Runner;
        if (settings.AddressPrefix is { } existing)
        {
            _base.Network.AdmitDeployment(existing);
        }

        return settings.Mode != RunnerMode.Managed ? null : _base.Locks.Cover(new DeploymentRunner("runner", new DeploymentRunnerArgs
        {
            Azure = _base.Azure,
            ResourceGroupName = _base.Groups.AddRunner(),
            IdentityResourceGroupName = _base.Groups.Security,
            Network = _base.Network,
            Disks = disks,
            VmSize = settings.VmSize,
            Zone = _base.Settings.Cluster.Zones[0],
            SshPublicKey = settings.SshPublicKey,
            AllowedHosts = EnvironmentIdentity.AddHosts(
                _base.Settings, [.. settings.AllowedHosts.Union(EnvironmentMesh.ChartHosts(_base.Settings), StringComparer.Ordinal)]),
        }));
    }

    private AksCluster Cluster(EnvironmentObservability observability, EnvironmentVaults vaults, DiskEncryption disks)
    {
        var settings = _base.Settings.Cluster;
        var cluster = _base.Locks.Cover(new AksCluster("cluster", new AksClusterArgs
        {
            Azure = _base.Azure,
            ResourceGroupName = _base.Groups.Cluster,
            IdentityResourceGroupName = _base.Groups.Security,
            Network = _base.Network,
            Disks = disks,
            Logs = observability.Logs,
            KubernetesVersion = settings.KubernetesVersion,
            Tier = settings.Tier,
            Zones = settings.Zones,
            SystemPool = settings.SystemPool,
            UserPool = settings.UserPool,
            MaintenanceDay = _base.Settings.MaintenanceDay,
            AdminGroupObjectIds = settings.AdminGroupObjectIds,
            EtcdKey = vaults.AddEtcdKey(),
            AuthorizedIpRanges = settings.AuthorizedIpRanges,
            Upgrades = settings.Upgrades,
            NodeUpgrades = settings.NodeUpgrades,
            NotAllowedDates = settings.NotAllowedDates,
        }));
        cluster.LogTo(observability.Logs, _base.Settings.Observability.KubeAudit);
        cluster.ReportTo(observability.Monitoring);
        cluster.AlertTo(observability.Alerts, observability.Monitoring);
        return cluster;
    }
}
