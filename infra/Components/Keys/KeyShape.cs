using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pulumi;
using Pulumi.AzureNative.KeyVault;
using Pulumi.AzureNative.KeyVault.Inputs;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>What a key is like: all that Azure takes when the key is made, and silently ignores afterwards.</summary>
/// <remarks>That is why the names of keys carry a fingerprint of it (docs/decisions/0027).</remarks>
/// <param name="Type">The type, <c>kty</c> in Azure.</param>
/// <param name="Size">The bits of an RSA key; null for others.</param>
/// <param name="Curve">The curve of an EC key; null for others.</param>
/// <param name="Operations">What the key may be used for.</param>
/// <param name="IsRotated">Whether the vault makes new versions by itself; if not, the key never expires either.</param>
internal sealed record KeyShape(
    JsonWebKeyType Type,
    int? Size,
    JsonWebKeyCurveName? Curve,
    ImmutableArray<JsonWebKeyOperation> Operations,
    bool IsRotated)
{
    private const int FingerprintLength = 6;
    private const int HsmKeySize = 4096;
    private const int SoftwareKeySize = 3072;

    // Canton takes RSA for encryption with 2048 bits only.
    private const int CantonKeySize = 2048;

    private const string RotatedAfter = "P18M";
    private const string ExpiresAfter = "P2Y";
    private const string NotifiedBefore = "P30D";

    /// <summary>Some text of what the key is like, the same in every run; names of keys end with it.</summary>
    public string Fingerprint
    {
        get
        {
            var rotation = IsRotated ? $"{RotatedAfter}/{ExpiresAfter}/{NotifiedBefore}" : "never";
            var text = string.Join(
                ';', Type, Size?.ToString(CultureInfo.InvariantCulture), Curve?.ToString(), string.Join(',', Operations), rotation);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..FingerprintLength];
        }
    }

    /// <summary>The properties as Azure takes them.</summary>
    public KeyPropertiesArgs Properties => new()
    {
        Kty = Type,
        KeySize = Size is { } size ? size : (Input<int>?)null,
        CurveName = Curve is { } curve ? curve : (InputUnion<string, JsonWebKeyCurveName>?)null,
        KeyOps = [.. Operations.Select(operation => (InputUnion<string, JsonWebKeyOperation>)operation)],
        Attributes = new KeyAttributesArgs { Enabled = true, Exportable = false },
        RotationPolicy = IsRotated ? (Input<RotationPolicyArgs>)Rotation() : null,
    };

    /// <summary>Wraps the keys of services, which all follow its newest version; it is rotated.</summary>
    public static KeyShape Wrapping(KeyProtection protection) =>
        Rsa(protection, SizeFor(protection), isRotated: true, JsonWebKeyOperation.WrapKey, JsonWebKeyOperation.UnwrapKey);

    /// <summary>Encrypts the cluster's store, which names a version of it; a version of its own accord would be one too many.</summary>
    public static KeyShape Etcd(KeyProtection protection) =>
        Rsa(protection, SizeFor(protection), isRotated: false, JsonWebKeyOperation.Encrypt, JsonWebKeyOperation.Decrypt);

    /// <summary>Signs for a Canton node. The ledger knows its public half, so another version would be another node.</summary>
    public static KeyShape CantonSigning(KeyProtection protection) => new(
        protection == KeyProtection.Hsm ? JsonWebKeyType.EC_HSM : JsonWebKeyType.EC,
        null,
        JsonWebKeyCurveName.P_256,
        [JsonWebKeyOperation.Sign, JsonWebKeyOperation.Verify],
        IsRotated: false);

    /// <summary>Decrypts what is sent to a Canton node.</summary>
    public static KeyShape CantonEncryption(KeyProtection protection) =>
        Rsa(protection, CantonKeySize, isRotated: false, JsonWebKeyOperation.Encrypt, JsonWebKeyOperation.Decrypt);

    private static int SizeFor(KeyProtection protection) => protection == KeyProtection.Hsm ? HsmKeySize : SoftwareKeySize;

    private static KeyShape Rsa(
        KeyProtection protection, int size, bool isRotated, params ImmutableArray<JsonWebKeyOperation> operations) =>
        new(protection == KeyProtection.Hsm ? JsonWebKeyType.RSA_HSM : JsonWebKeyType.RSA, size, null, operations, isRotated);

    private static RotationPolicyArgs Rotation() => new()
    {
        Attributes = new KeyRotationPolicyAttributesArgs { ExpiryTime = ExpiresAfter },
        LifetimeActions =
        {
            Action(KeyRotationPolicyActionType.Rotate, new TriggerArgs { TimeAfterCreate = RotatedAfter }),
            Action(KeyRotationPolicyActionType.Notify, new TriggerArgs { TimeBeforeExpiry = NotifiedBefore }),
        },
    };

    private static LifetimeActionArgs Action(KeyRotationPolicyActionType type, TriggerArgs trigger) =>
        new() { Action = new ActionArgs { Type = type }, Trigger = trigger };
}
