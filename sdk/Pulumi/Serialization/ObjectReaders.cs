using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace Pulumi.Serialization;

/// <summary>Classes marked <see cref="OutputTypeAttribute"/>.</summary>
internal sealed class OutputTypeReader(OutputTypeShape shape) : ValueReader
{
    public override object? Read(PropertyValue value, ReadContext context)
    {
        if (value is not MapValue map)
        {
            return Misfit(value, context, "an object");
        }

        var arguments = new object?[shape.Parts.Length];
        for (var index = 0; index < arguments.Length; index++)
        {
            var part = shape.Parts[index];
            arguments[index] = context.ReadAt(part.Name, part.Type, map[part.Name] ?? PropertyValue.Null);
        }

        return shape.Constructor.Invoke(arguments);
    }
}

/// <summary>Interfaces whose implementation a discriminator property chooses.</summary>
internal sealed class DiscriminatedReader(string discriminator, ImmutableDictionary<string, Type> cases) : ValueReader
{
    public override object? Read(PropertyValue value, ReadContext context) =>
        value is MapValue map
        && map[discriminator]?.Unwrapped is StringValue tag
        && cases.TryGetValue(tag.Value, out var type)
            ? context.Read(type, value)
            : Misfit(value, context, $"an object whose '{discriminator}' is one of '{string.Join("', '", cases.Keys.Order(StringComparer.Ordinal))}'");
}

/// <summary>Unions: the first type that fits.</summary>
internal sealed class UnionReader<T0, T1> : ValueReader
{
    public override object? Nothing => default(Union<T0, T1>);

    public override object? Read(PropertyValue value, ReadContext context)
    {
        if (context.TryRead(typeof(T0), value, out var first))
        {
            return Union<T0, T1>.FromT0((T0)first!);
        }

        return context.TryRead(typeof(T1), value, out var second)
            ? Union<T0, T1>.FromT1((T1)second!)
            : Misfit(value, context, $"a {typeof(T0).Name} or a {typeof(T1).Name}");
    }
}
