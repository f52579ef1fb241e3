using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>The cluster itself refuses pods with rights on their node.</summary>
/// <param name="limits">The namespaces that may hold pods with rights on their node.</param>
internal sealed class NamespacePodSecurity(PrivilegedNamespaceLimits limits) : ResourcePolicy
{
    private static readonly PropertyPath Labels = PropertyPath.Parse("metadata.labels");
    private static readonly ImmutableArray<string> Seeing = ["audit", "warn"];
    private static readonly ImmutableArray<string> Standards = ["baseline", "restricted"];

    public override string Id => "namespace-pod-security";

    public override string Title => "Every namespace enforces a Pod Security Standard";

    public override string Rationale =>
        "What a program declares can be reviewed; what a chart, an operator or a person starts in the namespace later cannot. The label makes "
        + "the API server refuse privileged pods, whoever asks for them.";

    public override string Remediation =>
        "Set the label pod-security.kubernetes.io/enforce to restricted. Where pods of a chart do not keep that, set it to baseline, and "
        + "audit and warn to restricted, so that what is missing is seen. A namespace of what sets up nodes is named in policy/limits.yaml, under "
        + "privilegedNamespaces, with a reason.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "kubernetes:core/v1:Namespace",
        Good: """{"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}}""",
        Bad: """{"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "privileged"}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-2"),
        new(PolicyControl.Soc2, "CC6.8"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = ["kubernetes:core/v1:Namespace"];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (resource.Read("metadata.name").TryGetText(out var name) && PlatformNamespaces.Names.Contains(name))
        {
            return [PolicyVerdict.NotApplicable("Kubernetes or AKS fills this namespace with pods that need more.")];
        }

        if (name is not null && limits.Allows(stack, name))
        {
            return [PolicyVerdict.NotApplicable("The limits name it among those whose pods set up nodes.")];
        }

        var enforced = Read(resource, "enforce");
        if (enforced.State != PropertyState.Missing && !enforced.TryGetText(out _))
        {
            return [PolicyVerdict.Undecided(enforced.Path)];
        }

        return !enforced.TryGetText(out var standard) || !Standards.Contains(standard)
            ? [PolicyVerdict.Violation(
                enforced.Path,
                $"{resource} {(standard is null ? "does not set this" : $"has {enforced} here")}, so any pod in it may take over its node. It must be baseline or restricted.")]
            : standard == "restricted" ? [PolicyVerdict.Pass]
            : Seeing.Select(mode => JudgeSight(resource, mode));
    }

    private static PolicyVerdict JudgeSight(ResourceView resource, string mode)
    {
        var label = Read(resource, mode);
        return label.State == PropertyState.Missing || (label.TryGetText(out var standard) && standard != "restricted")
            ? PolicyVerdict.Violation(
                label.Path, $"{resource} enforces baseline and does not show what is missing for restricted. It must be restricted.")
            : label.State == PropertyState.Known ? PolicyVerdict.Pass
            : PolicyVerdict.Undecided(label.Path);
    }

    private static PropertyReading Read(ResourceView resource, string mode) =>
        resource.Read(Labels.Then($"pod-security.kubernetes.io/{mode}"));
}
