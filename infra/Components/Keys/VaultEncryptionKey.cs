using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using Pulumi;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>What <see cref="VaultEncryptionKey"/> needs.</summary>
internal sealed record VaultEncryptionKeyArgs
{
    /// <summary>The vault.</summary>
    public required KeyPlace Place { get; init; }

    /// <summary>What guards the key.</summary>
    public required KeyProtection Protection { get; init; }

    /// <summary>How often the key was made anew; the first is 1.</summary>
    public required int Generation { get; init; }
}

/// <summary>A customer-managed key in a vault; it rotates by itself.</summary>
internal sealed class VaultEncryptionKey : EncryptionKey
{
    private readonly ImmutableArray<VaultKey> _keys;

    /// <summary>Declares the key.</summary>
    public VaultEncryptionKey(string name, VaultEncryptionKeyArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:keys:EncryptionKey", name, options)
    {
        // Rotation is safe only because every user of the key follows its newest version.
        _keys = VaultKey.Generations(name, args.Generation, KeyShape.Wrapping(args.Protection), args.Place, this);
        VaultId = args.Place.Vault.Id;
        Uri = _keys[^1].Uri;
        UriWithVersion = _keys[^1].UriWithVersion;
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override Input<string>? VaultId { get; }

    /// <inheritdoc/>
    /// <remarks>On every generation: a service re-wraps what it has only once it was told to use the newer key.</remarks>
    public override Resource GrantWrapping(ManagedIdentity identity) => _keys
        .Select(key => key.Scope.Grant($"{key.Name}-wrapping", AzureRoles.KeyVaultCryptoServiceEncryptionUser, identity, this))
        .ToImmutableArray()[^1];
}
