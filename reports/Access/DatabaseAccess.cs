using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Access;

/// <summary>Who may do what in databases: administrators of servers, roles and what they may beyond databases, owners, grants.</summary>
internal static class DatabaseAccess
{
    private const string Plane = "Database";
    private const string Server = "azure-native:dbforpostgresql:Server";

    // Azure calls it otherwise since the API version of 2025-08-01, and writes its values in lowercase.
    private static readonly string[] EntraAdministrators =
        ["azure-native:dbforpostgresql:AdministratorsMicrosoftEntra", "azure-native:dbforpostgresql:Administrator"];

    // What a role may do in the whole server, as SQL calls it.
    private static readonly (string Property, string Word)[] Attributes =
    [
        ("superuser", "SUPERUSER"), ("createDatabase", "CREATEDB"), ("createRole", "CREATEROLE"), ("replication", "REPLICATION"), ("bypassRowLevelSecurity", "BYPASSRLS"),
    ];

    /// <summary>What a plan grants.</summary>
    public static IEnumerable<AccessRow> Of(PlanIndex plan) =>
        Administrators(plan).Concat(Roles(plan)).Concat(Memberships(plan)).Concat(Owners(plan)).Concat(Grants(plan)).Concat(DefaultPrivileges(plan));

    private static AccessRow Row(string who, string role, string scope, string why = "", bool isPerson = false) =>
        new(Plane, isPerson, AccessReview.Or(who, AccessReview.Unknown), "", role, scope, why);

    private static string Of(PlanIndex plan, PlannedResource resource) =>
        (plan.Find(resource.Provider) is { } provider
            ? provider.Dependencies.Select(plan.Find).OfType<PlannedResource>().FirstOrDefault(each => TypeToken.Canonical(each.Type) == Server)
            : null) is { } server
            ? server.Name
            : "";

    private static string OfServer(PlanIndex plan, PlannedResource resource) => Of(plan, resource) is { Length: > 0 } server ? $" of {server}" : "";

    private static string TheServer(PlanIndex plan, PlannedResource resource) => AccessReview.Or(Of(plan, resource), "the server");

    private static IEnumerable<AccessRow> Administrators(PlanIndex plan)
    {
        foreach (var server in plan.OfType(Server).Where(server => server.Inputs.Entries.ContainsKey("administratorLogin")))
        {
            yield return Row(PlanIndex.Text(server, "administratorLogin"), "administers the server", server.Name, "the deployment's own account");
        }

        foreach (var administrator in EntraAdministrators.SelectMany(plan.OfType))
        {
            yield return Row(
                AccessReview.Or(PlanIndex.Text(administrator, "principalName"), PlanIndex.Text(administrator, "objectId")), "administers the server",
                plan.Source(administrator, "serverName")?.Name ?? PlanIndex.Text(administrator, "serverName"), "by Microsoft Entra ID",
                isPerson: PlanIndex.Text(administrator, "principalType").ToUpperInvariant() is "USER" or "GROUP");
        }
    }

    private static IEnumerable<AccessRow> Roles(PlanIndex plan) =>
        from resource in plan.OfType("postgresql:index/role:Role")
        let beyond = Attributes.Where(attribute => PlanIndex.Value(resource, attribute.Property) is BoolValue { Value: true }).Select(attribute => attribute.Word).ToList()
        let open = Attributes.Where(attribute => resource.Inputs.Entries.TryGetValue(attribute.Property, out var value) && PlanIndex.Plain(value) is null)
            .Select(attribute => $"{attribute.Word} {AccessReview.Unknown}")
        select Row(
            PlanIndex.Text(resource, "name"),
            string.Join(", ", beyond.Concat(open).Prepend(PlanIndex.Value(resource, "login") is BoolValue { Value: true } ? "LOGIN" : "NOLOGIN")),
            TheServer(plan, resource),
            beyond.Count == 0 ? "no superuser, creates no databases and no roles" : "");

    private static IEnumerable<AccessRow> Memberships(PlanIndex plan) =>
        from resource in plan.OfType("postgresql:index/grantRole:GrantRole")
        select Row(PlanIndex.Text(resource, "role"), $"member of {AccessReview.Or(PlanIndex.Text(resource, "grantRole"), AccessReview.Unknown)}", TheServer(plan, resource));

    private static IEnumerable<AccessRow> Owners(PlanIndex plan) =>
        from resource in plan.OfType("postgresql:index/database:Database")
        where resource.Inputs.Entries.ContainsKey("owner")
        select Row(PlanIndex.Text(resource, "owner"), "OWNER", $"database {AccessReview.Or(PlanIndex.Text(resource, "name"), resource.Name)}{OfServer(plan, resource)}");

    // A grant of nothing takes rights away; it says nothing of who has some.
    private static IEnumerable<AccessRow> Grants(PlanIndex plan) =>
        from resource in plan.OfType("postgresql:index/grant:Grant")
        let value = PlanIndex.Value(resource, "privileges")
        let privileges = PlanIndex.Texts(value).ToList()
        where privileges.Count > 0 || value is not ListValue { Items.Length: 0 }
        select Row(
            PlanIndex.Text(resource, "role"), AccessReview.Or(string.Join(", ", privileges), AccessReview.Unknown), $"{Object(resource)}{OfServer(plan, resource)}");

    private static IEnumerable<AccessRow> DefaultPrivileges(PlanIndex plan) =>
        from resource in plan.OfType("postgresql:index/defaultPrivileges:DefaultPrivileges")
        let privileges = string.Join(", ", PlanIndex.Texts(PlanIndex.Value(resource, "privileges")))
        where privileges.Length > 0
        select Row(
            PlanIndex.Text(resource, "role"), privileges, $"every new {Object(resource)}{OfServer(plan, resource)}",
            PlanIndex.Text(resource, "owner") is { Length: > 0 } owner ? $"of what {owner} makes" : "");

    private static string Object(PlannedResource resource) => string.Join(
        ' ',
        new[] { PlanIndex.Text(resource, "objectType"), AccessReview.Or(PlanIndex.Text(resource, "schema"), PlanIndex.Text(resource, "database")) }.Where(text => text.Length > 0));
}
