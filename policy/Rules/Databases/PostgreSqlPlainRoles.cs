using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>Roles of PostgreSQL have no power over the server or over others.</summary>
internal sealed class PostgreSqlPlainRoles : ResourcePolicy
{
    private const string RoleType = "postgresql:index/role:Role";
    private const string MembershipType = "postgresql:index/grantRole:GrantRole";

    private static readonly PropertyPath Memberships = PropertyPath.Parse("roles[*]");

    private static readonly ImmutableArray<Switch> Powers =
    [
        Switch.Off(RoleType, "superuser", "it can do anything on the server"),
        Switch.Off(RoleType, "createDatabase", "it makes databases that nobody has set up"),
        Switch.Off(RoleType, "createRole", "it makes roles and gives itself others"),
        Switch.Off(RoleType, "replication", "it can read all databases as a replica would"),
        Switch.Off(RoleType, "bypassRowLevelSecurity", "it reads rows that are closed to it"),
    ];

    private static readonly ImmutableHashSet<string> Mighty =
    [
        "azure_pg_admin", "azuresu", "pg_execute_server_program", "pg_read_all_data", "pg_read_server_files", "pg_write_all_data",
        "pg_write_server_files", "pg_create_subscription",
    ];

    public override string Id => "postgresql-plain-roles";

    public override string Title => "Roles of PostgreSQL are plain";

    public override string Rationale =>
        "A role that can make roles or databases, replicate, or pass over row security reaches what belongs to others, and audit lines "
        + "do not show it as more than a sign-in. Workloads need none of it on databases of their own.";

    public override string Remediation =>
        "Leave superuser, createDatabase, createRole, replication and bypassRowLevelSecurity off, and make no role a member of the server's "
        + "administrators. Give rights on single databases with grants.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        RoleType,
        Good: """{"name": "app", "login": true}""",
        Bad: """{"name": "app", "superuser": true}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A11"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [RoleType, MembershipType];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        ((ResourceTypePattern)RoleType).Matches(resource.Type)
            ? Powers.SelectMany(power => power.Judge(resource)).Concat(resource.Select(Memberships).Select(each => Judge(resource, each)))
            : [Judge(resource, resource.Read("grantRole"))];

    private static PolicyVerdict Judge(ResourceView resource, PropertyReading reading)
    {
        if (reading.State == PropertyState.Missing)
        {
            return PolicyVerdict.Pass;
        }

        if (!reading.TryGetText(out var role))
        {
            return PolicyVerdict.Undecided(reading.Path);
        }

        return Mighty.Contains(role)
            ? PolicyVerdict.Violation(reading.Path, $"{resource} gives membership of {reading}, which has power over the server or over all data.")
            : PolicyVerdict.Pass;
    }
}
