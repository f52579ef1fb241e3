using System.Collections.Immutable;
using System.Globalization;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>The names of a validator's databases and of the account that owns them (A11).</summary>
/// <param name="Suffix">What further validators have behind the names; null for the first.</param>
/// <param name="OldestMigrationId">The oldest migration whose participant database is kept.</param>
/// <param name="MigrationId">The migration that the validator takes part in.</param>
/// <remarks>
/// A participant begins every migration of the network with an empty database. The validator app goes on with the one it has: it
/// tells migrations apart within (docs/decisions/0030).
/// </remarks>
internal sealed record ValidatorDatabases(string? Suffix, int OldestMigrationId, int MigrationId)
{
    /// <summary>The longest suffix; names in PostgreSQL have 63 characters.</summary>
    public const int LongestSuffix = 30;

    /// <summary>The account.</summary>
    public string Account => "cnadmin" + Behind;

    /// <summary>The participant's database.</summary>
    public string Participant => ParticipantOf(MigrationId);

    /// <summary>The participant's databases, those of earlier migrations first.</summary>
    public ImmutableArray<string> Participants =>
        [.. Enumerable.Range(OldestMigrationId, MigrationId - OldestMigrationId + 1).Select(ParticipantOf)];

    /// <summary>The validator app's database.</summary>
    public string Validator => "validator" + Behind;

    /// <summary>All of them.</summary>
    public ImmutableArray<string> All => [.. Participants, Validator];

    private string Behind => Suffix is null ? "" : $"_{Suffix.Replace('-', '_')}";

    private string ParticipantOf(int migrationId) => migrationId == 0
        ? "participant" + Behind
        : string.Create(CultureInfo.InvariantCulture, $"participant{Behind}_{migrationId}");
}
