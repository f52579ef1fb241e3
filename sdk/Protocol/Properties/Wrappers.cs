using System.Collections.Immutable;

namespace CantonInfra.Protocol.Properties;

/// <summary>A value that must never be shown. It may hold anything, an unknown or another secret included.</summary>
/// <param name="Element">The protected value.</param>
public sealed record SecretValue(PropertyValue Element) : PropertyValue
{
    /// <inheritdoc/>
    public override bool ContainsUnknowns => Element.ContainsUnknowns;

    /// <inheritdoc/>
    public override bool ContainsSecrets => true;
}

/// <summary>A value with what is known of its origin; only where both sides agreed on output values.</summary>
public sealed record OutputValue : PropertyValue
{
    /// <summary>An output with this element, or unknown where it is null.</summary>
    public OutputValue(PropertyValue? element, bool isSecret, ImmutableArray<string> dependencies)
    {
        Element = element;
        IsSecretOutput = isSecret;
        Dependencies = dependencies.IsDefault ? [] : dependencies;
    }

    /// <summary>The value; null means unknown.</summary>
    public PropertyValue? Element { get; }

    /// <summary>Whether the output was marked secret.</summary>
    public bool IsSecretOutput { get; }

    /// <summary>URNs of the resources that the value came from.</summary>
    public ImmutableArray<string> Dependencies { get; }

    /// <inheritdoc/>
    public override bool ContainsUnknowns => Element is null || Element.ContainsUnknowns;

    /// <inheritdoc/>
    public override bool ContainsSecrets => IsSecretOutput || (Element?.ContainsSecrets ?? false);

    /// <inheritdoc/>
    public bool Equals(OutputValue? other) =>
        other is not null
        && Equals(Element, other.Element)
        && IsSecretOutput == other.IsSecretOutput
        && Dependencies.SequenceEqual(other.Dependencies);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Element, IsSecretOutput, Dependencies.Length);
}
