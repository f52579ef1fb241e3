using CantonInfra.Infra.Components.Access;
using Pulumi;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>A customer-managed key that services wrap their own keys with (A18), wherever it is kept.</summary>
internal abstract class EncryptionKey : ComponentResource
{
    /// <summary>Begins the component.</summary>
    protected EncryptionKey(string type, string name, ComponentResourceOptions? options)
        : base(type, name, options)
    {
    }

    /// <summary>The key's URI without a version: who uses it follows rotations.</summary>
    [Output("uri")]
    public Output<string> Uri { get; protected set; } = null!;

    /// <summary>The URI of the key's newest version.</summary>
    [Output("uriWithVersion")]
    public Output<string> UriWithVersion { get; protected set; } = null!;

    /// <summary>The id of the vault that has the key; null where none has.</summary>
    public abstract Input<string>? VaultId { get; }

    /// <summary>Lets an identity wrap and unwrap with the key.</summary>
    /// <returns>What whoever uses the key depends on.</returns>
    public abstract Resource GrantWrapping(ManagedIdentity identity);
}
