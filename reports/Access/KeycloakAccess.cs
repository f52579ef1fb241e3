using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Access;

/// <summary>Who may do what at Keycloak: groups of people, users, clients that sign in by themselves, and who administers it.</summary>
internal static class KeycloakAccess
{
    private const string Plane = "Keycloak";

    /// <summary>The roles of groups.</summary>
    public static IEnumerable<AccessRow> GroupsOf(PlanIndex plan) =>
        from resource in plan.OfType("keycloak:index/groupRoles:GroupRoles")
        let members = plan.Source(resource, "groupId")
        let who = members is null ? AccessReview.Unknown : AccessReview.Or(PlanIndex.Text(members, "name"), members.Name)
        from role in resource.PropertyDependencies.GetValueOrDefault("roleIds", []).Select(plan.Find).OfType<PlannedResource>()
        select new AccessRow(Plane, IsPerson: true, who, "", AccessReview.Or(PlanIndex.Text(role, "name"), role.Name), RealmOf(plan, resource), "");

    /// <summary>Everything else that a plan grants.</summary>
    public static IEnumerable<AccessRow> Of(PlanIndex plan) => Users(plan).Concat(Clients(plan)).Concat(Administrators(plan));

    private static string RealmOf(PlanIndex plan, PlannedResource resource) =>
        plan.Source(resource, "realmId") is { } realm ? AccessReview.Or(PlanIndex.Text(realm, "realm"), realm.Name) : AccessReview.Unknown;

    private static IEnumerable<AccessRow> Users(PlanIndex plan) =>
        from resource in plan.OfType("keycloak:index/user:User")
        let actions = string.Join(", ", PlanIndex.Texts(PlanIndex.Value(resource, "requiredActions")))
        select new AccessRow(
            Plane,
            IsPerson: true,
            AccessReview.Or(PlanIndex.Text(resource, "username"), AccessReview.Unknown),
            "",
            PlanIndex.Value(resource, "enabled") is BoolValue { Value: false } ? "none: the account is disabled" : "signs in",
            RealmOf(plan, resource),
            actions.Length > 0 ? $"must first do {actions}" : "");

    private static IEnumerable<AccessRow> Clients(PlanIndex plan) =>
        from resource in plan.OfType("keycloak:openid/client:Client")
        where PlanIndex.Value(resource, "serviceAccountsEnabled") is BoolValue { Value: true }
        let scopes = plan.OfType("keycloak:openid/clientDefaultScopes:ClientDefaultScopes")
            .Where(scope => plan.Source(scope, "clientId") == resource)
            .SelectMany(scope => PlanIndex.Texts(PlanIndex.Value(scope, "defaultScopes"))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        select new AccessRow(
            Plane,
            IsPerson: false,
            AccessReview.Or(PlanIndex.Text(resource, "clientId"), resource.Name),
            "",
            $"gets tokens for itself, with {string.Join(", ", scopes.DefaultIfEmpty("the realm's default scopes"))}",
            RealmOf(plan, resource),
            PlanIndex.Text(resource, "description"));

    private static IEnumerable<AccessRow> Administrators(PlanIndex plan) =>
        from resource in plan.OfType("pulumi:providers:keycloak")
        select new AccessRow(
            Plane,
            IsPerson: false,
            AccessReview.Or(PlanIndex.Text(resource, "username"), AccessReview.Or(PlanIndex.Text(resource, "clientId"), AccessReview.Unknown)),
            "",
            "administers Keycloak",
            "all realms",
            "the deployment's own account");
}
