namespace CantonInfra.Protocol.Properties;

/// <summary>Null.</summary>
public sealed record NullValue : PropertyValue
{
    internal NullValue()
    {
    }

    /// <inheritdoc/>
    public override bool ContainsUnknowns => false;

    /// <inheritdoc/>
    public override bool ContainsSecrets => false;
}

/// <summary>Not known yet.</summary>
public sealed record UnknownValue : PropertyValue
{
    internal UnknownValue()
    {
    }

    /// <inheritdoc/>
    public override bool ContainsUnknowns => true;

    /// <inheritdoc/>
    public override bool ContainsSecrets => false;
}

/// <summary>A boolean.</summary>
public sealed record BoolValue : PropertyValue
{
    private BoolValue(bool value) => Value = value;

    /// <summary>The value.</summary>
    public bool Value { get; }

    internal static BoolValue True { get; } = new(true);

    internal static BoolValue False { get; } = new(false);

    /// <inheritdoc/>
    public override bool ContainsUnknowns => false;

    /// <inheritdoc/>
    public override bool ContainsSecrets => false;
}

/// <summary>A number, always a double on the wire.</summary>
/// <param name="Value">The number.</param>
public sealed record NumberValue(double Value) : PropertyValue
{
    /// <inheritdoc/>
    public override bool ContainsUnknowns => false;

    /// <inheritdoc/>
    public override bool ContainsSecrets => false;
}

/// <summary>A string.</summary>
/// <param name="Value">The text.</param>
public sealed record StringValue(string Value) : PropertyValue
{
    /// <inheritdoc/>
    public override bool ContainsUnknowns => false;

    /// <inheritdoc/>
    public override bool ContainsSecrets => false;
}
