using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Access;

/// <summary>Who may do what, of all that a plan grants: in Azure, in clusters, at the identity provider, in databases, on the ledger.</summary>
/// <remarks>What the stack's output <c>access</c> says of people wins, for it knows their duties; everything else comes from the resources.</remarks>
internal sealed class AccessReview
{
    private const string Azure = "Azure";
    private const string Kubernetes = "Kubernetes";
    private const string Keycloak = "Keycloak";
    private const string Database = "Database";
    private const string Ledger = "Ledger";
    private const string Unknown = "known after deployment";

    private static readonly FrozenDictionary<string, string> RoleNames = typeof(AzureRoles)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null))
        .OfType<AzureRole>()
        .ToFrozenDictionary(role => role.Id, role => role.Name, StringComparer.OrdinalIgnoreCase);

    private readonly PlanIndex _plan;
    private readonly ImmutableHashSet<(string Plane, string Who)> _people;

    private AccessReview(PlanIndex plan, ImmutableArray<AccessRow> people)
    {
        _plan = plan;
        _people = [.. people.Select(row => (row.Plane, row.Who))];
    }

    /// <summary>The rows: people first, then by plane, who, scope and role.</summary>
    public static ImmutableArray<AccessRow> Of(PlanIndex plan)
    {
        var people = FromOutput(plan.Plan).ToImmutableArray();
        var review = new AccessReview(plan, people);
        return
        [
            .. people.Concat(review.RoleAssignments()).Concat(review.RoleBindings()).Concat(review.KeycloakGroups())
                .Concat(review.Grants()).Concat(review.LedgerRights())
                .Distinct()
                .OrderByDescending(row => row.IsPerson)
                .ThenBy(row => row.Plane, StringComparer.Ordinal)
                .ThenBy(row => row.Duty, StringComparer.Ordinal)
                .ThenBy(row => row.Who, StringComparer.Ordinal)
                .ThenBy(row => row.Scope, StringComparer.Ordinal)
                .ThenBy(row => row.Role, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<AccessRow> FromOutput(Plan plan) =>
        from entry in PlanIndex.Plain(plan.Outputs["access"]) is ListValue list ? list.Items : []
        let map = PlanIndex.Plain(entry) as MapValue
        where map is not null
        from who in PlanIndex.Texts(map["groups"]).DefaultIfEmpty(Unknown)
        select new AccessRow(
            Member(map, "plane"), IsPerson: true, who, Member(map, "duty"), Member(map, "role"), Member(map, "scope"), Member(map, "why"));

    private static string Member(MapValue map, string name) => (PlanIndex.Plain(map[name]) as StringValue)?.Value ?? "";

    private static string Last(string id) => id[(id.TrimEnd('/').LastIndexOf('/') + 1)..];

    private static string RoleName(string definition) =>
        definition.Length == 0 ? Unknown : RoleNames.GetValueOrDefault(Last(definition), $"role {Last(definition)}");

    private static string Or(string text, string other) => text.Length > 0 ? text : other;

    private IEnumerable<AccessRow> RoleAssignments() =>
        from resource in _plan.OfType("azure-native:authorization:RoleAssignment")
        let principal = PlanIndex.Text(resource, "principalId")
        let who = Or(principal, _plan.Source(resource, "principalId")?.Name ?? Unknown)
        where !_people.Contains((Azure, who))
        select new AccessRow(
            Azure,
            IsPerson: PlanIndex.Text(resource, "principalType") is "User" or "Group",
            who,
            "",
            RoleName(PlanIndex.Text(resource, "roleDefinitionId")),
            Or(Last(PlanIndex.Text(resource, "scope")), _plan.Source(resource, "scope")?.Name ?? Unknown),
            PlanIndex.Text(resource, "description"));

    private IEnumerable<AccessRow> RoleBindings() =>
        from type in (string[])["RoleBinding", "ClusterRoleBinding"]
        from resource in _plan.OfType($"kubernetes:rbac.authorization.k8s.io/v1:{type}")
        from item in PlanIndex.Value(resource, "subjects") is ListValue list ? list.Items : []
        let subject = PlanIndex.Plain(item) as MapValue
        where subject is not null
        let who = Or(Member(subject, "name"), Unknown)
        where !_people.Contains((Kubernetes, who))
        select new AccessRow(
            Kubernetes,
            IsPerson: Member(subject, "kind") is "User" or "Group",
            who,
            "",
            PlanIndex.Text(resource, "roleRef", "name"),
            Or(PlanIndex.Text(resource, "metadata", "namespace"), "the cluster"),
            "");

    private IEnumerable<AccessRow> KeycloakGroups() =>
        from resource in _plan.OfType("keycloak:index/groupRoles:GroupRoles")
        let members = _plan.Source(resource, "groupId")
        let who = members is null ? Unknown : Or(PlanIndex.Text(members, "name"), members.Name)
        where !_people.Contains((Keycloak, who))
        from role in resource.PropertyDependencies.GetValueOrDefault("roleIds", []).Select(_plan.Find).OfType<PlannedResource>()
        select new AccessRow(Keycloak, IsPerson: true, who, "", Or(PlanIndex.Text(role, "name"), role.Name), RealmOf(resource), "");

    private string RealmOf(PlannedResource resource) =>
        _plan.Source(resource, "realmId") is { } realm ? Or(PlanIndex.Text(realm, "realm"), realm.Name) : Unknown;

    // A grant of nothing takes rights away; it says nothing of who has some.
    private IEnumerable<AccessRow> Grants() =>
        from resource in _plan.OfType("postgresql:index/grant:Grant")
        let privileges = PlanIndex.Texts(PlanIndex.Value(resource, "privileges")).ToList()
        where privileges.Count > 0
        select new AccessRow(
            Database,
            IsPerson: false,
            Or(PlanIndex.Text(resource, "role"), Unknown),
            "",
            string.Join(", ", privileges),
            string.Join(' ', new[] { PlanIndex.Text(resource, "objectType"), Or(PlanIndex.Text(resource, "schema"), PlanIndex.Text(resource, "database")) }
                .Where(text => text.Length > 0)),
            "");

    private IEnumerable<AccessRow> LedgerRights() =>
        from resource in _plan.Plan.Resources
        where resource.Type.StartsWith("canton:", StringComparison.Ordinal) && resource.IsCustom
        let rights = PlanIndex.Value(resource, "rights") as ListValue
        where rights is not null
        from right in rights.Items
        select new AccessRow(
            Ledger,
            IsPerson: false,
            Or(PlanIndex.Text(resource, "userId"), resource.Name),
            "",
            PlanIndex.Plain(right) is { } known ? Right(known) : Unknown,
            Or(PlanIndex.Text(resource, "participant"), "participant"),
            "");

    private static string Right(PropertyValue right) => right switch
    {
        StringValue text => text.Value,
        MapValue map => string.Join(' ', map.Entries.Where(entry => PlanIndex.Plain(entry.Value) is StringValue)
            .Select(entry => ((StringValue)PlanIndex.Plain(entry.Value)!).Value)),
        _ => PropertyJson.ToText(right),
    };
}
