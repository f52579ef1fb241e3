using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.KubernetesAccess;

/// <summary>People see what runs and restart it, but do not become it.</summary>
internal sealed class PeopleStayOutOfPods : StackPolicy
{
    // Of Kubernetes itself: both read secrets and run commands in pods.
    private static readonly ImmutableHashSet<string> BuiltIn = ["admin", "edit", "cluster-admin"];

    private static readonly ImmutableHashSet<string> Raising = ["escalate", "bind", "impersonate", "*"];

    // What lets its holder act in the place of a pod or an account, whatever the verb.
    private static readonly ImmutableHashSet<string> Becoming =
        ["pods/exec", "pods/attach", "pods/portforward", "pods/proxy", "pods/ephemeralcontainers", "serviceaccounts/token", "nodes/proxy"];

    private static readonly Reference RoleOfBinding = Reference.At("roleRef.name", ClusterRights.Roles, "metadata.name", "roles");

    public override string Id => "people-stay-out-of-pods";

    public override string Title => "People do not read secrets of a cluster or run commands in its pods";

    public override string Rationale =>
        "A command in a pod has the identity of the pod: it signs with the ledger's keys, and no log of the vault shows who typed it. A "
        + "secret that a person has read has to be replaced. Who may give rights may give these to himself.";

    public override string Remediation =>
        "Take secrets, pods/exec, pods/attach, pods/portforward, pods/ephemeralcontainers and serviceaccounts/token, and the verbs "
        + "escalate, bind and impersonate, out of roles that users and groups are bound to, and do not bind them to admin or edit.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A6"),
        new(PolicyControl.Requirement, "A20"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var bindings = Of(resources, ClusterRights.Bindings);
        var roles = Of(resources, ClusterRights.Roles);
        return bindings.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no bindings of roles in a cluster."))]
            : bindings.SelectMany(binding => Judge(binding, roles, resources));
    }

    private static IEnumerable<StackVerdict> Judge(StackResourceView binding, List<StackResourceView> roles, StackView resources)
    {
        var subjects = binding.Select(PropertyPath.Parse("subjects[*]")).ToList();
        if (subjects.TrueForAll(subject => IsPerson(binding, subject) == false))
        {
            return [StackVerdict.On(binding, PolicyVerdict.NotApplicable("It binds no users and no groups."))];
        }

        var name = binding.Read("roleRef.name");
        if (name.TryGetText(out var text) && BuiltIn.Contains(text))
        {
            return [StackVerdict.On(binding, PolicyVerdict.Violation(
                name.Path, $"{binding} gives people {name}, which reads secrets and runs commands in pods."))];
        }

        var named = RoleOfBinding.Read(binding, resources);
        var bound = roles.Where(role => named.Any(each => each.Is(Referred.To(role, "metadata.name")) == true)).ToList();
        return bound.Count == 0
            ? [StackVerdict.On(binding, name.State == PropertyState.Unknown
                ? PolicyVerdict.Undecided(name.Path)
                : PolicyVerdict.NotApplicable("Its role is not one of the stack."))]
            : bound.SelectMany(role => role.Select(PropertyPath.Parse("rules[*]"))
                .Select(rule => StackVerdict.On(role, JudgeRule(role, rule, binding))));
    }

    private static PolicyVerdict JudgeRule(StackResourceView role, PropertyReading rule, StackResourceView binding)
    {
        if (rule.State != PropertyState.Known)
        {
            return PolicyVerdict.Undecided(rule.Path);
        }

        var verbs = Listed(role, rule, "verbs");
        var targets = Listed(role, rule, "resources");
        if (verbs.Concat(targets).FirstOrDefault(reading => !reading.TryGetText(out _)) is { Path: { } unclear })
        {
            return PolicyVerdict.Undecided(unclear);
        }

        return Find(verbs, Raising.Contains) is { } raising
            ? Violation(role, raising, binding, "which lets them take rights that nobody gave them")
            : Find(targets, Becoming.Contains) is { } becoming
                ? Violation(role, becoming, binding, "which lets them act as a pod or an account")
            : Find(targets, target => target is "secrets" or "*") is { } secrets
                ? Violation(role, secrets, binding, "which lets them read or replace what only workloads should know")
            : PolicyVerdict.Pass;
    }

    private static PolicyVerdict Violation(StackResourceView role, PropertyReading reading, StackResourceView binding, string what) =>
        PolicyVerdict.Violation(reading.Path, $"{role}, which {binding} gives to people, has {reading} here, {what}.");

    private static PropertyReading? Find(List<PropertyReading> readings, Func<string, bool> condition) => readings
        .Where(reading => reading.TryGetText(out var text) && condition(text))
        .Select(reading => (PropertyReading?)reading)
        .FirstOrDefault();

    private static List<PropertyReading> Listed(StackResourceView role, PropertyReading rule, string property) =>
        [.. role.Select(new PropertyPath([.. rule.Path.Then(property).Elements, PropertyPathElement.Wildcard]))];

    // Groups of service accounts are no people.
    private static bool? IsPerson(StackResourceView binding, PropertyReading subject)
    {
        if (subject.State != PropertyState.Known)
        {
            return null;
        }

        var kind = binding.Read(subject.Path.Then("kind"));
        if (!kind.TryGetText(out var text))
        {
            return kind.State == PropertyState.Missing ? false : null;
        }

        return text is "User" or "Group"
            && !(binding.Read(subject.Path.Then("name")).TryGetText(out var name) && name.StartsWith("system:", StringComparison.Ordinal));
    }

    private static List<StackResourceView> Of(StackView resources, ImmutableArray<ResourceTypePattern> types) =>
        [.. resources.Resources.Where(resource => types.Any(type => type.Matches(resource.Type)))];
}
