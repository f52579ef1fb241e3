using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Nodes run a system that is still mended.</summary>
internal sealed class AksNodeImages() : PropertyRule(
    Choice.Of(AksTypes.Cluster, "agentPoolProfiles[*].osSKU", Supported, "Ubuntu", Old),
    Choice.Of(AksTypes.Pool, "osSKU", Supported, "Ubuntu", Old),
    Choice.Of(AksTypes.ClassicCluster, "defaultNodePool.osSku", Supported, "Ubuntu", Old),
    Choice.Of(AksTypes.ClassicPool, "osSku", Supported, "Ubuntu", Old))
{
    private const string Old = "its nodes run a system that gets no patches or soon gets none";

    // Azure Linux 2, which 'CBLMariner' names, is out of support; 'AzureLinux' is 3 from Kubernetes 1.32 on, and what is older is
    // for aks-supported-version to say.
    private static readonly ImmutableArray<string> Supported =
        ["AzureLinux3", "AzureLinux", "Ubuntu", "Ubuntu2204", "Ubuntu2404", "AzureLinuxOSGuard", "AzureContainerLinux", "Flatcar", "Windows2022", "Windows2025"];

    public override string Id => "aks-node-images";

    public override string Title => "Nodes run a system that is supported";

    public override string Rationale =>
        "A node image is replaced every week as long as its system is supported. After that flaws in the kernel stay open, and all pods "
        + "of a node share its kernel.";

    public override string Remediation =>
        "Set osSKU of the pool to AzureLinux3 or Ubuntu. A pool cannot always change it: make a new one and move the pods.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        AksTypes.Pool, Good: """{"osSKU": "AzureLinux3"}""", Bad: """{"osSKU": "CBLMariner"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-6"),
        new(PolicyControl.Soc2, "CC7.1"),
        new(PolicyControl.Requirement, "A7"),
    ];
}
