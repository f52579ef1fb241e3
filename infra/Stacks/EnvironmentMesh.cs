using System.Collections.Immutable;
using CantonInfra.Infra.Components.Ingress.Objects;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Mesh;
using CantonInfra.Infra.Settings;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>The service mesh of an environment, where the settings have one (A9, C2).</summary>
internal static class EnvironmentMesh
{
    /// <summary>The hosts that deployments get its charts from.</summary>
    /// <param name="settings">The settings.</param>
    public static ImmutableArray<string> ChartHosts(EnvironmentSettings settings) =>
        settings.Mesh.Mode == MeshMode.Off ? [] : [IstioMesh.ChartHost];

    /// <summary>Declares it; namespaces that come later join it.</summary>
    /// <param name="foundation">What the environment stands on.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="connections">Who connects to whom.</param>
    /// <param name="certManager">What whoever has objects of cert-manager waits for.</param>
    /// <returns>The mesh; null where there is none.</returns>
    public static MeshMembership? Declare(
        EnvironmentFoundation foundation, EnvironmentCluster cluster, EnvironmentConnections connections, Resource certManager)
    {
        var settings = foundation.Settings.Mesh;
        if (settings.Mode == MeshMode.Off)
        {
            return null;
        }

        var system = cluster.AddNamespace(IstioMesh.SystemNamespace, TrustZone.ControlPlane, PodSecurity.Restricted);

        // It is what gives pods their network, in folders of the node: nothing else is in there.
        var nodes = cluster.AddNamespace(IstioMesh.NodeNamespace, TrustZone.ControlPlane, PodSecurity.Privileged);
        var mesh = new IstioMesh("mesh", new IstioMeshArgs
        {
            System = system,
            Nodes = nodes,
            TrustDomain = settings.TrustDomain,
            Authority = settings.Authority == MeshAuthorityKind.SelfGenerated ? null : Authority(settings, system, certManager),
        });
        var membership = new MeshMembership(
            settings.TrustDomain, IstioMesh.PodVersion, connections.AddMesh(system, nodes), mesh.Ready);
        cluster.Join(membership);
        return membership;
    }

    private static Resource Authority(MeshSettings settings, TrustZoneNamespace system, Resource certManager) =>
        new MeshAuthority("mesh-authority", new MeshAuthorityArgs
        {
            Namespace = system,
            TrustDomain = settings.TrustDomain,
            Issuer = settings.Issuer is { } issuer
                ? new NamedObjectArgs { Group = issuer.Group, Kind = issuer.Kind, Name = issuer.Name }
                : null,
            After = certManager,
        }).Ready;
}
