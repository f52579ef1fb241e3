using System.Collections.Immutable;
using System.Globalization;

namespace CantonInfra.Infra.Components.Data;

/// <summary>What can be lost, for how long, and what it is recovered from (A12).</summary>
/// <param name="DataLoss">RPO: how much of the newest data can be lost.</param>
/// <param name="Downtime">RTO: how long it takes until the databases serve again.</param>
/// <param name="From">What it is recovered from.</param>
internal sealed record RecoveryObjective(TimeSpan DataLoss, TimeSpan Downtime, string From);

/// <summary>The recovery objectives of an environment's databases, computed from its settings (A12).</summary>
/// <param name="Zone">When a zone, or the machine in it, is lost.</param>
/// <param name="Data">When data is deleted or damaged: a restore to a point in time.</param>
/// <param name="Region">When the region is lost; null where nothing outside of it has the data.</param>
/// <param name="Identities">
/// When the databases are lost with all their backups: what validators are known by is still there, and a new validator gets back
/// what they own; null where it is not kept.
/// </param>
/// <remarks>
/// Losses of data are Azure's documented bounds; times are assumptions with a margin. A drill measures them
/// (docs/runbooks/restore-database.md); what it measures belongs here if it is worse.
/// </remarks>
internal sealed record RecoveryObjectives(
    RecoveryObjective Zone, RecoveryObjective Data, RecoveryObjective? Region, RecoveryObjective? Identities = null)
{
    /// <summary>The promised RPO from backups.</summary>
    public static readonly TimeSpan PromisedDataLoss = TimeSpan.FromHours(4);

    /// <summary>The promised RTO from backups.</summary>
    public static readonly TimeSpan PromisedDowntime = TimeSpan.FromHours(1);

    // Write-ahead logs go to the backup storage at least this often.
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(5);

    // The copy in the paired region is at most this old.
    private static readonly TimeSpan BackupCopyDelay = TimeSpan.FromHours(1);

    // What a replica in another region is behind under load; without load it is seconds.
    private static readonly TimeSpan ReplicaLag = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan StandbyTakesOver = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ReplicaTakesOver = TimeSpan.FromMinutes(15);

    // A new server from a snapshot, its logs replayed, and the clients led to it.
    private static readonly TimeSpan NewServer = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan PerTerabyte = TimeSpan.FromMinutes(20);
    private const double GigabytesPerTerabyte = 1024;

    // By hand, with the sponsor's help: outside of the promise, which is about backups of databases.
    private static readonly TimeSpan NewValidator = TimeSpan.FromHours(8);

    /// <summary>Whether all that the settings recover from keeps the promise, and the loss of the region is among it.</summary>
    public bool IsPromiseKept => new[] { Zone, Data, Region }.All(objective =>
            objective is not null && objective.DataLoss <= PromisedDataLoss && objective.Downtime <= PromisedDowntime)
        && (Identities is null || Identities.DataLoss <= PromisedDataLoss);

    /// <summary>Computes them.</summary>
    /// <param name="mode">Where standbys are.</param>
    /// <param name="hasBackupCopy">Whether backups have a copy in the paired region.</param>
    /// <param name="hasReplica">Whether there is a replica in another region.</param>
    /// <param name="largestStorageInGB">The storage of the largest server, in GB.</param>
    /// <param name="identitiesInterval">The time between two backups of what validators are known by; null for none.</param>
    public static RecoveryObjectives Compute(
        HighAvailability mode, bool hasBackupCopy, bool hasReplica, int largestStorageInGB, TimeSpan? identitiesInterval = null)
    {
        var restore = NewServer + (PerTerabyte * (largestStorageInGB / GigabytesPerTerabyte));
        var fromBackup = new RecoveryObjective(LogInterval, restore, "backup");
        return new RecoveryObjectives(
            mode == HighAvailability.ZoneRedundant ? new RecoveryObjective(TimeSpan.Zero, StandbyTakesOver, "standby") : fromBackup,
            fromBackup,
            hasReplica
                ? new RecoveryObjective(ReplicaLag, ReplicaTakesOver, "replica")
                : hasBackupCopy ? new RecoveryObjective(BackupCopyDelay, restore, "backup in the paired region") : null,
            identitiesInterval is { } interval ? new RecoveryObjective(interval, NewValidator, "dump of identities") : null);
    }

    /// <summary>As a stack output, in minutes.</summary>
    public ImmutableDictionary<string, object> ToOutput()
    {
        var all = ImmutableDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        all["zone"] = Describe(Zone);
        all["data"] = Describe(Data);
        all["region"] = Region is null ? "not recoverable" : Describe(Region);
        if (Identities is not null)
        {
            all["identities"] = Describe(Identities);
        }

        all["promise"] = string.Create(
            CultureInfo.InvariantCulture,
            $"RPO {PromisedDataLoss.TotalMinutes} min, RTO {PromisedDowntime.TotalMinutes} min");
        all["isPromiseKept"] = IsPromiseKept;
        return all.ToImmutable();

        static string Describe(RecoveryObjective objective) => string.Create(
            CultureInfo.InvariantCulture,
            $"RPO {objective.DataLoss.TotalMinutes} min, RTO {Math.Ceiling(objective.Downtime.TotalMinutes)} min, from {objective.From}");
    }
}
