namespace CantonInfra.Protocol.Properties;

/// <summary>One step of a <see cref="PropertyPath"/>: a key of a map, an index of a list, or every part of either.</summary>
public readonly record struct PropertyPathElement
{
    private PropertyPathElement(string? key, int? index)
    {
        Key = key;
        Index = index;
    }

    /// <summary>Every value of a map or list.</summary>
    public static PropertyPathElement Wildcard { get; }

    /// <summary>The key of a map; null for the other kinds.</summary>
    public string? Key { get; }

    /// <summary>The index of a list; null for the other kinds.</summary>
    public int? Index { get; }

    /// <summary>Whether this stands for every value.</summary>
    public bool IsWildcard => Key is null && Index is null;

    /// <summary>The value of that key.</summary>
    public static PropertyPathElement Of(string key) => new(key, null);

    /// <summary>The value at that index.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static PropertyPathElement Of(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(null, index);
    }
}
