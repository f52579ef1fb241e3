using System.Collections.Immutable;
using CantonInfra.Infra.Components.Keys;

namespace CantonInfra.Infra.Settings;

/// <summary>The vaults and keys of an environment, <c>canton-infra:keys</c>.</summary>
/// <param name="Protection"><c>.protection</c>: what guards the keys: hsm or software; hsm.</param>
/// <param name="SoftDeleteRetentionDays">
/// <c>.softDeleteRetentionDays</c>: how long what is deleted can be brought back, 7 to 90, fixed once the vault exists; 90.
/// </param>
internal sealed record KeySettings(KeyProtection Protection, int SoftDeleteRetentionDays)
{
    private static readonly ImmutableSortedDictionary<string, KeyProtection> Protections = new Dictionary<string, KeyProtection>
    {
        ["hsm"] = KeyProtection.Hsm,
        ["software"] = KeyProtection.Software,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    public static KeySettings Read(SettingsReader reader)
    {
        var node = reader.Structure("keys");
        return new KeySettings(
            node.Member("protection").OneOf("what guards the keys", Protections, KeyProtection.Hsm),
            node.Member("softDeleteRetentionDays").Integer(7, 90, 90));
    }
}
