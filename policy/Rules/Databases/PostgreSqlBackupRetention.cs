using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>PostgreSQL servers that hold money can be restored to any time of the last weeks.</summary>
internal sealed class PostgreSqlBackupRetention(ModeLimits limits) : ResourcePolicy
{
    private const double ByDefault = 7;
    private const double Longest = 35;

    private static readonly PolicySetting<double> MinimumDays =
        PolicySetting.Number("minimumDays", "For how many days backups are kept at least.", Longest, ByDefault, Longest);

    public override string Id => "postgresql-backup-retention";

    public override string Title => "Backups of PostgreSQL servers are kept long enough";

    public override string Rationale =>
        "Damage that is found after the backups from before it are gone stays. The default is seven days, which a holiday outlasts.";

    public override string Remediation =>
        "Set backup.backupRetentionDays to 35, the longest that the service has.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        PostgreSqlTypes.Server,
        Good: """{"backup": {"backupRetentionDays": 35}}""",
        Bad: """{"backup": {"backupRetentionDays": 7}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "BR-1"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A12"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [PostgreSqlTypes.Server, PostgreSqlTypes.ClassicServer];

    public override ImmutableArray<PolicySetting> Settings { get; } = [MinimumDays];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        yield return PostgreSqlTypes.Exemption(resource, limits.For(stack)) ?? Judge(resource, stack.Get(MinimumDays));
    }

    private static PolicyVerdict Judge(ResourceView server, double least)
    {
        var isNative = ((ResourceTypePattern)PostgreSqlTypes.Server).Matches(server.Type);
        var reading = server.Read(isNative ? "backup.backupRetentionDays" : "backupRetentionDays");
        var days = reading.State == PropertyState.Missing ? ByDefault : (reading.Value?.Unwrapped as NumberValue)?.Value;
        return days switch
        {
            null => PolicyVerdict.Undecided(reading.Path),
            { } kept when kept >= least => PolicyVerdict.Pass,
            _ => PolicyVerdict.Violation(reading.Path, FormattableString.Invariant(
                $"{server} keeps backups for {(reading.State == PropertyState.Missing ? "7, the default," : reading.ToString())} days. It must be {least} at least.")),
        };
    }
}
