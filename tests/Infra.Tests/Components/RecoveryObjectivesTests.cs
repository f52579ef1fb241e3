using CantonInfra.Infra.Components.Data;

namespace CantonInfra.Infra.Tests.Components;

/// <summary>A12: RTO 1 h and RPO 4 h from backups, near 0 with a replica.</summary>
public sealed class RecoveryObjectivesTests
{
    [Fact]
    public void The_defaults_keep_the_promise_also_when_the_region_is_lost()
    {
        var objectives = RecoveryObjectives.Compute(HighAvailability.ZoneRedundant, hasBackupCopy: true, hasReplica: false, 512);

        Assert.True(objectives.IsPromiseKept);
        Assert.Equal(TimeSpan.Zero, objectives.Zone.DataLoss);
        Assert.Equal(TimeSpan.FromMinutes(5), objectives.Data.DataLoss);
        Assert.Equal(TimeSpan.FromHours(1), objectives.Region!.DataLoss);
        Assert.True(objectives.Region.Downtime <= TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_replica_loses_next_to_nothing_with_the_region()
    {
        var objectives = RecoveryObjectives.Compute(HighAvailability.ZoneRedundant, hasBackupCopy: true, hasReplica: true, 16384);

        Assert.True(objectives.Region!.DataLoss <= TimeSpan.FromMinutes(5));
        Assert.Equal("replica", objectives.Region.From);
        Assert.True(objectives.Region.Downtime < TimeSpan.FromHours(1));
    }

    [Fact]
    public void Without_copy_and_replica_the_region_cannot_be_recovered()
    {
        var objectives = RecoveryObjectives.Compute(HighAvailability.Disabled, hasBackupCopy: false, hasReplica: false, 64);

        Assert.Null(objectives.Region);
        Assert.False(objectives.IsPromiseKept);
        Assert.Equal("backup", objectives.Zone.From);
        Assert.Equal("not recoverable", objectives.ToOutput()["region"]);
    }

    [Fact]
    public void A_large_server_takes_longer_to_restore_than_promised()
    {
        var objectives = RecoveryObjectives.Compute(HighAvailability.ZoneRedundant, hasBackupCopy: true, hasReplica: false, 2048);

        Assert.False(objectives.IsPromiseKept);
        Assert.Equal("RPO 5 min, RTO 80 min, from backup", objectives.ToOutput()["data"]);
        Assert.Equal("RPO 240 min, RTO 60 min", objectives.ToOutput()["promise"]);
    }
}
