using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Network;
using Pulumi;
using Pulumi.AzureNative.ContainerService;
using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>What a cluster acts as in Azure: its control plane, and the kubelets of its nodes.</summary>
internal sealed class ClusterIdentities
{
    private readonly string _name;
    private readonly AksClusterArgs _args;
    private readonly Resource _parent;

    /// <summary>Declares them.</summary>
    /// <param name="name">The logical name of the cluster.</param>
    /// <param name="args">What the cluster needs.</param>
    /// <param name="parent">The component of the cluster.</param>
    public ClusterIdentities(string name, AksClusterArgs args, Resource parent)
    {
        _name = name;
        _args = args;
        _parent = parent;
        ControlPlane = Identity("control-plane", "aks");
        Kubelet = Identity("kubelet", "aks-kubelet");
    }

    /// <summary>Who manages the cluster's resources in Azure.</summary>
    public ManagedIdentity ControlPlane { get; }

    /// <summary>What nodes act as, such as when they pull images.</summary>
    public ManagedIdentity Kubelet { get; }

    /// <summary>The control plane's identity as the cluster names it.</summary>
    public ManagedClusterIdentityArgs ControlPlaneProfile => new()
    {
        Type = ResourceIdentityType.UserAssigned,
        UserAssignedIdentities = { ControlPlane.Id },
    };

    /// <summary>The kubelets' identity as the cluster names it.</summary>
    public InputMap<Pulumi.AzureNative.ContainerService.Inputs.UserAssignedIdentityArgs> KubeletProfile => new()
    {
        ["kubeletidentity"] = new Pulumi.AzureNative.ContainerService.Inputs.UserAssignedIdentityArgs
        {
            ResourceId = Kubelet.Id,
            ClientId = Kubelet.ClientId,
            ObjectId = Kubelet.PrincipalId,
        },
    };

    /// <summary>Gives the identities what the cluster needs; all of it before the cluster, which checks it while it is made.</summary>
    public ImmutableArray<Resource> GrantNeeded() =>
    [
        Join(_args.Network.SystemNodes, "system-nodes"),
        Join(_args.Network.UserNodes, "user-nodes"),
        Join(_args.Network.ApiServer, "api-server"),

        // Where the cluster takes addresses for its internal load balancers from.
        Join(_args.Network.Ingress, "ingress"),
        .. Routes(),
        Kubelet.Scope.Grant($"{_name}-kubelet-operator", AzureRoles.ManagedIdentityOperator, ControlPlane, _parent),
        _args.Disks.GrantReader(ControlPlane),
        .. _args.EtcdKey?.GrantClusterEncryption(ControlPlane) ?? [],
    ];

    private Resource Join(GuardedSubnet subnet, string name) =>
        subnet.Scope.Grant($"{_name}-{name}", AzureRoles.NetworkContributor, ControlPlane, _parent);

    // A cluster checks the routes of its nodes where they are ours.
    private ImmutableArray<Resource> Routes() => _args.Network.Routes is { } routes
        ? [routes.Grant($"{_name}-routes", AzureRoles.NetworkContributor, ControlPlane, _parent)]
        : [];

    private ManagedIdentity Identity(string name, string purpose) =>
        new($"{_name}-{name}", purpose, _args.Azure, _args.IdentityResourceGroupName, _parent);
}
