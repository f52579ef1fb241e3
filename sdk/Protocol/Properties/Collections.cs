using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CantonInfra.Protocol.Properties;

/// <summary>An ordered list.</summary>
public sealed record ListValue : PropertyValue
{
    /// <summary>A list of these items.</summary>
    public ListValue(ImmutableArray<PropertyValue> items)
    {
        Items = items.IsDefault ? [] : items;
        ContainsUnknowns = Items.Any(item => item.ContainsUnknowns);
        ContainsSecrets = Items.Any(item => item.ContainsSecrets);
    }

    /// <summary>The items.</summary>
    public ImmutableArray<PropertyValue> Items { get; }

    /// <inheritdoc/>
    public override bool ContainsUnknowns { get; }

    /// <inheritdoc/>
    public override bool ContainsSecrets { get; }

    /// <inheritdoc/>
    public bool Equals(ListValue? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}

/// <summary>A map from property names to values, in ordinal order of the names. The inputs of a resource are one.</summary>
public sealed record MapValue : PropertyValue
{
    /// <summary>A map of these entries.</summary>
    public MapValue(ImmutableSortedDictionary<string, PropertyValue> entries)
    {
        Entries = entries.KeyComparer == StringComparer.Ordinal ? entries : entries.WithComparers(StringComparer.Ordinal);
        foreach (var (_, value) in Entries)
        {
            ContainsUnknowns |= value.ContainsUnknowns;
            ContainsSecrets |= value.ContainsSecrets;
        }
    }

    /// <summary>A map of these entries; a later one wins over an earlier one of the same name.</summary>
    public MapValue(IEnumerable<KeyValuePair<string, PropertyValue>> entries)
        : this(Sorted(entries))
    {
    }

    /// <summary>The map without entries.</summary>
    public static MapValue Empty { get; } = new(ImmutableSortedDictionary.Create<string, PropertyValue>(StringComparer.Ordinal));

    /// <summary>The entries by name.</summary>
    public ImmutableSortedDictionary<string, PropertyValue> Entries { get; }

    /// <inheritdoc/>
    public override bool ContainsUnknowns { get; }

    /// <inheritdoc/>
    public override bool ContainsSecrets { get; }

    /// <summary>The value of that name, or null where there is none.</summary>
    public PropertyValue? this[string name] => Entries.GetValueOrDefault(name);

    /// <summary>Gets the value of that name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out PropertyValue? value) => Entries.TryGetValue(name, out value);

    /// <summary>This map with that entry set.</summary>
    public MapValue With(string name, PropertyValue value) => new(Entries.SetItem(name, value));

    /// <summary>This map without that entry.</summary>
    public MapValue Without(string name) => Entries.ContainsKey(name) ? new(Entries.Remove(name)) : this;

    /// <inheritdoc/>
    public bool Equals(MapValue? other) =>
        other is not null && Entries.Count == other.Entries.Count && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in Entries)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    private static ImmutableSortedDictionary<string, PropertyValue> Sorted(IEnumerable<KeyValuePair<string, PropertyValue>> entries)
    {
        var builder = ImmutableSortedDictionary.CreateBuilder<string, PropertyValue>(StringComparer.Ordinal);
        foreach (var (name, value) in entries)
        {
            builder[name] = value;
        }

        return builder.ToImmutable();
    }
}
