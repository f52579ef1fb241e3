using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using Pulumi;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>What <see cref="EtcdKey"/> needs.</summary>
internal sealed record EtcdKeyArgs
{
    /// <summary>The vault.</summary>
    public required KeyPlace Place { get; init; }

    /// <summary>What guards the key.</summary>
    public required KeyProtection Protection { get; init; }

    /// <summary>How often the key was made anew; the first is 1.</summary>
    public required int Generation { get; init; }

    /// <summary>By what the vault is reached: its private endpoints.</summary>
    public ImmutableArray<Resource> Links { get; init; } = [];
}

/// <summary>The key that a cluster encrypts its store of Kubernetes objects with (A7); rotated by hand, never by itself.</summary>
/// <remarks>Older generations stay usable: secrets that were not written again since can be read with nothing else.</remarks>
internal sealed class EtcdKey : ComponentResource
{
    private readonly string _name;
    private readonly AccessScope _vault;
    private readonly ImmutableArray<VaultKey> _keys;
    private readonly ImmutableArray<Resource> _links;

    /// <summary>Declares the key.</summary>
    public EtcdKey(string name, EtcdKeyArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:keys:EtcdKey", name, options)
    {
        _name = name;
        _vault = args.Place.Vault;
        _links = args.Links;
        _keys = VaultKey.Generations(name, args.Generation, KeyShape.Etcd(args.Protection), args.Place, this);
        UriWithVersion = _keys[^1].UriWithVersion;
        RegisterOutputs();
    }

    /// <summary>The URI of the version in use.</summary>
    [Output("uriWithVersion")]
    public Output<string> UriWithVersion { get; private set; }

    /// <summary>The id of the vault.</summary>
    public Input<string> VaultId => _vault.Id;

    /// <summary>Lets a cluster's control plane use the key, and connect to the vault by a private endpoint of its own.</summary>
    /// <returns>The role assignments, and by what the vault is reached; the cluster depends on them.</returns>
    public ImmutableArray<Resource> GrantClusterEncryption(ManagedIdentity controlPlane) =>
    [
        .. _keys.Select(key => key.Scope.Grant($"{key.Name}-user", AzureRoles.KeyVaultCryptoUser, controlPlane, this)),
        _vault.Grant($"{_name}-vault", AzureRoles.KeyVaultContributor, controlPlane, this),
        .. _links,
    ];
}
