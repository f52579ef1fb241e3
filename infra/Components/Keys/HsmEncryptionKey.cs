using CantonInfra.Infra.Components.Access;
using Pulumi;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>What <see cref="HsmEncryptionKey"/> needs.</summary>
internal sealed record HsmEncryptionKeyArgs
{
    /// <summary>The pool that has the key.</summary>
    public required ManagedHsmPool Pool { get; init; }

    /// <summary>The URI of a version of the key.</summary>
    public required HsmKeyUri Uri { get; init; }
}

/// <summary>A customer-managed key in a managed HSM, made there by hand (docs/runbooks/managed-hsm.md).</summary>
internal sealed class HsmEncryptionKey : EncryptionKey
{
    private readonly ManagedHsmPool _pool;

    /// <summary>Refers to the key.</summary>
    public HsmEncryptionKey(string name, HsmEncryptionKeyArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:keys:HsmEncryptionKey", name, options)
    {
        _pool = args.Pool;
        Uri = Output.Create(args.Uri.WithoutVersion);
        UriWithVersion = Output.Create(args.Uri.Text);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override Input<string>? VaultId => null;

    /// <inheritdoc/>
    /// <remarks>Roles within a pool are its own and given in its ceremony; nothing here can give them.</remarks>
    public override Resource GrantWrapping(ManagedIdentity identity) => _pool;
}
