using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Access;

/// <summary>The built-in roles that the program assigns; nothing else in it names a role's GUID.</summary>
/// <remarks>GUIDs: "Azure built-in roles", Microsoft Learn, as of 2026-04-09 (facts/azure.md, sections 3.4 and 5.5).</remarks>
internal static class AzureRoles
{
    /// <summary>Manages a vault but not what is in it: what AKS needs to connect to the vault of its store's key.</summary>
    public static readonly AzureRole KeyVaultContributor =
        new("Key Vault Contributor", "f25e0fa2-a7c8-4377-a976-54943a77a395");

    /// <summary>Uses keys to wrap and unwrap other keys: what services need for customer-managed keys.</summary>
    public static readonly AzureRole KeyVaultCryptoServiceEncryptionUser =
        new("Key Vault Crypto Service Encryption User", "e147488a-f6f5-4113-8e2d-b22465e65bf6");

    /// <summary>Uses keys for everything that they can do, such as signing; makes and deletes none.</summary>
    public static readonly AzureRole KeyVaultCryptoUser =
        new("Key Vault Crypto User", "12338af0-0e69-4776-bea7-57ae8d297424");

    /// <summary>Reads the values of secrets.</summary>
    public static readonly AzureRole KeyVaultSecretsUser =
        new("Key Vault Secrets User", "4633458b-17de-408a-b874-0445c86b69e6");

    /// <summary>Assigns a user-assigned identity to resources.</summary>
    public static readonly AzureRole ManagedIdentityOperator =
        new("Managed Identity Operator", "f1a07417-d97a-45cb-824c-7a7467783830");

    /// <summary>Manages networks; given on single subnets, it lets a service join them.</summary>
    public static readonly AzureRole NetworkContributor = new("Network Contributor", "4d97b98b-1d4f-4787-a291-c67834d212e7");

    /// <summary>Sees resources, not their data.</summary>
    public static readonly AzureRole Reader = new("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7");

    /// <summary>Reads, writes and deletes blobs.</summary>
    public static readonly AzureRole StorageBlobDataContributor =
        new("Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe");

    /// <summary>All of them.</summary>
    public static ImmutableArray<AzureRole> All { get; } =
    [
        KeyVaultContributor, KeyVaultCryptoServiceEncryptionUser, KeyVaultCryptoUser, KeyVaultSecretsUser,
        ManagedIdentityOperator, NetworkContributor, Reader,
        StorageBlobDataContributor,
    ];
}
