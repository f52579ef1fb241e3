using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.KeyVault;
using Pulumi.AzureNative.KeyVault.Inputs;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>What <see cref="EncryptionKey"/> needs.</summary>
internal sealed record EncryptionKeyArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The vault's name, known once the vault exists.</summary>
    public required Input<string> VaultName { get; init; }

    /// <summary>The vault's id.</summary>
    public required Output<string> VaultId { get; init; }

    /// <summary>The vault's name as text.</summary>
    public required string VaultAzureName { get; init; }

    /// <summary>What guards the key.</summary>
    public required KeyProtection Protection { get; init; }
}

/// <summary>A customer-managed key that services wrap their own keys with (A18); it rotates by itself.</summary>
internal sealed class EncryptionKey : ComponentResource
{
    // A deleted key's name stays taken, so names carry a number from the start.
    private const string FirstGeneration = "-v1";

    private const int HsmKeySize = 4096;
    private const int SoftwareKeySize = 3072;

    private readonly string _name;

    /// <summary>Declares the key.</summary>
    public EncryptionKey(string name, EncryptionKeyArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:keys:EncryptionKey", name, options)
    {
        _name = name;
        var isHsm = args.Protection == KeyProtection.Hsm;
        var keyName = name + FirstGeneration;
        var key = new Key(
            name,
            new KeyArgs
            {
                KeyName = keyName,
                VaultName = args.VaultName,
                ResourceGroupName = args.ResourceGroupName,
                Properties = new KeyPropertiesArgs
                {
                    Kty = isHsm ? JsonWebKeyType.RSA_HSM : JsonWebKeyType.RSA,
                    KeySize = isHsm ? HsmKeySize : SoftwareKeySize,
                    KeyOps = { JsonWebKeyOperation.WrapKey, JsonWebKeyOperation.UnwrapKey },

                    // Safe only because every user of the key follows its newest version.
                    RotationPolicy = new RotationPolicyArgs
                    {
                        Attributes = new KeyRotationPolicyAttributesArgs { ExpiryTime = "P2Y" },
                        LifetimeActions =
                        {
                            Action(KeyRotationPolicyActionType.Rotate, new TriggerArgs { TimeAfterCreate = "P18M" }),
                            Action(KeyRotationPolicyActionType.Notify, new TriggerArgs { TimeBeforeExpiry = "P30D" }),
                        },
                    },
                },
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions
            {
                Parent = this,
                Protect = args.Azure.IsProtected,

                // What was encrypted with the key outlives the stack: backups, disks, the server itself.
                RetainOnDelete = true,
            });
        Uri = key.KeyUri;
        UriWithVersion = key.KeyUriWithVersion;
        VaultId = args.VaultId;
        Scope = new AccessScope($"{args.VaultAzureName}/{keyName}", key.Id, args.Azure.SubscriptionId);
        RegisterOutputs();
    }

    /// <summary>The key's URI without a version: who uses it follows rotations.</summary>
    [Output("uri")]
    public Output<string> Uri { get; private set; }

    /// <summary>The URI of the key's newest version.</summary>
    [Output("uriWithVersion")]
    public Output<string> UriWithVersion { get; private set; }

    /// <summary>The id of the vault that has the key.</summary>
    public Output<string> VaultId { get; }

    /// <summary>The key as something that roles are given on.</summary>
    public AccessScope Scope { get; }

    /// <summary>Lets an identity wrap and unwrap with the key.</summary>
    /// <returns>The role assignment; what uses the key depends on it.</returns>
    public Resource GrantWrapping(ManagedIdentity identity) =>
        Scope.Grant($"{_name}-wrapping", AzureRoles.KeyVaultCryptoServiceEncryptionUser, identity, this);

    private static LifetimeActionArgs Action(KeyRotationPolicyActionType type, TriggerArgs trigger) =>
        new() { Action = new ActionArgs { Type = type }, Trigger = trigger };
}
