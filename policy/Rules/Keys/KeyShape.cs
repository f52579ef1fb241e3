using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>What a key in a vault is, under the names of both providers.</summary>
/// <param name="Kind">RSA or elliptic, in software or hardware.</param>
/// <param name="Size">The bits of an RSA key.</param>
/// <param name="Curve">The curve of an elliptic key.</param>
/// <param name="Operations">What it may be used for.</param>
internal sealed record KeyShape(PropertyReading Kind, PropertyReading Size, PropertyReading Curve, PropertyReading Operations)
{
    /// <summary>Whether it is on a curve.</summary>
    public bool IsElliptic => Kind.TryGetText(out var kind) && kind.StartsWith("EC", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is in hardware; null where that is not known.</summary>
    public bool? IsInHardware => Kind.State == PropertyState.Missing ? false
        : Kind.TryGetText(out var kind) ? kind.EndsWith("-HSM", StringComparison.OrdinalIgnoreCase) : null;

    /// <summary>Reads a key.</summary>
    public static KeyShape Of(ResourceView key) => key.Type.Canonical == KeyTypes.ClassicKey
        ? new(key.Read("keyType"), key.Read("keySize"), key.Read("curve"), key.Read("keyOpts"))
        : new(key.Read("properties.kty"), key.Read("properties.keySize"), key.Read("properties.curveName"), key.Read("properties.keyOps"));

    /// <summary>Whether it may be used for something that is not among some names.</summary>
    public bool HasOtherThan(ImmutableArray<string> operations) =>
        Operations.Value is ListValue list
        && list.Items.Any(item => item.Unwrapped is StringValue text && !operations.Contains(text.Value, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether it may be used for something by name; null where not all it may be used for is known.</summary>
    public bool? Has(string operation)
    {
        if (Operations.State == PropertyState.Missing)
        {
            return false;
        }

        if (Operations.Value is not ListValue list)
        {
            return null;
        }

        var texts = list.Items.Select(item => (item.Unwrapped as StringValue)?.Value).ToList();
        return texts.Contains(operation, StringComparer.OrdinalIgnoreCase) ? true : texts.Contains(null) ? null : false;
    }
}
