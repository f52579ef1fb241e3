using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Recovery;

/// <summary>What is promised for a disaster (A12), and what the servers are set to.</summary>
/// <param name="Promise">The promise; empty where the stack has none.</param>
/// <param name="IsKept">Whether the settings keep it; null where that is not known.</param>
/// <param name="Objectives">What fails, and how long until it is back and how much is lost.</param>
/// <param name="Servers">The databases' servers.</param>
internal sealed partial record RecoveryReport(
    string Promise, bool? IsKept, ImmutableArray<RecoveryObjective> Objectives, ImmutableArray<ServerRecovery> Servers)
{
    private const string Output = "recoveryObjectives";
    private const string Identities = "identities";

    /// <summary>What a plan says of it.</summary>
    public static RecoveryReport Of(PlanIndex plan)
    {
        var output = PlanIndex.Plain(plan.Plan.Outputs[Output]) as MapValue ?? MapValue.Empty;
        var promise = (PlanIndex.Plain(output["promise"]) as StringValue)?.Value ?? "";
        return new RecoveryReport(
            promise,
            (PlanIndex.Plain(output["isPromiseKept"]) as BoolValue)?.Value,
            [
                .. output.Entries.Where(entry => entry.Key != "promise")
                    .Where(entry => PlanIndex.Plain(entry.Value) is StringValue)
                    .Select(entry => Objective(entry.Key, ((StringValue)PlanIndex.Plain(entry.Value)!).Value, promise))
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

    private static RecoveryObjective Objective(string failure, string text, string promise) => new(
        failure,
        failure switch
        {
            "data" => "Data is deleted or damaged",
            "zone" => "A zone, or the machine in it, is lost",
            "region" => "The region is lost",
            Identities => "All databases and their backups are lost; validators are made again from what they are known by",
            _ => failure,
        },
        text,
        IsWithin(failure, text, promise));

    // The promise is about backups of databases; a validator that is made again takes the sponsor's help.
    private static bool? IsWithin(string failure, string text, string promise)
    {
        if (failure == Identities || Minutes(promise) is not { } promised)
        {
            return null;
        }

        return Minutes(text) is { } own && own.Loss <= promised.Loss && own.Downtime <= promised.Downtime;
    }

    private static (double Loss, double Downtime)? Minutes(string text) => InMinutes().Match(text) is { Success: true } match
        ? (double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
        : null;

    private static string Number(PropertyValue? value) =>
        value is NumberValue number ? number.Value.ToString(CultureInfo.InvariantCulture) : "";

    [GeneratedRegex("^RPO ([0-9.]+) min, RTO ([0-9.]+) min", RegexOptions.CultureInvariant)]
    private static partial Regex InMinutes();
}

/// <summary>What comes of one kind of failure.</summary>
/// <param name="Failure">What fails, as the stack's output names it: data, zone, region, identities.</param>
/// <param name="Title">The same in words.</param>
/// <param name="Objective">How much is lost, how long it takes, by what.</param>
/// <param name="IsWithin">Whether it is within the promise; null where the promise is not about it.</param>
internal sealed record RecoveryObjective(string Failure, string Title, string Objective, bool? IsWithin);

/// <summary>How a database server is kept.</summary>
/// <param name="Server">Its logical name.</param>
/// <param name="BackupDays">For how many days its backups are kept; empty where unknown.</param>
/// <param name="GeoRedundantBackup">Enabled, Disabled, or empty where unknown.</param>
/// <param name="HighAvailability">Its standby: ZoneRedundant, SameZone, Disabled, or empty.</param>
internal sealed record ServerRecovery(string Server, string BackupDays, string GeoRedundantBackup, string HighAvailability);
