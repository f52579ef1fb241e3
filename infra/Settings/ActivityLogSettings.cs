using System.Collections.Immutable;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Storage;

namespace CantonInfra.Infra.Settings;

/// <summary>The activity log and its archive, <c>canton-infra:activityLog</c> (A23).</summary>
/// <param name="ArchiveDays">
/// <c>.archiveDays</c>: for how long nobody can change or delete what is in the archive, 1 to 3650 days; 365. Azure lets a policy be
/// shortened until a person locks it (docs/runbooks/lock-activity-log-archive.md).
/// </param>
/// <param name="Redundancy">
/// <c>.redundancy</c>: how many copies of the archive there are, and where: geoZone, local or zone; geoZone.
/// </param>
/// <param name="KeyProtection">
/// <c>.keyProtection</c>: what guards the archive's key: hsm or software; hsm.
/// </param>
internal sealed record ActivityLogSettings(int ArchiveDays, StorageRedundancy Redundancy, KeyProtection KeyProtection)
{
    private static readonly ImmutableSortedDictionary<string, StorageRedundancy> Redundancies =
        ImmutableSortedDictionary.Create<string, StorageRedundancy>(StringComparer.Ordinal)
            .Add("geoZone", StorageRedundancy.GeoZone)
            .Add("local", StorageRedundancy.Local)
            .Add("zone", StorageRedundancy.Zone);

    private static readonly ImmutableSortedDictionary<string, KeyProtection> Protections =
        ImmutableSortedDictionary.Create<string, KeyProtection>(StringComparer.Ordinal)
            .Add("hsm", KeyProtection.Hsm)
            .Add("software", KeyProtection.Software);

    /// <summary>Reads them.</summary>
    public static ActivityLogSettings Read(SettingsReader reader)
    {
        var node = reader.Structure("activityLog");
        return new ActivityLogSettings(
            node.Member("archiveDays").Integer(1, 3650, 365),
            node.Member("redundancy").OneOf("how many copies there are", Redundancies, StorageRedundancy.GeoZone),
            node.Member("keyProtection").OneOf("what guards the archive's key", Protections, KeyProtection.Hsm));
    }
}
