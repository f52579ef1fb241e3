using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk;

/// <summary>
/// Something that a policy configuration can set for a rule. Declared once, it is the JSON schema that engines hold
/// configurations against, and the typed way to read the value: see <see cref="StackContext.Get{T}"/>.
/// </summary>
public abstract record PolicySetting
{
    private protected PolicySetting(string name, string description, MapValue schema, string expected)
    {
        Name = name;
        Description = description;
        TypeSchema = schema;
        Expected = expected;
    }

    /// <summary>The name in the configuration.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public string Description { get; }

    /// <summary>Whether its value is a secret, however it arrives; <c>writeOnly</c> in the schema.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether a configuration must have it, for it has no default.</summary>
    public bool IsRequired => DefaultValue is null;

    internal abstract PropertyValue? DefaultValue { get; }

    /// <summary>What a value must be, for messages: 'a text'.</summary>
    internal string Expected { get; }

    /// <summary>The JSON schema.</summary>
    internal MapValue Schema
    {
        get
        {
            var schema = TypeSchema.With("description", Description);
            return IsSecret ? schema.With("writeOnly", true) : DefaultValue is { } value ? schema.With("default", value) : schema;
        }
    }

    private MapValue TypeSchema { get; }

    /// <summary>A text.</summary>
    /// <param name="name">The name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="byDefault">The value where none is given; without one, it must be given.</param>
    /// <param name="allowed">The only texts allowed; all where none is named.</param>
    public static PolicySetting<string> Text(string name, string description, string? byDefault = null, params ImmutableArray<string> allowed)
    {
        var schema = MapValue.Empty.With("type", "string");
        return new(
            name,
            description,
            allowed.IsEmpty ? schema : schema.With("enum", PropertyValue.Of(allowed.Select(PropertyValue.Of))),
            allowed.IsEmpty ? "a text" : $"one of {string.Join(", ", allowed)}",
            value => value is StringValue text && (allowed.IsEmpty || allowed.Contains(text.Value)) ? (true, text.Value) : default,
            byDefault is null ? null : PropertyValue.Of(byDefault));
    }

    /// <summary>A number.</summary>
    /// <inheritdoc cref="Text"/>
    public static PolicySetting<double> Number(
        string name, string description, double? byDefault = null, double least = double.MinValue, double most = double.MaxValue)
    {
        var schema = MapValue.Empty.With("type", "number");
        schema = least > double.MinValue ? schema.With("minimum", least) : schema;
        schema = most < double.MaxValue ? schema.With("maximum", most) : schema;
        return new(
            name,
            description,
            schema,
            FormattableString.Invariant($"a number{(least > double.MinValue ? $" from {least}" : "")}{(most < double.MaxValue ? $" up to {most}" : "")}"),
            value => value is NumberValue number && number.Value >= least && number.Value <= most ? (true, number.Value) : default,
            byDefault is { } given ? PropertyValue.Of(given) : null);
    }

    /// <summary>True or false.</summary>
    /// <inheritdoc cref="Text"/>
    public static PolicySetting<bool> Flag(string name, string description, bool? byDefault = null) => new(
        name,
        description,
        MapValue.Empty.With("type", "boolean"),
        "true or false",
        value => value is BoolValue flag ? (true, flag.Value) : default,
        byDefault is { } given ? PropertyValue.Of(given) : null);

    /// <summary>A list of texts.</summary>
    /// <inheritdoc cref="Text"/>
    public static PolicySetting<ImmutableArray<string>> Texts(string name, string description, ImmutableArray<string>? byDefault = null) => new(
        name,
        description,
        MapValue.Empty.With("type", "array").With("items", MapValue.Empty.With("type", "string")),
        "a list of texts",
        value => value is ListValue list && list.Items.All(item => item.Unwrapped is StringValue)
            ? (true, [.. list.Items.Select(item => ((StringValue)item.Unwrapped).Value)])
            : default,
        byDefault is { } given ? PropertyValue.Of(given.Select(PropertyValue.Of)) : null);

    internal abstract bool Accepts(PropertyValue value);
}

/// <summary>A setting with values of one type.</summary>
/// <typeparam name="T">The values' type.</typeparam>
public sealed record PolicySetting<T> : PolicySetting
{
    private readonly Func<PropertyValue, (bool IsOne, T Value)> _read;

    internal PolicySetting(
        string name,
        string description,
        MapValue schema,
        string expected,
        Func<PropertyValue, (bool IsOne, T Value)> read,
        PropertyValue? byDefault)
        : base(name, description, schema, expected)
    {
        _read = read;
        DefaultValue = byDefault;
    }

    internal override PropertyValue? DefaultValue { get; }

    internal override bool Accepts(PropertyValue value) => _read(value.Unwrapped).IsOne;

    internal T Read(MapValue settings) => (settings[Name] ?? DefaultValue) is { } value && _read(value.Unwrapped) is { IsOne: true } read
        ? read.Value
        : throw new PolicyConfigurationException($"The setting '{Name}' is not configured; it must be {Expected}.");
}
