using System.Collections.Immutable;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Pods;

/// <summary>Pods are in namespaces that somebody closed.</summary>
internal sealed class PodsInOwnNamespaces : StackPolicy
{
    // Nobody declares these, so nobody closes them.
    private static readonly ImmutableHashSet<string> Shared = ["default", "kube-system", "kube-public", "kube-node-lease"];

    private static readonly PropertyPath Namespace = PropertyPath.Parse("metadata.namespace");
    private static readonly PropertyPath ProviderNamespace = PropertyPath.Parse("namespace");

    public override string Id => "pods-in-own-namespaces";

    public override string Title => "Pods run in namespaces of their own";

    public override string Rationale =>
        "Network policies, Pod Security and rights are given to a namespace. The namespace 'default' has none of them, and in those of "
        + "Kubernetes itself Azure enforces no policy.";

    public override string Remediation =>
        "Declare a Namespace with its labels and a NetworkPolicy that denies by default, and name it in metadata.namespace.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "C1"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var pods = resources.Resources.Where(resource => PodPlaces.Of(resource.Type) is not null).ToList();
        return pods.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no pods."))]
            : pods.Select(pod => StackVerdict.On(pod, Judge(pod, resources)));
    }

    private static PolicyVerdict Judge(StackResourceView pod, StackView resources)
    {
        // A name that the provider makes up is not there yet, but what it comes from is.
        if (resources.SourcesOf(pod, "metadata").Any(source => KubernetesTypes.IsNamespace(source.Type)))
        {
            return PolicyVerdict.Pass;
        }

        var given = pod.Read(Namespace);
        if (given.State == PropertyState.Missing)
        {
            given = ProviderNamespace.Read(pod.Provider?.Properties ?? MapValue.Empty);
        }

        return given.State == PropertyState.Missing
            ? PolicyVerdict.Violation(Namespace, $"{pod} names no namespace, so it runs in 'default', which nothing closes.")
            : !given.TryGetText(out var name) ? PolicyVerdict.Undecided(Namespace)
            : Shared.Contains(name) ? PolicyVerdict.Violation(Namespace, $"{pod} runs in {given}, which is not a namespace of its own.")
            : PolicyVerdict.Pass;
    }
}
