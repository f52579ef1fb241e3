using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Pods;

/// <summary>Pods keep what the Pod Security Standard 'restricted' asks of containers.</summary>
internal sealed class PodsRestricted : PodRule
{
    private static readonly ImmutableArray<string> Profiles = ["RuntimeDefault", "Localhost"];

    public override string Id => "pods-restricted";

    public override string Title => "Containers run without root, without ways to more rights and with a system call filter";

    public override string Rationale =>
        "Most ways out of a container need root in it, a capability or a system call that no service uses. What Kubernetes gives by "
        + "default is all of these, so a flaw in the service becomes one of the node.";

    public override string Remediation =>
        "In the pod's securityContext set runAsNonRoot: true and seccompProfile.type: RuntimeDefault; in that of each container, those "
        + "of initContainers included, allowPrivilegeEscalation: false and capabilities.drop: [ALL]. Where a chart makes the pod, "
        + "patch it with a transformation.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "kubernetes:core/v1:Pod",
        Good: """{"spec": {"securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}}, "containers": [{"name": "app", "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}]}}""",
        Bad: """{"spec": {"containers": [{"name": "app", "securityContext": {"runAsNonRoot": true}}]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-2"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.8"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "D1"),
    ];

    protected override IEnumerable<PolicyVerdict> Check(PodView pod, StackContext stack) => pod.IsWindows
        ? [PolicyVerdict.NotApplicable("Pods on Windows have none of these.")]
        : Each(pod.Containers, JudgeContainer);

    private static IEnumerable<PolicyVerdict> JudgeContainer(ContainerView container)
    {
        var pod = container.Pod.Resource;
        var nonRoot = container.ReadOrPod("securityContext.runAsNonRoot");
        yield return nonRoot.ToFlag(whenMissing: false) switch
        {
            null => PolicyVerdict.Undecided(nonRoot.Path),
            true => PolicyVerdict.Pass,
            false => PolicyVerdict.Violation(nonRoot.Path, $"{pod} lets {container} run as root. It must have runAsNonRoot: true."),
        };

        foreach (var property in new[] { "securityContext.runAsUser", "securityContext.runAsGroup" })
        {
            var user = container.ReadOrPod(property);
            if (user is { State: PropertyState.Known, Value: NumberValue { Value: 0 } })
            {
                yield return PolicyVerdict.Violation(user.Path, $"{pod} has {container} run as root or in its group.");
            }
        }

        var escalation = container.Read("securityContext.allowPrivilegeEscalation");
        yield return escalation.ToFlag(whenMissing: true) switch
        {
            null => PolicyVerdict.Undecided(escalation.Path),
            false => PolicyVerdict.Pass,
            true => PolicyVerdict.Violation(
                escalation.Path, $"{pod} lets {container} gain rights that it was not started with. It must have allowPrivilegeEscalation: false."),
        };
        yield return JudgeCapabilities(container);

        var filter = container.ReadOrPod("securityContext.seccompProfile.type");
        yield return filter.State == PropertyState.Missing || (filter.TryGetText(out var profile) && !Profiles.Contains(profile))
            ? PolicyVerdict.Violation(
                filter.Path, $"{pod} starts {container} without a filter for system calls. It must have a seccompProfile of type RuntimeDefault.")
            : filter.State == PropertyState.Known ? PolicyVerdict.Pass
            : PolicyVerdict.Undecided(filter.Path);
    }

    private static PolicyVerdict JudgeCapabilities(ContainerView container)
    {
        var path = container.At("securityContext.capabilities.drop");
        var dropped = new PropertyPath([.. path.Elements, PropertyPathElement.Wildcard])
            .Select(container.Pod.Resource.Properties).ToList();
        return dropped.Exists(each => each.TryGetText(out var capability) && capability.Equals("ALL", StringComparison.OrdinalIgnoreCase))
            ? PolicyVerdict.Pass
            : dropped.Find(each => !each.TryGetText(out _)) is { Path: { } unclear } ? PolicyVerdict.Undecided(unclear)
            : PolicyVerdict.Violation(path, $"{container.Pod.Resource} leaves {container} capabilities of root. It must drop ALL.");
    }
}
