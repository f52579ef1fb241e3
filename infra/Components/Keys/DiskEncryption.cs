using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Compute;
using Pulumi.AzureNative.Compute.Inputs;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>What <see cref="DiskEncryption"/> needs.</summary>
internal sealed record DiskEncryptionArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>What is encrypted, a part of the names in Azure.</summary>
    public required string Purpose { get; init; }

    /// <summary>The key.</summary>
    public required EncryptionKey Key { get; init; }
}

/// <summary>A disk encryption set: managed disks that name it are encrypted with a customer-managed key (A7).</summary>
internal sealed class DiskEncryption : ComponentResource
{
    private readonly string _name;

    /// <summary>Declares the set.</summary>
    public DiskEncryption(string name, DiskEncryptionArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:keys:DiskEncryption", name, options)
    {
        _name = name;
        var azureName = args.Azure.Names.DiskEncryptionSet(args.Purpose);
        var identity = new ManagedIdentity($"{name}-identity", $"des-{args.Purpose}", args.Azure, args.ResourceGroupName, this);
        var wrapping = args.Key.GrantWrapping(identity);
        var set = new DiskEncryptionSet(
            name,
            new DiskEncryptionSetArgs
            {
                DiskEncryptionSetName = azureName,
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                EncryptionType = DiskEncryptionSetType.EncryptionAtRestWithCustomerKey,
                ActiveKey = new KeyForDiskEncryptionSetArgs
                {
                    KeyUrl = args.Key.UriWithVersion,

                    // A key in a managed HSM is in no vault.
                    SourceVault = args.Key.VaultId is { } vault ? (Input<SourceVaultArgs>)new SourceVaultArgs { Id = vault } : null,
                },
                RotationToLatestKeyVersionEnabled = true,
                Identity = new EncryptionSetIdentityArgs
                {
                    Type = DiskEncryptionSetIdentityType.UserAssigned,
                    UserAssignedIdentities = { identity.Id },
                },
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions
            {
                Parent = this,
                DependsOn = { wrapping },

                // Azure moves on to new versions of the key by itself; a deployment must not move back.
                IgnoreChanges = { "activeKey.keyUrl" },
                Protect = args.Azure.IsProtected,
            });
        Id = set.Id;
        Scope = new AccessScope(azureName, set.Id, args.Azure.SubscriptionId);
        RegisterOutputs();
    }

    /// <summary>The id.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>The set as something that roles are given on.</summary>
    public AccessScope Scope { get; }

    /// <summary>Lets an identity name the set when it makes disks.</summary>
    /// <returns>The role assignment.</returns>
    public Resource GrantReader(ManagedIdentity identity) =>
        Scope.Grant($"{_name}-reader", AzureRoles.Reader, identity, this);
}
