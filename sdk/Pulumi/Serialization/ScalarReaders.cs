using CantonInfra.Protocol.Properties;

namespace Pulumi.Serialization;

/// <summary>Strings, booleans and numbers.</summary>
internal sealed class ScalarReader<T>(string expected, Func<PropertyValue, object?> convert) : ValueReader
{
    public override object? Nothing => default(T);

    public override object? Read(PropertyValue value, ReadContext context) =>
        convert(value) ?? Misfit(value, context, expected);
}

/// <summary>Nullable value types.</summary>
internal sealed class NullableReader(Type inner) : ValueReader
{
    public override object? Read(PropertyValue value, ReadContext context)
    {
        var problems = context.Problems.Count;
        var result = context.Read(inner, value);
        return context.Problems.Count == problems ? result : Nothing;
    }
}

/// <summary>Enumeration structs.</summary>
internal sealed class EnumStructReader(Type type, EnumShape shape) : ValueReader
{
    public override object? Nothing { get; } = Activator.CreateInstance(type);

    public override object? Read(PropertyValue value, ReadContext context) => (value, shape.IsNumber) switch
    {
        (NumberValue number, true) => shape.FromValue(number.Value),
        (StringValue text, false) => shape.FromValue(text.Value),
        _ => Misfit(value, context, shape.IsNumber ? "a number" : "a string"),
    };
}

/// <summary>Enumerations of C#, which travel as numbers.</summary>
internal sealed class EnumReader(Type type) : ValueReader
{
    public override object? Nothing { get; } = Enum.ToObject(type, 0);

    public override object? Read(PropertyValue value, ReadContext context) =>
        value is NumberValue number ? Enum.ToObject(type, (int)number.Value) : Misfit(value, context, "a number");
}
