using System.Globalization;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>Where a validator is in the migrations of the network: <c>migration</c> of its chart, checked.</summary>
internal sealed record MigrationState
{
    /// <summary>Checks and makes it.</summary>
    /// <param name="databases">The validator's databases.</param>
    /// <param name="isMigrating">Whether it starts out of the dump that the migration before left.</param>
    /// <param name="release">The release that it runs.</param>
    /// <exception cref="ArgumentException">It cannot be migrating.</exception>
    public MigrationState(ValidatorDatabases databases, bool isMigrating, SpliceRelease release)
    {
        if (isMigrating && WhyNotMigrating(databases, release) is { } reason)
        {
            throw new ArgumentException(reason, nameof(isMigrating));
        }

        Id = databases.MigrationId;
        IsMigrating = isMigrating;
        ParticipantDatabase = databases.Participant;
    }

    /// <summary>The migration that it takes part in.</summary>
    public int Id { get; }

    /// <summary>Whether it starts out of the dump that the migration before left.</summary>
    public bool IsMigrating { get; }

    /// <summary>The participant's database, whose name ends with the migration's number.</summary>
    public string ParticipantDatabase { get; }

    /// <summary>Why a validator with these databases and this release cannot be migrating; null where it can.</summary>
    public static string? WhyNotMigrating(ValidatorDatabases databases, SpliceRelease release) => databases switch
    {
        _ when !release.HasMigrations =>
            $"Splice {release.Version} reads no dump: since 0.6.2 networks upgrade in place; leave migrating out and migrationId as it is.",
        { MigrationId: 0 } => "there is no migration before 0 to come from; raise migrationId with it.",
        { Participants.Length: 1 } => string.Create(
            CultureInfo.InvariantCulture,
            $"the database of migration {databases.MigrationId - 1}, which is what there is to go back to, is not kept; lower oldestMigrationId."),
        _ => null,
    };
}
