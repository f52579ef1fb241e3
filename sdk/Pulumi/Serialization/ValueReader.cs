using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Protocol.Properties;

namespace Pulumi.Serialization;

/// <summary>Turns property values into objects of one type.</summary>
internal abstract class ValueReader
{
    /// <summary>What stands for null.</summary>
    public virtual object? Nothing => null;

    /// <summary>Reads a value that is neither null nor unknown nor wrapped.</summary>
    public abstract object? Read(PropertyValue value, ReadContext context);

    protected object? Misfit(PropertyValue value, ReadContext context, string expected)
    {
        context.Report(value, expected);
        return Nothing;
    }
}

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

/// <summary>Lists.</summary>
internal sealed class ListReader<T> : ValueReader
{
    public override object? Nothing => default(ImmutableArray<T>);

    public override object? Read(PropertyValue value, ReadContext context)
    {
        if (value is not ListValue list)
        {
            return Misfit(value, context, "a list");
        }

        var items = ImmutableArray.CreateBuilder<T>(list.Items.Length);
        for (var index = 0; index < list.Items.Length; index++)
        {
            items.Add((T)context.ReadAt($"[{index}]", typeof(T), list.Items[index])!);
        }

        return items.MoveToImmutable();
    }
}

/// <summary>Maps. Names that begin with two underscores are the engine's own.</summary>
internal sealed class MapReader<T> : ValueReader
{
    public override object? Read(PropertyValue value, ReadContext context)
    {
        if (value is not MapValue map)
        {
            return Misfit(value, context, "an object");
        }

        var entries = ImmutableDictionary.CreateBuilder<string, T>();
        foreach (var (name, entry) in map.Entries)
        {
            if (!name.StartsWith("__", StringComparison.Ordinal))
            {
                entries[name] = (T)context.ReadAt(name, typeof(T), entry)!;
            }
        }

        return entries.ToImmutable();
    }
}

/// <summary>Outputs within structured outputs.</summary>
internal sealed class OutputReader<T> : ValueReader
{
    public override object? Nothing => Output.Default<T>();

    public override object? Read(PropertyValue value, ReadContext context) => Output.Create((T)context.Read(typeof(T), value)!);
}

/// <summary>Assets and archives.</summary>
internal sealed class AssetReader(Type type) : ValueReader
{
    public override object? Read(PropertyValue value, ReadContext context) =>
        Convert(value) is { } asset && type.IsInstanceOfType(asset) ? asset : Misfit(value, context, "an asset or archive");

    public static AssetOrArchive? Convert(PropertyValue value) => value switch
    {
        AssetValue { Source: AssetSource.Text } asset => new StringAsset(asset.Content),
        AssetValue { Source: AssetSource.Path } asset => new FileAsset(asset.Content),
        AssetValue { Source: AssetSource.Uri } asset => new RemoteAsset(asset.Content),
        ArchiveValue { Source: AssetSource.Path } archive => new FileArchive(archive.Content),
        ArchiveValue { Source: AssetSource.Uri } archive => new RemoteArchive(archive.Content),
        ArchiveValue { Source: AssetSource.Assets } archive => new AssetArchive(archive.Assets
            .Select(part => (part.Key, Asset: Convert(part.Value.Unwrapped)))
            .Where(part => part.Asset is not null)
            .ToDictionary(part => part.Key, part => part.Asset!)),
        _ => null,
    };
}

/// <summary>References to resources.</summary>
internal sealed class ResourceReader(Type type) : ValueReader
{
    public override object? Read(PropertyValue value, ReadContext context) =>
        value is ResourceReferenceValue reference
        && context.Resolve(reference, type) is { } resource
        && type.IsInstanceOfType(resource)
            ? resource
            : Misfit(value, context, $"a resource of type {type.Name}");
}

/// <summary>Any JSON.</summary>
internal sealed class JsonElementReader : ValueReader
{
    public override object? Nothing { get; } = JsonDocument.Parse("null").RootElement;

    public override object? Read(PropertyValue value, ReadContext context)
    {
        using var document = JsonDocument.Parse(PlainJson.Write(value), new JsonDocumentOptions { MaxDepth = PlainJson.MaxDepth });
        return document.RootElement.Clone();
    }
}

/// <summary>Whatever the value is: strings, booleans, doubles, immutable lists and maps, assets, resources.</summary>
internal sealed class AnyReader : ValueReader
{
    public override object? Read(PropertyValue value, ReadContext context) => value switch
    {
        BoolValue boolean => boolean.Value,
        NumberValue number => number.Value,
        StringValue text => text.Value,
        ListValue => context.Read(typeof(ImmutableArray<object?>), value),
        MapValue => context.Read(typeof(ImmutableDictionary<string, object?>), value),
        AssetValue or ArchiveValue => AssetReader.Convert(value),
        ResourceReferenceValue reference => context.Resolve(reference, typeof(Resource)),
        _ => Misfit(value, context, "a value"),
    };
}
