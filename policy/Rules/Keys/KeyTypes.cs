using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>The types of vaults and what is in them.</summary>
internal static class KeyTypes
{
    public const string Key = "azure-native:keyvault:Key";
    public const string ClassicKey = "azure:keyvault/key:Key";
    public const string Vault = "azure-native:keyvault:Vault";
    public const string ClassicVault = "azure:keyvault/keyVault:KeyVault";
    public const string Secret = "azure-native:keyvault:Secret";
    public const string ClassicSecret = "azure:keyvault/secret:Secret";

    /// <summary>Keys in vaults.</summary>
    public static ImmutableArray<ResourceTypePattern> Keys { get; } = [Key, ClassicKey];

    /// <summary>Vaults.</summary>
    public static ImmutableArray<ResourceTypePattern> Vaults { get; } = [Vault, ClassicVault];

    /// <summary>Secrets in vaults.</summary>
    public static ImmutableArray<ResourceTypePattern> Secrets { get; } = [Secret, ClassicSecret];

    /// <summary>The vault of the stack that a key or secret is in; null where it is another one.</summary>
    public static StackResourceView? VaultOf(StackResourceView content, StackView resources)
    {
        var property = content.Type.Canonical is ClassicKey or ClassicSecret ? "keyVaultId" : "vaultName";
        return resources.SourcesOf(content, property).FirstOrDefault(source => source.IsAny(Vaults)) ?? ByName(content, property, resources);
    }

    /// <summary>What tells the vaults of two keys apart: the vault of the stack, else its name or id; null where it is not known.</summary>
    public static string? PlaceOf(StackResourceView content, StackView resources) =>
        VaultOf(content, resources)?.Urn
        ?? (content.Read(content.Type.Canonical is ClassicKey or ClassicSecret ? "keyVaultId" : "vaultName").TryGetText(out var text) ? text : null);

    private static StackResourceView? ByName(StackResourceView content, string property, StackView resources) =>
        content.Read(property).TryGetText(out var text)
            ? resources.Resources.FirstOrDefault(vault => vault.IsAny(Vaults)
                && vault.Read(vault.Type.Canonical == Vault ? "vaultName" : "name").TryGetText(out var name)
                && name.Equals(text[(text.LastIndexOf('/') + 1)..], StringComparison.OrdinalIgnoreCase))
            : null;
}
