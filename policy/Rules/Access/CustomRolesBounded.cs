using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>Roles that a program makes name what they allow, and people get no keys by them.</summary>
internal sealed class CustomRolesBounded : StackPolicy
{
    private const string Everything = "*";
    private const string EveryAction = "*/action";
    private const string EveryWrite = "*/write";
    private const string EveryDeletion = "*/delete";

    // Where a role has its GUID, and its name, under the names of both providers.
    private static readonly ImmutableArray<string> Ids = ["roleDefinitionId", "roleId", "name"];
    private static readonly ImmutableArray<string> Names = ["roleName", "name"];

    private static readonly PropertyPath Actions = PropertyPath.Parse("permissions[*].actions[*]");
    private static readonly PropertyPath DataActions = PropertyPath.Parse("permissions[*].dataActions[*]");
    private static readonly PropertyPath Scopes = PropertyPath.Parse("assignableScopes[*]");

    // What gives roles, and so everything else.
    private static readonly ImmutableArray<string> Ruling =
    [
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.Authorization/roleDefinitions/write",
        "Microsoft.Authorization/elevateAccess/action",
    ];

    // What uses keys and reads secrets.
    private static readonly ImmutableArray<string> Keys =
    [
        "Microsoft.KeyVault/vaults/keys/sign/action",
        "Microsoft.KeyVault/vaults/keys/decrypt/action",
        "Microsoft.KeyVault/vaults/keys/unwrap/action",
        "Microsoft.KeyVault/vaults/keys/backup/action",
        "Microsoft.KeyVault/vaults/keys/release/action",
        "Microsoft.KeyVault/vaults/secrets/getSecret/action",
    ];

    public override string Id => "custom-roles-bounded";

    public override string Title => "Roles of our own name what they allow, and give people no keys";

    public override string Rationale =>
        "A star in a role allows what Azure will add next year. One action that gives roles is all of them. And a role of our own that "
        + "signs or reads secrets is as good as the built-in ones, without a name that reviewers know.";

    public override string Remediation =>
        "List actions one by one, such as Microsoft.Network/virtualNetworks/subnets/join/action, without stars but for reads; leave out "
        + "Microsoft.Authorization writes; give data actions of keys and secrets to workloads only (principalType ServicePrincipal); name "
        + "management groups, subscriptions or resource groups in assignableScopes, and never '/'.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A6"),
        new(PolicyControl.Requirement, "A20"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var definitions = resources.Resources.Where(resource => resource.IsAny(AccessTypes.RoleDefinitions)).ToList();
        var assignments = resources.Resources.Where(resource => resource.IsAny(AccessTypes.RoleAssignments)).ToList();
        return definitions.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack makes no roles."))]
            : definitions.SelectMany(definition =>
                JudgeActions(definition).Concat(JudgeScopes(definition)).Select(verdict => StackVerdict.On(definition, verdict))
                    .Concat(JudgePeople(definition, assignments, resources)));
    }

    private static IEnumerable<PolicyVerdict> JudgeActions(StackResourceView definition) =>
        definition.Select(Actions).Concat(definition.Select(DataActions)).Select(action =>
            !action.TryGetText(out var text) ? PolicyVerdict.Undecided(action.Path)
            : IsOpen(text) ? PolicyVerdict.Violation(action.Path, $"{definition} has {action} here, which is not bounded.")
            : Ruling.Any(ruling => Allows(text, ruling)) ? PolicyVerdict.Violation(action.Path, $"{definition} has {action} here, which gives roles.")
            : PolicyVerdict.Pass).DefaultIfEmpty(PolicyVerdict.Pass);

    private static IEnumerable<PolicyVerdict> JudgeScopes(StackResourceView definition) => definition.Select(Scopes)
        .Where(scope => scope.TryGetText(out var text) && text.Trim('/').Length == 0)
        .Select(scope => PolicyVerdict.Violation(
            scope.Path, $"{definition} has {scope} here, so it can be given on everything in the tenant."));

    private static IEnumerable<StackVerdict> JudgePeople(
        StackResourceView definition, List<StackResourceView> assignments, StackView resources)
    {
        var usesKeys = definition.Select(DataActions)
            .Any(action => action.TryGetText(out var text) && !IsOpen(text) && Keys.Any(key => Allows(text, key)));
        return usesKeys
            ? assignments.Where(assignment => IsOf(definition, assignment, resources)).Select(assignment =>
            {
                var people = HumanRole.Of(assignment);
                return StackVerdict.On(assignment, people.MayBePeople() switch
                {
                    null => PolicyVerdict.Undecided(people.Principal.Path),
                    false => PolicyVerdict.Pass,
                    true => PolicyVerdict.Violation(people.Principal.Path, $"{assignment} gives people {definition}, which uses keys or reads secrets."),
                });
            })
            : [];
    }

    private static bool IsOf(StackResourceView definition, StackResourceView assignment, StackView resources) =>
        resources.SourcesOf(assignment, "roleDefinitionId").Any(source => source.Urn == definition.Urn)
        || (RoleIds.Guid(assignment.Read("roleDefinitionId")) is { } id && Ids.Any(name => RoleIds.Guid(definition.Read(name)) == id))
        || (assignment.Read("roleDefinitionName").TryGetText(out var given)
            && Names.Any(name => definition.Read(name).TryGetText(out var own) && own.Equals(given, StringComparison.OrdinalIgnoreCase)));

    // A star for all reads shows; for all writes, deletions or actions, or for all of a provider, it does everything there.
    private static bool IsOpen(string action) =>
        action is Everything or EveryAction or EveryWrite or EveryDeletion
        || (action.EndsWith("/*", StringComparison.Ordinal) && action.Count(character => character == '/') <= 1);

    // Azure takes a star for any run of characters.
    private static bool Allows(string pattern, string action)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? pattern.Equals(action, StringComparison.OrdinalIgnoreCase)
            : action.StartsWith(pattern[..star], StringComparison.OrdinalIgnoreCase)
                && action.EndsWith(pattern[(pattern.LastIndexOf('*') + 1)..], StringComparison.OrdinalIgnoreCase);
    }
}
