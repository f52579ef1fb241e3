using System.Collections.Immutable;
using CantonInfra.Infra.Components.Keys;

namespace CantonInfra.Infra.Settings;

/// <summary>The vaults and keys of an environment, <c>canton-infra:keys</c> (A18).</summary>
/// <param name="Protection"><c>.protection</c>: what guards the keys: hsm or software; hsm.</param>
/// <param name="SoftDeleteRetentionDays">
/// <c>.softDeleteRetentionDays</c>: how long what is deleted can be brought back, 7 to 90, fixed once the vault exists; 90.
/// </param>
/// <param name="Generations">
/// <c>.generations</c>: by the name of a key how often it was made anew, 1 to 20; raise it to get a new key, older ones stay; 1.
/// </param>
/// <param name="ManagedHsm"><c>.managedHsm</c>: a pool of HSMs that has keys instead of the vault; none.</param>
internal sealed record KeySettings(
    KeyProtection Protection,
    int SoftDeleteRetentionDays,
    ImmutableSortedDictionary<string, int> Generations,
    ManagedHsmSettings? ManagedHsm)
{
    /// <summary>The name of the key of the cluster's store, which can only be in a vault.</summary>
    public const string EtcdKey = "kms-etcd";

    private const int MostGenerations = 20;

    private static readonly ImmutableSortedDictionary<string, KeyProtection> Protections = new Dictionary<string, KeyProtection>
    {
        ["hsm"] = KeyProtection.Hsm,
        ["software"] = KeyProtection.Software,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The names of the keys that services encrypt what they store with.</summary>
    public static ImmutableArray<string> EncryptionKeys { get; } = ["cmk-archive", "cmk-des", "cmk-flows", "cmk-identities", "cmk-psql-keycloak", "cmk-psql-ledger"];

    /// <summary>The names of those in other regions, for backups and replicas; a vault of that region has them.</summary>
    public static ImmutableArray<string> RecoveryKeys { get; } =
        ["cmk-flows-replica", "cmk-psql-keycloak-geo", "cmk-psql-keycloak-replica", "cmk-psql-ledger-geo", "cmk-psql-ledger-replica"];

    /// <summary>Reads them.</summary>
    public static KeySettings Read(SettingsReader reader)
    {
        var node = reader.Structure("keys");
        var generations = node.Member("generations");
        return new KeySettings(
            node.Member("protection").OneOf("what guards the keys", Protections, KeyProtection.Hsm),
            node.Member("softDeleteRetentionDays").Integer(7, 90, 90),
            EncryptionKeys.Concat(RecoveryKeys).Append(EtcdKey).ToImmutableSortedDictionary(
                name => name, name => generations.Member(name).Integer(1, MostGenerations, 1), StringComparer.Ordinal),
            ManagedHsmSettings.Read(node.Member("managedHsm")));
    }
}
