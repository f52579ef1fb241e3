using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Access;

/// <summary>The built-in roles that the program assigns; nothing else in it names a role's GUID.</summary>
/// <remarks>GUIDs: "Azure built-in roles", Microsoft Learn, as of 2026-04-09 (facts/azure.md, sections 3.4 and 5.5).</remarks>
internal static class AzureRoles
{
    /// <summary>Gets the address of a cluster's API server and signs in to it with Entra; may do nothing there yet.</summary>
    public static readonly AzureRole ClusterUser =
        new("Azure Kubernetes Service Cluster User Role", "4abbcc35-e782-43d8-92c5-2d3f1bd2253f");

    /// <summary>Sees what is in a namespace, its secrets and roles excepted.</summary>
    public static readonly AzureRole ClusterRbacReader =
        new("Azure Kubernetes Service RBAC Reader", "7f6c6a51-bcf8-42ba-9220-52d62157d7db");

    /// <summary>Manages a vault but not what is in it: what AKS needs to connect to the vault of its store's key.</summary>
    public static readonly AzureRole KeyVaultContributor =
        new("Key Vault Contributor", "f25e0fa2-a7c8-4377-a976-54943a77a395");

    /// <summary>Uses keys to wrap and unwrap other keys: what services need for customer-managed keys.</summary>
    public static readonly AzureRole KeyVaultCryptoServiceEncryptionUser =
        new("Key Vault Crypto Service Encryption User", "e147488a-f6f5-4113-8e2d-b22465e65bf6");

    /// <summary>Sees a vault and what is in it by name; no secret's value, and no use of a key.</summary>
    public static readonly AzureRole KeyVaultReader = new("Key Vault Reader", "21090545-7ca7-4776-b22c-e363652d74d2");

    /// <summary>Configures workspaces and what logs to them.</summary>
    public static readonly AzureRole LogAnalyticsContributor =
        new("Log Analytics Contributor", "92aaf0da-9dab-42b6-94a3-d43ce8d16293");

    /// <summary>Queries logs.</summary>
    public static readonly AzureRole LogAnalyticsReader = new("Log Analytics Reader", "73c42c96-874c-492b-b04d-ab87d138a893");

    /// <summary>Ends a delegation to the tenant that has the role.</summary>
    public static readonly AzureRole ManagedServicesDelete = new(
        "Managed Services Registration assignment Delete Role", "91c1777a-f3dc-4fae-b103-61d183457e46");
    /// <summary>Changes everything in a cluster.</summary>
    public static readonly AzureRole ClusterRbacClusterAdmin =
        new("Azure Kubernetes Service RBAC Cluster Admin", "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b");

    /// <summary>Uses keys for everything that they can do, such as signing; makes and deletes none.</summary>
    public static readonly AzureRole KeyVaultCryptoUser =
        new("Key Vault Crypto User", "12338af0-0e69-4776-bea7-57ae8d297424");

    /// <summary>Reads the values of secrets.</summary>
    public static readonly AzureRole KeyVaultSecretsUser =
        new("Key Vault Secrets User", "4633458b-17de-408a-b874-0445c86b69e6");

    /// <summary>Assigns a user-assigned identity to resources.</summary>
    public static readonly AzureRole ManagedIdentityOperator =
        new("Managed Identity Operator", "f1a07417-d97a-45cb-824c-7a7467783830");

    /// <summary>Configures alerts and diagnostic settings.</summary>
    public static readonly AzureRole MonitoringContributor =
        new("Monitoring Contributor", "749f88d5-cbae-40b8-bcfc-e573ddc772fa");

    /// <summary>Sees metrics, alerts and logs.</summary>
    public static readonly AzureRole MonitoringReader = new("Monitoring Reader", "43d0d8ad-25c7-4714-9337-8ba259a9fe05");

    /// <summary>Manages networks; given on single subnets, it lets a service join them.</summary>
    public static readonly AzureRole NetworkContributor = new("Network Contributor", "4d97b98b-1d4f-4787-a291-c67834d212e7");

    /// <summary>Sees resources, not their data.</summary>
    public static readonly AzureRole Reader = new("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7");

    /// <summary>Reads, writes and deletes blobs.</summary>
    public static readonly AzureRole StorageBlobDataContributor =
        new("Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe");

    /// <summary>Sees what Defender for Cloud found.</summary>
    public static readonly AzureRole SecurityReader = new("Security Reader", "39bc4728-0917-49c7-9d2c-d95423bc2eb4");

    /// <summary>Configures Sentinel.</summary>
    public static readonly AzureRole SentinelContributor = new("Microsoft Sentinel Contributor", "ab8e14d6-4a74-4a29-9ba8-549422addade");

    /// <summary>Runs Sentinel's playbooks.</summary>
    public static readonly AzureRole SentinelPlaybookOperator =
        new("Microsoft Sentinel Playbook Operator", "51d6186e-6489-4900-b93f-92e23144cca5");

    /// <summary>Sees what is in Sentinel.</summary>
    public static readonly AzureRole SentinelReader = new("Microsoft Sentinel Reader", "8d289c81-5878-46d4-8554-54e1e3d8b5cb");

    /// <summary>Works on Sentinel's incidents.</summary>
    public static readonly AzureRole SentinelResponder = new("Microsoft Sentinel Responder", "3e150937-b8fe-4cfb-8069-0eaf05ecd056");

    /// <summary>All of them.</summary>
    public static ImmutableArray<AzureRole> All { get; } =
    [
        ClusterRbacClusterAdmin, ClusterRbacReader, ClusterUser, KeyVaultContributor, KeyVaultCryptoServiceEncryptionUser, KeyVaultCryptoUser,
        KeyVaultReader, KeyVaultSecretsUser, LogAnalyticsContributor, LogAnalyticsReader, ManagedIdentityOperator,
        ManagedServicesDelete, MonitoringContributor, MonitoringReader, NetworkContributor, Reader, SecurityReader,
        SentinelContributor, SentinelPlaybookOperator, SentinelReader, SentinelResponder, StorageBlobDataContributor,
    ];
}
