using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>No person rules over a subscription or management group for good.</summary>
internal sealed partial class NoHumanRulers : ResourcePolicy
{
    private const string Contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";

    private static readonly ImmutableSortedDictionary<string, string> Roles = new Dictionary<string, string>
    {
        ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635"] = "Owner",
        [Contributor] = "Contributor",
        ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"] = "User Access Administrator",
        ["f58310d9-a9f6-439a-9e8d-f62e7b41a168"] = "Role Based Access Control Administrator",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly PropertyPath Scope = PropertyPath.Parse("scope");

    public override string Id => "no-human-rulers";

    public override string Title => "No person gives roles, or rules over a subscription, for good";

    public override string Rationale =>
        "Owners, contributors and those who give roles can undo every guardrail of a subscription. Given to people for good, one stolen "
        + "session is enough. Deployments have an identity for it, and emergencies a role that is taken for hours.";

    public override string Remediation =>
        "Give people what they need on a resource group or resource, and nobody Owner or a role that gives roles. For emergencies make them eligible in Privileged Identity "
        + "Management, outside of the program.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:authorization:RoleAssignment",
        Good: """{"roleDefinitionId": "acdd72a7-3385-48ef-bd42-f606fba81ae7", "principalType": "Group", "scope": "/subscriptions/s"}""",
        Bad: """{"roleDefinitionId": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "principalType": "Group", "scope": "/subscriptions/s"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-1"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A6"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = HumanRole.Types;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var given = HumanRole.Of(resource);
        var scope = resource.Read(Scope);
        bool? isWide = scope.TryGetText(out var text) ? Wide().IsMatch(text) : null;
        if (given.IsOneOf(Roles.Remove(Contributor)) == true)
        {
            // Whoever gives roles on a group gives itself those on the vaults in it.
            isWide = true;
        }

        yield return (given.IsOneOf(Roles), given.MayBePeople(), isWide) switch
        {
            (false, _, _) or (_, false, _) or (_, _, false) => PolicyVerdict.Pass,
            (null, _, _) => PolicyVerdict.Undecided(given.Role.Path),
            (_, null, _) => PolicyVerdict.Undecided(given.Principal.Path),
            (_, _, null) => PolicyVerdict.Undecided(scope.Path),
            _ => PolicyVerdict.Violation(given.Role.Path, $"{resource} lets people rule over {scope} for good."),
        };
    }

    /// <summary>A subscription, a management group, or everything.</summary>
    [GeneratedRegex("^/?(subscriptions/[^/]+/?|providers/Microsoft.Management/managementGroups/[^/]+/?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Wide();
}
