using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;

namespace CantonInfra.Infra.Settings;

/// <summary>What of an environment Azure refuses to delete, <c>canton-infra:locks</c>.</summary>
internal static class LockSettings
{
    private static readonly ImmutableSortedDictionary<string, LockExtent> Extents = new Dictionary<string, LockExtent>
    {
        ["none"] = LockExtent.None,
        ["stateful"] = LockExtent.Stateful,
        ["all"] = LockExtent.All,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    public static LockExtent Read(SettingsReader reader) =>
        reader.Key("locks").OneOf("what Azure refuses to delete", Extents, LockExtent.All);
}
