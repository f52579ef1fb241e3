using System.Collections.Frozen;
using System.Reflection;
using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Access;

/// <summary>Who may do what in Azure: by roles, by delegation to another tenant, and as which identity workloads sign in.</summary>
internal static class AzureAccess
{
    private const string Plane = "Azure";

    private static readonly FrozenDictionary<string, string> RoleNames = typeof(AzureRoles)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null))
        .OfType<AzureRole>()
        .ToFrozenDictionary(role => role.Id, role => role.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What a plan grants.</summary>
    public static IEnumerable<AccessRow> Of(PlanIndex plan) => Assignments(plan).Concat(Delegations(plan)).Concat(Federations(plan));

    private static string Last(string id) => id[(id.TrimEnd('/').LastIndexOf('/') + 1)..];

    // A role of the program's own is known by its definition.
    private static string RoleName(PlanIndex plan, string definition, PlannedResource? source)
    {
        var id = Last(definition);
        var own = source ?? plan.OfType("azure-native:authorization:RoleDefinition")
            .FirstOrDefault(role => id.Length > 0 && string.Equals(PlanIndex.Text(role, "roleDefinitionId"), id, StringComparison.OrdinalIgnoreCase));
        return own is not null ? AccessReview.Or(PlanIndex.Text(own, "roleName"), own.Name)
            : id.Length == 0 ? AccessReview.Unknown
            : RoleNames.GetValueOrDefault(id, $"role {id}");
    }

    private static IEnumerable<AccessRow> Assignments(PlanIndex plan) =>
        from resource in plan.OfType("azure-native:authorization:RoleAssignment")
        select new AccessRow(
            Plane,
            IsPerson: PlanIndex.Text(resource, "principalType") is "User" or "Group",
            AccessReview.Or(PlanIndex.Text(resource, "principalId"), plan.Source(resource, "principalId")?.Name ?? AccessReview.Unknown),
            "",
            RoleName(plan, PlanIndex.Text(resource, "roleDefinitionId"), plan.Source(resource, "roleDefinitionId", "azure-native:authorization:RoleDefinition")),
            AccessReview.Or(Last(PlanIndex.Text(resource, "scope")), plan.Source(resource, "scope")?.Name ?? AccessReview.Unknown),
            AccessReview.Or(PlanIndex.Text(resource, "description"), Declaration(plan, resource)));

    // What nobody described is told by the component that grants it.
    private static string Declaration(PlanIndex plan, PlannedResource resource) =>
        plan.Find(resource.Parent) is { Kind: ResourceKind.Component } parent && parent.Type != "pulumi:pulumi:Stack"
            ? $"granted by {parent.Type[(parent.Type.LastIndexOf(':') + 1)..]} '{parent.Name}'"
            : "";

    private static IEnumerable<AccessRow> Delegations(PlanIndex plan) =>
        from resource in plan.OfType("azure-native:managedservices:RegistrationDefinition")
        from authorization in PlanIndex.Maps(PlanIndex.Value(resource, "properties", "authorizations"))
        select new AccessRow(
            Plane,
            IsPerson: true,
            AccessReview.Or(PlanIndex.Member(authorization, "principalIdDisplayName"), AccessReview.Or(PlanIndex.Member(authorization, "principalId"), AccessReview.Unknown)),
            $"of the tenant {AccessReview.Or(PlanIndex.Text(resource, "properties", "managedByTenantId"), AccessReview.Unknown)}",
            RoleName(plan, PlanIndex.Member(authorization, "roleDefinitionId"), null),
            AccessReview.Or(Last(PlanIndex.Text(resource, "scope")), "the subscription"),
            "delegated by Azure Lighthouse");

    // Whoever may run as the service account is the identity.
    private static IEnumerable<AccessRow> Federations(PlanIndex plan) =>
        from resource in plan.OfType("azure-native:managedidentity:FederatedIdentityCredential")
        select new AccessRow(
            Plane,
            IsPerson: false,
            AccessReview.Or(PlanIndex.Text(resource, "subject"), AccessReview.Unknown),
            "",
            "signs in as the identity",
            AccessReview.Or(PlanIndex.Text(resource, "resourceName"), plan.Source(resource, "resourceName")?.Name ?? AccessReview.Unknown),
            "a token of the cluster in place of a stored key");
}
