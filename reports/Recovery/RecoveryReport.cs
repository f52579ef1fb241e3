using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Recovery;

/// <summary>What is promised for a disaster (A12), and what the servers are set to.</summary>
/// <param name="Promise">The promise; empty where the stack has none.</param>
/// <param name="IsKept">Whether the settings keep it; null where that is not known.</param>
/// <param name="Objectives">What fails, and how long until it is back and how much is lost.</param>
/// <param name="Servers">The databases' servers.</param>
internal sealed record RecoveryReport(
    string Promise, bool? IsKept, ImmutableArray<RecoveryObjective> Objectives, ImmutableArray<ServerRecovery> Servers)
{
    private const string Output = "recoveryObjectives";

    /// <summary>What a plan says of it.</summary>
    public static RecoveryReport Of(PlanIndex plan)
    {
        var output = PlanIndex.Plain(plan.Plan.Outputs[Output]) as MapValue ?? MapValue.Empty;
        return new RecoveryReport(
            (PlanIndex.Plain(output["promise"]) as StringValue)?.Value ?? "",
            (PlanIndex.Plain(output["isPromiseKept"]) as BoolValue)?.Value,
            [
                .. output.Entries.Where(entry => entry.Key != "promise")
                    .Where(entry => PlanIndex.Plain(entry.Value) is StringValue)
                    .Select(entry => new RecoveryObjective(entry.Key, ((StringValue)PlanIndex.Plain(entry.Value)!).Value))
                    .OrderBy(objective => objective.Failure, StringComparer.Ordinal),
            ],
            [
                .. plan.OfType("azure-native:dbforpostgresql:Server").Select(server => new ServerRecovery(
                    server.Name,
                    Number(PlanIndex.Value(server, "backup", "backupRetentionDays")),
                    PlanIndex.Text(server, "backup", "geoRedundantBackup"),
                    PlanIndex.Text(server, "highAvailability", "mode")))
                    .OrderBy(server => server.Server, StringComparer.Ordinal),
            ]);
    }

    private static string Number(PropertyValue? value) =>
        value is NumberValue number ? number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
}

/// <summary>What comes of one kind of failure.</summary>
/// <param name="Failure">What fails: the data, a zone, a region.</param>
/// <param name="Objective">How much is lost, how long it takes, by what.</param>
internal sealed record RecoveryObjective(string Failure, string Objective);

/// <summary>How a database server is kept.</summary>
/// <param name="Server">Its logical name.</param>
/// <param name="BackupDays">For how many days its backups are kept; empty where unknown.</param>
/// <param name="GeoRedundantBackup">Enabled, Disabled, or empty where unknown.</param>
/// <param name="HighAvailability">Its standby: ZoneRedundant, SameZone, Disabled, or empty.</param>
internal sealed record ServerRecovery(string Server, string BackupDays, string GeoRedundantBackup, string HighAvailability);
