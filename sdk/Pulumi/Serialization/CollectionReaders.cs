using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace Pulumi.Serialization;

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
