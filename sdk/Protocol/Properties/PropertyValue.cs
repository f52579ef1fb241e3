namespace CantonInfra.Protocol.Properties;

/// <summary>
/// A property of a resource as it travels between programs, engine, policies and providers: the one model of it in this
/// project. Immutable, compared by value, and printed with secrets masked.
/// </summary>
public abstract record PropertyValue
{
    private protected PropertyValue()
    {
    }

    /// <summary>The null value.</summary>
    public static PropertyValue Null { get; } = new NullValue();

    /// <summary>A value that is not known yet, such as an output of a resource that a preview does not create.</summary>
    public static PropertyValue Unknown { get; } = new UnknownValue();

    /// <summary>Whether this value is, or holds at any depth, an unknown.</summary>
    public abstract bool ContainsUnknowns { get; }

    /// <summary>Whether this value is, or holds at any depth, a secret.</summary>
    public abstract bool ContainsSecrets { get; }

    /// <summary>This value without any secret mark or output metadata around it; parts keep theirs.</summary>
    public PropertyValue Unwrapped => this switch
    {
        SecretValue secret => secret.Element.Unwrapped,
        OutputValue output => (output.Element ?? Unknown).Unwrapped,
        _ => this,
    };

    /// <summary>Whether the value itself, not merely a part of it, is marked secret.</summary>
    public bool IsSecret => this switch
    {
        SecretValue => true,
        OutputValue output => output.IsSecretOutput || (output.Element?.IsSecret ?? false),
        _ => false,
    };

    /// <summary>Whether the value itself, below secret marks, is unknown.</summary>
    public bool IsUnknown => Unwrapped is UnknownValue;

    /// <summary>A boolean.</summary>
    public static PropertyValue Of(bool value) => value ? BoolValue.True : BoolValue.False;

    /// <summary>A number; the protocol knows doubles only.</summary>
    public static PropertyValue Of(double value) => new NumberValue(value);

    /// <summary>A string.</summary>
    public static PropertyValue Of(string value) => new StringValue(value);

    /// <summary>A list.</summary>
    public static PropertyValue Of(params IEnumerable<PropertyValue> items) => new ListValue([.. items]);

    /// <summary>The value marked as secret; a value that is a secret already is returned as it is.</summary>
    public static PropertyValue Secret(PropertyValue value) => value is SecretValue ? value : new SecretValue(value);

    /// <summary>The value as masked JSON, fit for messages and logs.</summary>
    public sealed override string ToString() => PropertyJson.ToText(this);

    /// <inheritdoc cref="Of(bool)"/>
    public static implicit operator PropertyValue(bool value) => Of(value);

    /// <inheritdoc cref="Of(double)"/>
    public static implicit operator PropertyValue(double value) => Of(value);

    /// <inheritdoc cref="Of(string)"/>
    public static implicit operator PropertyValue(string value) => Of(value);

}
