using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using Pulumi;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>What <see cref="CantonKeys"/> needs.</summary>
internal sealed record CantonKeysArgs
{
    /// <summary>The vault, which holds nothing else.</summary>
    public required KeyPlace Place { get; init; }

    /// <summary>What guards the keys.</summary>
    public required KeyProtection Protection { get; init; }
}

/// <summary>The keys that a validator is known by on the ledger, kept outside of its database (A17, A18).</summary>
/// <remarks>
/// They never rotate, expire or leave the vault: the ledger knows their public halves, and losing one is losing the node.
/// </remarks>
internal sealed class CantonKeys : ComponentResource
{
    // Canton's usages of signing keys, each with a key of its own, so that the namespace's root can be taken offline.
    private static readonly ImmutableArray<string> Signing = ["namespace", "sequencer-authentication", "protocol"];

    private const string Encryption = "encryption";

    private readonly ImmutableArray<VaultKey> _keys;

    /// <summary>Declares the keys of a validator.</summary>
    /// <param name="name">The validator's name.</param>
    /// <param name="args">What they need.</param>
    /// <param name="options">How they are treated.</param>
    public CantonKeys(string name, CantonKeysArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:keys:CantonKeys", $"{name}-keys", options)
    {
        var signing = KeyShape.CantonSigning(args.Protection);
        _keys =
        [
            .. Signing.Select(usage => Declare(usage, signing)),
            Declare(Encryption, KeyShape.CantonEncryption(args.Protection)),
        ];
        Uris = Output.All(_keys.Select(key => key.UriWithVersion)).Apply(uris =>
            Signing.Append(Encryption).Zip(uris).ToImmutableDictionary(key => key.First, key => key.Second));
        RegisterOutputs();

        // Protected in every environment: a validator with other keys is another validator.
        VaultKey Declare(string usage, KeyShape shape) =>
            new($"{name}-{usage}", $"{name}-{usage}", shape, args.Place, isProtected: true, this, usage);
    }

    /// <summary>The URIs with versions by what the keys are for.</summary>
    [Output("uris")]
    public Output<ImmutableDictionary<string, string>> Uris { get; private set; }

    /// <summary>Lets the validator sign and decrypt with its keys; nobody else may, and no person (A20).</summary>
    /// <param name="validator">What the validator's pods act as.</param>
    /// <returns>The role assignments; the validator depends on them.</returns>
    public ImmutableArray<Resource> GrantUse(WorkloadIdentity validator) =>
        [.. _keys.Select(key => key.Scope.Grant($"{key.Name}-user", AzureRoles.KeyVaultCryptoUser, validator.Identity, this))];
}
