using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.AzureNative.KeyVault;
using Pulumi.AzureNative.KeyVault.Inputs;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>What <see cref="KeyVault"/> needs.</summary>
internal sealed record KeyVaultArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>What the vault holds, a part of its name in Azure; at most six letters.</summary>
    public required string Purpose { get; init; }

    /// <summary>What guards the keys.</summary>
    public required KeyProtection Protection { get; init; }

    /// <summary>For how long what is deleted can be brought back, in days.</summary>
    public required int SoftDeleteRetentionInDays { get; init; }

    /// <summary>How often keys were made anew, by their names; those that are not named are of the first generation.</summary>
    public ImmutableSortedDictionary<string, int> Generations { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>The pool that has some of the keys instead; null where there is none.</summary>
    public ManagedHsmPool? Hsm { get; init; }

    /// <summary>The keys that are in the pool, by their names here.</summary>
    public ImmutableSortedDictionary<string, HsmKeyUri> HsmKeys { get; init; } =
        ImmutableSortedDictionary<string, HsmKeyUri>.Empty;
}

/// <summary>A key vault that only identities with a role on it can use, and only from within the network (A18, A20).</summary>
internal sealed class KeyVault : ComponentResource
{
    private readonly string _name;
    private readonly KeyVaultArgs _args;
    private readonly Vault _vault;
    private readonly List<Resource> _links = [];

    /// <summary>Declares the vault.</summary>
    public KeyVault(string name, KeyVaultArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:keys:KeyVault", name, options)
    {
        _name = name;
        _args = args;
        AzureName = args.Azure.Names.KeyVault(args.Purpose);
        _vault = new Vault(
            name,
            new VaultArgs
            {
                VaultName = AzureName,
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                Properties = new VaultPropertiesArgs
                {
                    TenantId = args.Azure.TenantId,
                    Sku = new Pulumi.AzureNative.KeyVault.Inputs.SkuArgs
                    {
                        Family = SkuFamily.A,
                        Name = args.Protection == KeyProtection.Hsm ? SkuName.Premium : SkuName.Standard,
                    },

                    // This version of the API would fall back to access policies, which any contributor can extend.
                    EnableRbacAuthorization = true,
                    EnableSoftDelete = true,
                    SoftDeleteRetentionInDays = args.SoftDeleteRetentionInDays,
                    EnablePurgeProtection = true,
                    EnabledForDeployment = false,
                    EnabledForDiskEncryption = false,
                    EnabledForTemplateDeployment = false,
                    PublicNetworkAccess = "Disabled",

                    // PostgreSQL and disks reach their keys as trusted services, also while public access is off.
                    NetworkAcls = new NetworkRuleSetArgs
                    {
                        DefaultAction = NetworkRuleAction.Deny,
                        Bypass = NetworkRuleBypassOptions.AzureServices,
                    },
                },
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this, Protect = args.Azure.IsProtected });
        Id = _vault.Id;
        Scope = new AccessScope(AzureName, _vault.Id, args.Azure.SubscriptionId);
        RegisterOutputs();
    }

    /// <summary>The id.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>The name in Azure.</summary>
    public string AzureName { get; }

    /// <summary>The vault as something that roles are given on.</summary>
    public AccessScope Scope { get; }

    private KeyPlace Place => new(_args.Azure, _args.ResourceGroupName, _vault.Name, Scope);

    /// <summary>Lets the network reach the vault, by a private endpoint.</summary>
    public void AllowFrom(EnvironmentNetwork network) =>
        _links.Add(network.Connect($"{_name}-link", $"kv-{_args.Purpose}", Id, "vault", network.KeyVaultZone, this));

    /// <summary>Logs every operation of the vault (A21).</summary>
    public void LogTo(LogAnalytics logs) => 
        logs.Receive($"{_name}-logs", Id, LogCategories.KeyVault, this, _args.Azure.Location);

    /// <summary>Tells when the vault is slow or does not answer: what is encrypted with its keys stops soon after.</summary>
    public void AlertTo(Alerting alerts) => alerts.Watch(AlertTarget.KeyVault, _name, Id, this);

    /// <summary>Makes a key that services encrypt what they store with, or refers to it where it is in the pool.</summary>
    /// <param name="name">The name, both the logical and the beginning of the one in the vault.</param>
    public EncryptionKey AddEncryptionKey(string name)
    {
        var options = new ComponentResourceOptions { Parent = this };
        if (_args.Hsm is { } pool && _args.HsmKeys.TryGetValue(name, out var uri))
        {
            return new HsmEncryptionKey(name, new HsmEncryptionKeyArgs { Pool = pool, Uri = uri }, options);
        }

        return new VaultEncryptionKey(
            name,
            new VaultEncryptionKeyArgs { Place = Place, Protection = _args.Protection, Generation = Generation(name) },
            options);
    }

    /// <summary>Makes a key that a cluster encrypts its store of objects with, reached by the networks that were allowed before.</summary>
    /// <param name="name">The name, both the logical and the beginning of the one in the vault.</param>
    public EtcdKey AddEtcdKey(string name) => new(
        name,
        new EtcdKeyArgs { Place = Place, Protection = _args.Protection, Generation = Generation(name), Links = [.. _links] },
        new ComponentResourceOptions { Parent = this });

    /// <summary>Makes the keys that a validator is known by.</summary>
    /// <param name="validator">The validator's name.</param>
    public CantonKeys AddCantonKeys(string validator) => new(
        validator,
        new CantonKeysArgs { Place = Place, Protection = _args.Protection },
        new ComponentResourceOptions { Parent = this });

    /// <summary>Lets an identity read the values of all secrets in the vault.</summary>
    /// <returns>The role assignment; what reads them depends on it.</returns>
    public Resource GrantSecretsUser(ManagedIdentity identity) =>
        Scope.Grant($"{_name}-{identity.Purpose}-secrets", AzureRoles.KeyVaultSecretsUser, identity, this);

    /// <summary>Keeps a secret.</summary>
    /// <param name="name">The name, both the logical and the one in the vault.</param>
    /// <param name="value">The value; it is a secret whatever it was before.</param>
    public void AddSecret(string name, Output<string> value) => _ = new Secret(
        name,
        new Pulumi.AzureNative.KeyVault.SecretArgs
        {
            SecretName = name,
            VaultName = _vault.Name,
            ResourceGroupName = _args.ResourceGroupName,
            Properties = new SecretPropertiesArgs { Value = Output.CreateSecret(value) },
            Tags = _args.Azure.Tags,
        },
        new CustomResourceOptions { Parent = this });

    private int Generation(string name) => _args.Generations.GetValueOrDefault(name, 1);
}
