using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Nothing in a cluster is past its end.</summary>
internal sealed class AksNoRetiredParts() : PropertyRule(
    Switch.Off(AksTypes.Cluster, "ingressProfile.webAppRouting.enabled", Nginx),
    Switch.Off(AksTypes.Cluster, "addonProfiles.httpApplicationRouting.enabled", Routing),
    Switch.Off(AksTypes.Cluster, "addonProfiles.openServiceMesh.enabled", Mesh),
    Switch.Off(AksTypes.Cluster, "addonProfiles.kubeDashboard.enabled", Dashboard),
    Switch.Off(AksTypes.Cluster, "podIdentityProfile.enabled", PodIdentity),
    Choice.Of(AksTypes.Cluster, "networkProfile.networkPlugin", ["azure"], "kubenet", Plugin),
    Choice.Of(AksTypes.ClassicCluster, "networkProfile.networkPlugin", ["azure"], "kubenet", Plugin),
    Switch.Off(AksTypes.ClassicCluster, "httpApplicationRoutingEnabled", Routing),
    Switch.Off(AksTypes.ClassicCluster, "openServiceMeshEnabled", Mesh),
    new Absent(AksTypes.ClassicCluster, PropertyPath.Parse("webAppRouting"), Nginx))
{
    private const string Nginx = "its ingress controller is ingress-nginx, which is maintained no more and faces the network";
    private const string Routing = "its ingress controller is one that was retired, with a public address and a zone on the internet";
    private const string Mesh = "its mesh is one that was retired";
    private const string Dashboard = "it has a console that was retired and has had full rights";
    private const string PodIdentity = "every pod of a node can ask for the identity of any other";
    private const string Plugin = "its pods get their network from a plugin that Azure retires in March 2028 or does not look after";

    public override string Id => "aks-no-retired-parts";

    public override string Title => "Clusters have no parts that are retired";

    public override string Rationale =>
        "Add-ons that are past their end get no patches, and those for ingress take traffic from outside. Maintenance of ingress-nginx "
        + "ended in March 2026, and of the add-on with it in November 2026.";

    public override string Remediation =>
        "Leave webAppRouting, httpApplicationRouting, openServiceMesh, kubeDashboard and podIdentityProfile out, and set "
        + "networkProfile.networkPlugin to azure. Take the Gateway API for ingress, the Istio add-on for a mesh and workload identity for pods.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        AksTypes.Cluster,
        Good: """{"networkProfile": {"networkPlugin": "azure"}}""",
        Bad: """{"networkProfile": {"networkPlugin": "azure"}, "ingressProfile": {"webAppRouting": {"enabled": true}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-6"),
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.Soc2, "CC7.1"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A8"),
    ];
}
