using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>In every namespace, what no policy allows is denied, in both directions.</summary>
internal sealed class NamespaceDefaultDeny : StackPolicy
{
    public override string Id => "namespace-default-deny";

    public override string Title => "Every namespace denies all traffic that no policy allows";

    public override string Rationale =>
        "Pods of a namespace without policies talk to anyone: a pod that is taken over reaches the participant's admin API and the "
        + "databases, and sends data anywhere. With all traffic denied first, each allowed flow is written down and reviewed.";

    public override string Remediation =>
        "Put a NetworkPolicy into the namespace that has podSelector: {}, policyTypes: [Ingress, Egress] and no rules, and allow each "
        + "flow in a policy of its own. Take the namespace's name from the Namespace's output, so that previews can connect the two.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var policies = resources.Resources
            .Where(resource => KubernetesTypes.IsNetworkPolicy(resource.Type))
            .Select(resource => TrafficPolicy.Read(resource, resources))
            .ToList();
        var namespaces = resources.Resources
            .Where(resource => KubernetesTypes.IsNamespace(resource.Type))
            .Select(NamespacePlace.Read)
            .ToList();
        if (namespaces.Count == 0 && policies.Count == 0)
        {
            return [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no namespaces."))];
        }

        var clusters = new ClusterIdentity(resources);
        return [
            .. namespaces.Select(each => StackVerdict.On(each.Resource, JudgeNamespace(each, policies, clusters))),
            .. policies.SelectMany(JudgeOpening),
        ];
    }

    private static PolicyVerdict JudgeNamespace(NamespacePlace place, List<TrafficPolicy> policies, ClusterIdentity clusters)
    {
        // Denying traffic there breaks the cluster.
        if (place.Name.TryGetText(out var name) && PlatformNamespaces.Names.Contains(name))
        {
            return PolicyVerdict.NotApplicable("Kubernetes or AKS fills this namespace and manages its traffic.");
        }

        var members = policies
            .Select(policy => (Policy: policy, IsMember: policy.Member.IsIn(place, clusters)))
            .Where(entry => entry.IsMember != false)
            .ToList();
        var unclear = new List<StackResourceView>();
        var open = new List<string>();
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var denying = members.Select(entry => (entry.Policy, Denies: Logic.And(entry.IsMember, entry.Policy.Denies(direction)))).ToList();
            if (denying.Any(entry => entry.Denies == true))
            {
                continue;
            }

            var perhaps = denying.Where(entry => entry.Denies is null).Select(entry => entry.Policy.Resource).ToList();
            unclear.AddRange(perhaps);
            if (perhaps.Count == 0)
            {
                open.Add(direction == Direction.Ingress ? "incoming" : "outgoing");
            }
        }

        if (open.Count > 0)
        {
            return PolicyVerdict.Violation(
                PropertyPath.Root,
                $"{place.Resource} has no NetworkPolicy that selects all pods and denies all {string.Join(" and all ", open)} traffic.");
        }

        return unclear.Count == 0 ? PolicyVerdict.Pass : PolicyVerdict.Undecided(
            NamespacePlace.NamePath,
            $"not known yet whether {string.Join(", ", unclear.Select(policy => policy.ToString()).Distinct())} denies its traffic by default");
    }

    // Policies add up: one that lets everything through for all pods undoes the denial beside it.
    private static IEnumerable<StackVerdict> JudgeOpening(TrafficPolicy policy) =>
        policy.Openings.Select(path => StackVerdict.On(policy.Resource, PolicyVerdict.Violation(
            path,
            $"{policy.Resource} selects all pods and has a rule without peers and ports, which allows all traffic in its namespace "
            + "whatever else is denied there.")));
}
