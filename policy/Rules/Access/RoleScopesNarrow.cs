using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>A role is given for a whole subscription only where the limits name it.</summary>
internal sealed partial class RoleScopesNarrow(WideRoleLimits limits) : ResourcePolicy
{
    public override string Id => "role-scopes-narrow";

    public override string Title => "Roles are given on what they are needed for, not on subscriptions";

    public override string Rationale =>
        "A role on a subscription or management group is one on everything that is there and will be: other environments, their vaults, their "
        + "logs. What a task needs is a resource, or a group of them.";

    public override string Remediation =>
        "Set scope to the id of the resource or resource group. A role that has to be wide is named in policy/limits.yaml, under "
        + "subscriptionRoles, with a reason.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:authorization:RoleAssignment",
        Good: """{"roleDefinitionId": "21090545-7ca7-4776-b22c-e363652d74d2", "scope": "/subscriptions/s/resourceGroups/g"}""",
        Bad: """{"roleDefinitionId": "21090545-7ca7-4776-b22c-e363652d74d2", "scope": "/subscriptions/s"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A6"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => AccessTypes.RoleAssignments;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var scope = resource.Read("scope");
        if (!scope.TryGetText(out var text))
        {
            // The id of a resource of the stack, which is narrow; a subscription's is written out.
            return [scope.State == PropertyState.Missing ? PolicyVerdict.Violation(scope.Path, $"{resource} does not say what it is for.") : PolicyVerdict.Pass];
        }

        if (!Wide().IsMatch(text))
        {
            return [PolicyVerdict.Pass];
        }

        var role = HumanRole.Of(resource).Role;
        var limit = limits.For(stack);
        return
        [
            RoleIds.Guid(role) is not { } id
                ? role.State == PropertyState.Missing
                    ? PolicyVerdict.Violation(scope.Path, $"{resource} gives a role on all of {scope}, and does not say which.")
                    : PolicyVerdict.Undecided(role.Path)
                : text.Trim('/').Length == 0
                    ? PolicyVerdict.Violation(scope.Path, $"{resource} gives the role {role} on {scope}, which is everything in the tenant; no role may be.")
                : limit.Allows(id) ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(scope.Path, $"{resource} gives the role {role} on all of {scope}; {limit.Describe()}."),
        ];
    }

    /// <summary>A subscription, a management group, or everything.</summary>
    [GeneratedRegex("^/?(subscriptions/[^/]+/?|providers/Microsoft.Management/managementGroups/[^/]+/?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Wide();
}
