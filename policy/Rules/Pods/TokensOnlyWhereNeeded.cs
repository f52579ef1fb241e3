using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Pods;

/// <summary>Pods get a token for the API server where they have something to ask it.</summary>
internal sealed class TokensOnlyWhereNeeded : StackPolicy
{
    private const string Account = "kubernetes:core/v1:ServiceAccount";

    // What a namespace has from the start is patched, not made.
    private const string Patch = "kubernetes:core/v1:ServiceAccountPatch";
    private const string Switch = "automountServiceAccountToken";

    private static readonly ImmutableArray<ResourceTypePattern> Bindings =
        ["kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding"];

    private static readonly PropertyPath Subjects = PropertyPath.Parse("subjects[*]");
    private static readonly PropertyPath Name = PropertyPath.Parse("metadata.name");

    public override string Id => "tokens-only-where-needed";

    public override string Title => "Pods get a token for the API server only where their account has rights";

    public override string Rationale =>
        "Every pod is given a token for the API server unless somebody says no. Whoever takes the pod over asks with it what else there is, "
        + "and a right that is given to the account later is theirs at once. Workload identity needs no such token.";

    public override string Remediation =>
        "Set automountServiceAccountToken to false on the ServiceAccount, and on pods that use the account 'default'. Accounts that a "
        + "RoleBinding of the stack gives rights to may have it.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.CloudSecurityBenchmark, "IM-8"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "A20"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var bound = resources.Resources.Where(resource => Bindings.Any(type => type.Matches(resource.Type)))
            .SelectMany(binding => binding.Select(Subjects).Select(subject => (binding, subject)))
            .Where(each => each.binding.Read(each.subject.Path.Then("kind")).TryGetText(out var kind) && kind == "ServiceAccount")
            .Select(each => each.binding.Read(each.subject.Path.Then("name")))
            .ToList();
        var accounts = resources.OfType(Account).ToList();
        var pods = resources.Resources.Where(resource => PodPlaces.Of(resource.Type) is not null).ToList();
        var patches = resources.OfType(Patch).ToList();
        return accounts.Count == 0 && patches.Count == 0 && pods.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no pods and no service accounts."))]
            :
            [
                .. accounts.Select(account => StackVerdict.On(account, JudgeAccount(account, bound, whenMissing: true))),
                .. patches.Select(patch => StackVerdict.On(patch, JudgeAccount(patch, bound, whenMissing: false))),
                .. pods.Select(pod => StackVerdict.On(pod, JudgePod(pod, accounts, bound))),
            ];
    }

    private static PolicyVerdict JudgeAccount(StackResourceView account, List<PropertyReading> bound, bool whenMissing)
    {
        var automount = account.Read(Switch);
        return automount.ToFlag(whenMissing) switch
        {
            null => PolicyVerdict.Undecided(automount.Path),
            false => PolicyVerdict.Pass,
            true => HasRights(account.Read(Name), bound) switch
            {
                true => PolicyVerdict.Pass,
                null => PolicyVerdict.Undecided(Name, "not known yet whether a binding gives it rights"),
                false => PolicyVerdict.Violation(
                    automount.Path, $"{account} gives its pods a token for the API server, while no binding of the stack gives it rights."),
            },
        };
    }

    private static PolicyVerdict JudgePod(StackResourceView resource, List<StackResourceView> accounts, List<PropertyReading> bound)
    {
        var place = PodPlaces.Of(resource.Type)!;
        var spec = resource.Read(place);
        if (spec is not { State: PropertyState.Known, Value: MapValue })
        {
            return spec.State == PropertyState.Missing ? PolicyVerdict.NotApplicable("It declares no pod.") : PolicyVerdict.Undecided(spec.Path);
        }

        var automount = resource.Read(place.Then(Switch));
        var name = resource.Read(place.Then("serviceAccountName"));
        if (automount.State != PropertyState.Missing)
        {
            return automount.ToFlag(whenMissing: true) switch
            {
                null => PolicyVerdict.Undecided(automount.Path),
                false => PolicyVerdict.Pass,
                true => HasRights(name, bound) switch
                {
                    true => PolicyVerdict.Pass,
                    null => PolicyVerdict.Undecided(name.Path),
                    false => Violation(resource, automount.Path, "asks for a token for the API server"),
                },
            };
        }

        // Without a word in the pod its account decides.
        if (name.State == PropertyState.Unknown)
        {
            return PolicyVerdict.Undecided(name.Path);
        }

        var isNamed = name.TryGetText(out var account) && account != "default";
        var own = isNamed ? accounts.FirstOrDefault(each => each.Read(Name).TryGetText(out var text) && text == account) : null;
        return own is not null ? PolicyVerdict.Pass
            : !isNamed ? Violation(resource, automount.Path, "uses the account 'default' and is given its token for the API server")
            : HasRights(name, bound) == true ? PolicyVerdict.Pass
            : PolicyVerdict.NotApplicable("Its service account is not one of the stack.");
    }

    private static PolicyVerdict Violation(StackResourceView resource, PropertyPath path, string what) =>
        PolicyVerdict.Violation(path, $"{resource} {what}, while no binding of the stack gives it rights.");

    private static bool? HasRights(PropertyReading name, List<PropertyReading> bound)
    {
        if (name.State == PropertyState.Missing)
        {
            return false;
        }

        return name.TryGetText(out var text)
            ? bound.Exists(each => each.TryGetText(out var other) && other == text) ? true
                : bound.Exists(each => each.State == PropertyState.Unknown) ? null : false
            : null;
    }
}
