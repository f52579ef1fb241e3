using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Nodes do not keep old images.</summary>
internal sealed class AksImageCleaner() : PropertyRule(
    Switch.On(AksTypes.Cluster, "securityProfile.imageCleaner.enabled", Kept),
    new AtMost(AksTypes.Cluster, PropertyPath.Parse("securityProfile.imageCleaner.intervalHours"), Hours, Kept),
    Switch.On(AksTypes.ClassicCluster, "imageCleanerEnabled", Kept),
    new AtMost(AksTypes.ClassicCluster, PropertyPath.Parse("imageCleanerIntervalHours"), Hours, Kept))
{
    private const int Hours = 168;
    private const string Kept = "images with known flaws stay on its nodes, ready to be started";

    public override string Id => "aks-image-cleaner";

    public override string Title => "Clusters remove images that nothing uses";

    public override string Rationale =>
        "An image that was replaced because of a flaw stays on the node that ran it. Who may start a pod there can start it again "
        + "without asking the registry, and scanners go on reporting it.";

    public override string Remediation => "Set securityProfile.imageCleaner to enabled: true with intervalHours from 24 to 168.";

    public override PolicySeverity Severity => PolicySeverity.Low;

    public override PolicyExample Example { get; } = new(
        AksTypes.Cluster,
        Good: """{"securityProfile": {"imageCleaner": {"enabled": true, "intervalHours": 24}}}""",
        Bad: """{"securityProfile": {"imageCleaner": {"enabled": false}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-6"),
        new(PolicyControl.Soc2, "CC7.1"),
        new(PolicyControl.Requirement, "A7"),
    ];
}
