using System.Collections.Immutable;

namespace CantonInfra.Infra.Settings;

/// <summary>How a validator's charts get their secrets, <c>canton-infra:ledger.secrets</c>.</summary>
internal static class SecretDelivery
{
    private static readonly ImmutableSortedDictionary<string, bool> ByDriver =
        ImmutableSortedDictionary<string, bool>.Empty.WithComparers(StringComparer.Ordinal).Add("kubernetes", false).Add("csi", true);

    /// <summary>Refuses the way that the charts drop without a word: they make no volumes of drivers.</summary>
    /// <param name="node">The setting.</param>
    public static void Read(SettingNode node)
    {
        if (node.OneOf("how a validator's charts get their secrets", ByDriver, fallback: false))
        {
            node.Refuse("'csi' would leave the pods without their secrets: the charts drop volumes of a driver and read Secrets of the"
                + " namespace, which the program makes; leave it out.");
        }
    }
}
