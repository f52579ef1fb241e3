using System.Collections.Immutable;

namespace CantonInfra.Infra.Settings;

/// <summary><c>canton-infra:ledger.kms.mode</c>: where a validator's own keys are, if its entry does not say; off (A16, A17).</summary>
internal enum KeyStorage
{
    /// <summary>In its database, encrypted with the database's key.</summary>
    Database,

    /// <summary>In a vault, which signs and decrypts for the validator and never gives them out.</summary>
    Vault,
}

/// <summary>The places of keys as settings name them.</summary>
internal static class KeyStorages
{
    private static readonly ImmutableSortedDictionary<string, KeyStorage> Modes = new Dictionary<string, KeyStorage>
    {
        ["off"] = KeyStorage.Database,
        ["external"] = KeyStorage.Vault,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads <c>.kms.mode</c> of the ledger or of one validator.</summary>
    public static KeyStorage Read(SettingNode node, KeyStorage fallback) =>
        node.Member("kms").Member("mode").OneOf("where the validator's own keys are", Modes, fallback);
}
