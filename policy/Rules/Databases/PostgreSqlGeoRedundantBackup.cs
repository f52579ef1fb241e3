using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>Backups of PostgreSQL servers that hold money have a copy in the paired region.</summary>
internal sealed class PostgreSqlGeoRedundantBackup(ModeLimits limits) : ResourcePolicy
{
    private const string Lost = "its backups are lost with the region";

    private static readonly Choice Native =
        Choice.Of(PostgreSqlTypes.Server, "backup.geoRedundantBackup", "Enabled", Lost);

    private static readonly Switch Classic = Switch.On(PostgreSqlTypes.ClassicServer, "geoRedundantBackupEnabled", Lost);

    public override string Id => "postgresql-geo-redundant-backup";

    public override string Title => "Backups of PostgreSQL servers have a copy in the paired region";

    public override string Rationale =>
        "With the region, the server and all its backups are lost. A participant's database cannot be rebuilt from the network alone, "
        + "and only a new server can begin to have the copy.";

    public override string Remediation =>
        "Set backup.geoRedundantBackup to Enabled when the server is created, with a key and an identity in the paired region. An "
        + "existing server has to be replaced by a restored one.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        PostgreSqlTypes.Server,
        Good: """{"backup": {"geoRedundantBackup": "Enabled"}}""",
        Bad: """{"backup": {"backupRetentionDays": 35}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "BR-1"),
        new(PolicyControl.CloudSecurityBenchmark, "BR-2"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A12"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [PostgreSqlTypes.Server, PostgreSqlTypes.ClassicServer];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (PostgreSqlTypes.Exemption(resource, limits.For(stack)) is { } exemption)
        {
            return [exemption];
        }

        return Classic.Type.Matches(resource.Type) ? Classic.Judge(resource) : Native.Judge(resource);
    }
}
