using System.Collections.Immutable;

namespace CantonInfra.Infra.Settings;

/// <summary>The network of the Global Synchronizer that an environment belongs to.</summary>
internal enum CantonEnvironment
{
    /// <summary>For trying out; least cost.</summary>
    Devnet,

    /// <summary>A rehearsal of mainnet.</summary>
    Testnet,

    /// <summary>Holds money.</summary>
    Mainnet,
}

/// <summary>The environments as settings name them.</summary>
internal static class CantonEnvironments
{
    /// <summary>The environments by name.</summary>
    public static ImmutableSortedDictionary<string, CantonEnvironment> ByName { get; } =
        new Dictionary<string, CantonEnvironment>
        {
            ["devnet"] = CantonEnvironment.Devnet,
            ["testnet"] = CantonEnvironment.Testnet,
            ["mainnet"] = CantonEnvironment.Mainnet,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
