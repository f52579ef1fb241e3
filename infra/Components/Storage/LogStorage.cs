using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.AzureNative.Storage;
using Pulumi.AzureNative.Storage.Inputs;

namespace CantonInfra.Infra.Components.Storage;

/// <summary>What <see cref="LogStorage"/> needs.</summary>
internal sealed record LogStorageArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group of the account.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The name of the resource group of its identity.</summary>
    public required Input<string> IdentityResourceGroupName { get; init; }

    /// <summary>What the account holds, a part of its name in Azure; at most four letters or digits.</summary>
    public required string Purpose { get; init; }

    /// <summary>How many copies there are, and where.</summary>
    public required StorageRedundancy Redundancy { get; init; }

    /// <summary>What the account is encrypted with.</summary>
    public required EncryptionKey Key { get; init; }

    /// <summary>
    /// For how many days after its creation nobody can change or delete a blob, only append to it; null for not at all.
    /// It holds for the whole account, and only if it was there from the beginning.
    /// </summary>
    public int? AppendOnlyInDays { get; init; }

    /// <summary>After how many days without a change a blob is deleted; null for never.</summary>
    public int? DeleteAfterInDays { get; init; }

    /// <summary>
    /// Whether what is overwritten or deleted can be brought back. Writers that rewrite a blob again and again, as flow logs
    /// do every minute, would fill the account with copies.
    /// </summary>
    public bool KeepsOverwritten { get; init; } = true;
}

/// <summary>A storage account for logs and for backups: no keys to sign in with, no way in from the internet, our own encryption key (A23, A24).</summary>
internal sealed class LogStorage : ComponentResource
{
    private const string BlobService = "default";
    private const int DeleteRetentionInDays = 30;

    private static readonly ImmutableDictionary<StorageRedundancy, SkuName> Skus = new Dictionary<StorageRedundancy, SkuName>
    {
        [StorageRedundancy.Local] = SkuName.Standard_LRS,
        [StorageRedundancy.Zone] = SkuName.Standard_ZRS,
        [StorageRedundancy.GeoZone] = SkuName.Standard_GZRS,
    }.ToImmutableDictionary();

    private readonly string _name;
    private readonly LogStorageArgs _args;
    private readonly StorageAccount _account;

    /// <summary>Declares the account.</summary>
    /// <exception cref="ArgumentException">Blobs are to be deleted while they cannot be.</exception>
    public LogStorage(string name, LogStorageArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:storage:LogStorage", name, options)
    {
        if (args.AppendOnlyInDays >= args.DeleteAfterInDays)
        {
            throw new ArgumentException(
                $"Blobs that nobody can delete for {args.AppendOnlyInDays} days cannot be deleted after {args.DeleteAfterInDays}.",
                nameof(args));
        }

        _name = name;
        _args = args;
        AzureName = args.Azure.Names.StorageAccount(args.Purpose);
        var identity = new ManagedIdentity(
            $"{name}-identity", $"st-{args.Purpose}", args.Azure, args.IdentityResourceGroupName, this);
        _account = Account(identity, args.Key.GrantWrapping(identity));
        _ = new BlobServiceProperties(name, BlobProperties(), new CustomResourceOptions { Parent = this });
        if (args.DeleteAfterInDays is { } days)
        {
            _ = new ManagementPolicy(name, Deletion(days), new CustomResourceOptions { Parent = this });
        }

        Id = _account.Id;
        Scope = new AccessScope(AzureName, _account.Id, args.Azure.SubscriptionId);
        RegisterOutputs();
    }

    /// <summary>The id.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>The name in Azure.</summary>
    public string AzureName { get; }

    /// <summary>The account as something that roles are given on.</summary>
    public AccessScope Scope { get; }

    /// <summary>Lets the network reach the blobs, by a private endpoint.</summary>
    public void AllowFrom(EnvironmentNetwork network) =>
        network.Connect($"{_name}-link", $"st-{_args.Purpose}", Id, "blob", network.BlobZone, this);

    /// <summary>Logs who read, wrote and deleted what in the account.</summary>
    public void LogTo(LogAnalytics logs) => logs.Receive(
        $"{_name}-logs", Id.Apply(id => $"{id}/blobServices/{BlobService}"), LogCategories.BlobService, this, _args.Azure.Location);

    /// <summary>Lets an identity write blobs.</summary>
    /// <param name="name">Who it is, a part of the logical name.</param>
    /// <param name="identity">The identity.</param>
    /// <returns>The role assignment; what writes depends on it.</returns>
    public Resource GrantWriter(string name, ManagedIdentity identity) =>
        Scope.Grant($"{_name}-{name}-writer", AzureRoles.StorageBlobDataContributor, identity, this);

    /// <summary>Makes a container that one identity writes to.</summary>
    /// <param name="container">The container's name.</param>
    /// <param name="writer">The identity.</param>
    /// <returns>The role assignment; what writes depends on it.</returns>
    public Resource AddContainer(string container, ManagedIdentity writer)
    {
        var resource = new BlobContainer(
            $"{_name}-{container}",
            new BlobContainerArgs
            {
                ContainerName = container,
                AccountName = _account.Name,
                ResourceGroupName = _args.ResourceGroupName,
                PublicAccess = PublicAccess.None,
            },
            new CustomResourceOptions { Parent = this, Protect = _args.Azure.IsProtected });
        return new AccessScope($"{AzureName}/{container}", resource.Id, _args.Azure.SubscriptionId)
            .Grant($"{_name}-{container}-writer", AzureRoles.StorageBlobDataContributor, writer, this);
    }

    private StorageAccount Account(ManagedIdentity identity, Resource wrapping) => new(
        _name,
        new StorageAccountArgs
        {
            AccountName = AzureName,
            ResourceGroupName = _args.ResourceGroupName,
            Location = _args.Azure.Location,
            Kind = Kind.StorageV2,
            Sku = new SkuArgs { Name = Skus[_args.Redundancy] },
            Identity = new IdentityArgs { Type = IdentityType.UserAssigned, UserAssignedIdentities = { identity.Id } },
            Encryption = new EncryptionArgs
            {
                KeySource = KeySource.Microsoft_Keyvault,
                EncryptionIdentity = new EncryptionIdentityArgs { EncryptionUserAssignedIdentity = identity.Id },

                // Without a version: the account follows rotations.
                KeyVaultProperties = new KeyVaultPropertiesArgs
                {
                    KeyVaultUri = _args.Key.Uri.Apply(uri => uri.Split("/keys/")[0]),
                    KeyName = _args.Key.Uri.Apply(uri => uri.Split("/keys/")[^1]),
                },
                RequireInfrastructureEncryption = true,
            },
            AllowBlobPublicAccess = false,
            AllowCrossTenantReplication = false,
            AllowSharedKeyAccess = false,
            AllowedCopyScope = AllowedCopyScope.AAD,
            DefaultToOAuthAuthentication = true,
            EnableHttpsTrafficOnly = true,
            IsLocalUserEnabled = false,
            IsSftpEnabled = false,
            MinimumTlsVersion = MinimumTlsVersion.TLS1_2,
            PublicNetworkAccess = PublicNetworkAccess.Disabled,

            // Diagnostic settings and flow logs write as trusted services, also while public access is off.
            NetworkRuleSet = new NetworkRuleSetArgs { DefaultAction = DefaultAction.Deny, Bypass = Bypass.AzureServices },
            ImmutableStorageWithVersioning = _args.AppendOnlyInDays is { } days
                ? (Input<ImmutableStorageAccountArgs>)AppendOnly(days)
                : null,
            Tags = _args.Azure.Tags,
        },
        new CustomResourceOptions { Parent = this, DependsOn = { wrapping }, Protect = _args.Azure.IsProtected });

    // Locking it, so that not even we can shorten it, cannot be undone: a person does that, not a deployment.
    private static ImmutableStorageAccountArgs AppendOnly(int days) => new()
    {
        Enabled = true,
        ImmutabilityPolicy = new AccountImmutabilityPolicyPropertiesArgs
        {
            State = AccountImmutabilityPolicyState.Unlocked,
            ImmutabilityPeriodSinceCreationInDays = days,

            // Diagnostic logs are append blobs.
            AllowProtectedAppendWrites = true,
        },
    };

    private BlobServicePropertiesArgs BlobProperties() => new()
    {
        BlobServicesName = BlobService,
        AccountName = _account.Name,
        ResourceGroupName = _args.ResourceGroupName,
        IsVersioningEnabled = _args.KeepsOverwritten,
        ChangeFeed = new ChangeFeedArgs { Enabled = _args.KeepsOverwritten },
        DeleteRetentionPolicy = Retention(_args.KeepsOverwritten),
        ContainerDeleteRetentionPolicy = Retention(true),
    };

    private static DeleteRetentionPolicyArgs Retention(bool isEnabled) =>
        isEnabled ? new() { Enabled = true, Days = DeleteRetentionInDays } : new() { Enabled = false };

    // No move to a cooler tier in between: Azure moves block blobs only, and diagnostic logs are append blobs.
    private ManagementPolicyArgs Deletion(int days) => new()
    {
        ManagementPolicyName = BlobService,
        AccountName = _account.Name,
        ResourceGroupName = _args.ResourceGroupName,
        Policy = new ManagementPolicySchemaArgs
        {
            Rules =
            {
                new ManagementPolicyRuleArgs
                {
                    Name = "delete-old-logs",
                    Type = RuleType.Lifecycle,
                    Enabled = true,
                    Definition = new ManagementPolicyDefinitionArgs
                    {
                        Filters = new ManagementPolicyFilterArgs { BlobTypes = { "blockBlob", "appendBlob" } },
                        Actions = new ManagementPolicyActionArgs
                        {
                            BaseBlob = new ManagementPolicyBaseBlobArgs
                            {
                                Delete = new DateAfterModificationArgs { DaysAfterModificationGreaterThan = days },
                            },
                            Version = new ManagementPolicyVersionArgs
                            {
                                Delete = new DateAfterCreationArgs { DaysAfterCreationGreaterThan = days },
                            },
                        },
                    },
                },
            },
        },
    };
}
