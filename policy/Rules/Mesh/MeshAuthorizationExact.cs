using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Mesh;

/// <summary>Policies of a mesh say exactly who may connect, and to what.</summary>
internal sealed class MeshAuthorizationExact : ResourcePolicy
{
    private static readonly PropertyPath Rules = PropertyPath.Parse("spec.rules[*]");

    // What tells one caller from others; a star in it stands for many.
    private static readonly ImmutableArray<string> Identities = ["principals", "serviceAccounts", "namespaces"];
    private static readonly ImmutableArray<string> Others = ["requestPrincipals", "ipBlocks", "remoteIpBlocks"];
    private static readonly ImmutableArray<string> Operations = ["ports", "paths", "methods", "hosts"];

    public override string Id => "mesh-authorization-exact";

    public override string Title => "Policies of a mesh name who may connect, and to what";

    public override string Rationale =>
        "Rules that allow add up, and an empty one allows everything to everybody: beside it, all that is denied elsewhere is let in. A rule with "
        + "a star, or without ports, lets in who comes tomorrow and to what is opened tomorrow.";

    public override string Remediation =>
        "Give each rule of a policy that allows a source with principals written in full (trust domain/ns/namespace/sa/account), and an operation "
        + "with ports or paths. Clients that are in no mesh are notPrincipals: ['*'], and only on ports that take plain text.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "kubernetes:security.istio.io/v1:AuthorizationPolicy",
        Good: """{"spec": {"rules": [{"from": [{"source": {"principals": ["example.com/ns/apps/sa/api"]}}], "to": [{"operation": {"ports": ["8080"]}}]}]}}""",
        Bad: """{"spec": {"rules": [{}]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "C1"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => MeshTypes.AuthorizationPolicies;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var action = resource.Read("spec.action");
        if (action.State != PropertyState.Missing && !action.TryGetText(out _))
        {
            return [PolicyVerdict.Undecided(action.Path)];
        }

        if (action.TryGetText(out var text) && text != "ALLOW")
        {
            return [PolicyVerdict.NotApplicable($"It allows nothing: it is for {text}.")];
        }

        return IsOfGateway(resource)
            ? [PolicyVerdict.NotApplicable("It is a gateway's, whose clients are in no mesh.")]
            : [PolicyVerdict.Pass, .. resource.Select(Rules).SelectMany(rule => JudgeRule(resource, rule))];
    }

    private static bool IsOfGateway(ResourceView resource) =>
        resource.Select(PropertyPath.Parse("spec.targetRefs[*].kind")).Append(resource.Read("spec.targetRef.kind"))
            .Any(kind => kind.TryGetText(out var text) && text == "Gateway");

    private static IEnumerable<PolicyVerdict> JudgeRule(ResourceView resource, PropertyReading rule)
    {
        if (rule is not { State: PropertyState.Known, Value: MapValue })
        {
            return [PolicyVerdict.Undecided(rule.Path)];
        }

        var conditions = resource.Select(At(rule.Path, "when", "key")).ToList();
        return
        [
            .. JudgeEach(
                resource,
                rule.Path.Then("from"),
                "source",
                HasCondition(conditions, "source.", "request."),
                "lets in whoever comes",
                source => JudgeSource(resource, source)),
            .. JudgeEach(
                resource,
                rule.Path.Then("to"),
                "operation",
                HasCondition(conditions, "destination.", "connection."),
                "is for everything that the pods listen on",
                operation => JudgeOperation(resource, operation)),
        ];
    }

    private static bool HasCondition(List<PropertyReading> conditions, params ReadOnlySpan<string> beginnings)
    {
        foreach (var beginning in beginnings)
        {
            if (conditions.Exists(key => key.TryGetText(out var text) && text.StartsWith(beginning, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<PolicyVerdict> JudgeEach(
        ResourceView resource, PropertyPath list, string member, bool isSaidElsewhere, string otherwise, Func<PropertyReading, PolicyVerdict> judge)
    {
        var all = resource.Read(list);
        if (isSaidElsewhere || all.State is PropertyState.Unknown or PropertyState.WrongKind)
        {
            return isSaidElsewhere ? [] : [PolicyVerdict.Undecided(list)];
        }

        var items = resource.Select(At(list)).ToList();
        return items.Count == 0
            ? [PolicyVerdict.Violation(list, $"{resource} has a rule without this, which {otherwise}.")]
            : items.Select(item => item.State == PropertyState.Known ? judge(resource.Read(item.Path.Then(member))) : PolicyVerdict.Undecided(item.Path));
    }

    private static PolicyVerdict JudgeSource(ResourceView resource, PropertyReading source)
    {
        if (source.State is PropertyState.Unknown or PropertyState.WrongKind)
        {
            return PolicyVerdict.Undecided(source.Path);
        }

        var isNamed = false;
        foreach (var kind in Identities.Concat(Others))
        {
            foreach (var caller in Items(resource, source.Path.Then(kind)))
            {
                if (!caller.TryGetText(out var text))
                {
                    return PolicyVerdict.Undecided(caller.Path);
                }

                if (Identities.Contains(kind) ? text.Contains('*', StringComparison.Ordinal) : text.EndsWith("/0", StringComparison.Ordinal))
                {
                    return PolicyVerdict.Violation(caller.Path, $"{resource} has {caller} here, which stands for many and lets them all in. Name each.");
                }

                isNamed = true;
            }
        }

        // Everybody without an identity is exactly whoever is in no mesh.
        return isNamed || Items(resource, source.Path.Then("notPrincipals")).Any(each => each.TryGetText(out var text) && text == "*")
            ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(source.Path, $"{resource} has a source here that names nobody, which lets in whoever comes.");
    }

    private static PolicyVerdict JudgeOperation(ResourceView resource, PropertyReading operation) =>
        operation.State is PropertyState.Unknown or PropertyState.WrongKind ? PolicyVerdict.Undecided(operation.Path)
        : Operations.SelectMany(kind => Items(resource, operation.Path.Then(kind)))
            .Any(each => each.State != PropertyState.Known || !each.TryGetText(out var text) || text is not ("*" or "/*")) ? PolicyVerdict.Pass
        : PolicyVerdict.Violation(operation.Path, $"{resource} has an operation here that names nothing, which is everything that the pods listen on.");

    private static IEnumerable<PropertyReading> Items(ResourceView resource, PropertyPath list) => resource.Select(At(list));

    private static PropertyPath At(PropertyPath list, params ReadOnlySpan<string> below)
    {
        var path = below.IsEmpty
            ? new PropertyPath([.. list.Elements, PropertyPathElement.Wildcard])
            : new PropertyPath([.. list.Then(below[0]).Elements, PropertyPathElement.Wildcard]);
        foreach (var name in below.Length > 1 ? below[1..] : [])
        {
            path = path.Then(name);
        }

        return path;
    }
}
