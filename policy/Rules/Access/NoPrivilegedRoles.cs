using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>No workload may do everything.</summary>
internal sealed class NoPrivilegedRoles : ResourcePolicy
{
    private const string Current = "azure-native:authorization:RoleAssignment";
    private const string Classic = "azure:authorization/assignment:Assignment";

    private static readonly PropertyPath RoleId = PropertyPath.Parse("roleDefinitionId");
    private static readonly PropertyPath RoleName = PropertyPath.Parse("roleDefinitionName");
    private static readonly PropertyPath Principal = PropertyPath.Parse("principalType");

    // By their GUIDs, the same in every tenant ("Azure built-in roles", Microsoft Learn).
    private static readonly ImmutableDictionary<string, string> Privileged = new Dictionary<string, string>
    {
        ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635"] = "Owner",
        ["b24988ac-6180-42a0-ab88-20f7382dd24c"] = "Contributor",
        ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"] = "User Access Administrator",
        ["f58310d9-a9f6-439a-9e8d-f62e7b41a168"] = "Role Based Access Control Administrator",
        ["00482a5a-887f-4fb3-b363-3b7fe8e74483"] = "Key Vault Administrator",
        ["14b46e9e-c2b7-41b4-b07b-48a6ebf60603"] = "Key Vault Crypto Officer",
        ["8b54135c-b56d-4d72-a534-26097cfdc8d8"] = "Key Vault Data Access Administrator",
        ["0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8"] = "Azure Kubernetes Service Cluster Admin Role",
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    public override string Id => "no-privileged-service-roles";

    public override string Title => "Workloads have no role that rules over resources, roles or keys";

    public override string Rationale =>
        "A workload with such a role is the whole platform to whoever takes it over: it can give itself any other role, make and "
        + "delete keys, or become administrator of the cluster. People get such roles for an hour and with a reason; a workload "
        + "has them at all times.";

    public override string Remediation =>
        "Give a role for the one task, on the one resource: Key Vault Crypto User on a key instead of Administrator on the vault, "
        + "Network Contributor on a subnet instead of Contributor on the subscription.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Current,
        Good: """{"principalType": "ServicePrincipal", "roleDefinitionId": "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/12338af0-0e69-4776-bea7-57ae8d297424"}""",
        Bad: """{"principalType": "ServicePrincipal", "roleDefinitionId": "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-1"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A13"),
        new(PolicyControl.Requirement, "A20"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Current, Classic];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var role = resource.Read(RoleId) is { State: not PropertyState.Missing } id ? id : resource.Read(RoleName);
        if (!role.TryGetText(out var text))
        {
            return [PolicyVerdict.Undecided(role.Path)];
        }

        return NameOf(text) is not { } name ? [PolicyVerdict.Pass] : [JudgePrincipal(resource, role, name)];
    }

    private static PolicyVerdict JudgePrincipal(ResourceView resource, PropertyReading role, string name)
    {
        var principal = resource.Read(Principal);

        // Without the type Azure looks the principal up; a workload may be found there.
        return !principal.TryGetText(out var type) ? PolicyVerdict.Undecided(principal.Path)
            : !type.Equals("ServicePrincipal", StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(role.Path, $"{resource} gives a workload the role {(role.IsSecret ? role.ToString() : name)}.");
    }

    private static string? NameOf(string role)
    {
        var last = role[(role.LastIndexOf('/') + 1)..];
        return Privileged.TryGetValue(last, out var name) ? name
            : Privileged.Values.FirstOrDefault(each => each.Equals(last, StringComparison.OrdinalIgnoreCase));
    }
}
