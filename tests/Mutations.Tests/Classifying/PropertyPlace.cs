using CantonInfra.Protocol.Properties;

namespace CantonInfra.Mutations.Tests.Classifying;

/// <summary>A value of a resource and where it is.</summary>
/// <param name="Path">The concrete path.</param>
/// <param name="Value">The value, with its marks.</param>
/// <param name="IsSecret">Whether it, or what it is a part of, is marked secret.</param>
internal sealed record PropertyPlace(PropertyPath Path, PropertyValue Value, bool IsSecret)
{
    /// <summary>The whole.</summary>
    public static PropertyPlace Root { get; } = new(PropertyPath.Root, MapValue.Empty, IsSecret: false);

    /// <summary>Whether nothing is below it: no map or list, an empty one, or something unknown.</summary>
    public bool IsLeaf => Value.Unwrapped is not (MapValue { Entries.Count: > 0 } or ListValue { Items.Length: > 0 });

    /// <summary>The path with a wildcard for each index, as the classification has it.</summary>
    public string Pattern => new PropertyPath([
        .. Path.Elements.Select(element => element.Index is null ? element : PropertyPathElement.Wildcard)]).ToString();

    /// <summary>All values of a resource, parents before what is below them; the root is none. The engine's own names are left out.</summary>
    public static IEnumerable<PropertyPlace> Of(MapValue properties) => properties.Entries
        .Where(entry => !entry.Key.StartsWith("__", StringComparison.Ordinal))
        .SelectMany(entry => Walk(entry.Value, PropertyPath.Root.Then(entry.Key), isSecret: properties.IsSecret));

    private static IEnumerable<PropertyPlace> Walk(PropertyValue value, PropertyPath path, bool isSecret)
    {
        isSecret |= value.IsSecret;
        yield return new PropertyPlace(path, value, isSecret);
        var children = value.Unwrapped switch
        {
            MapValue map => map.Entries.SelectMany(entry => Walk(entry.Value, path.Then(entry.Key), isSecret)),
            ListValue list => list.Items.SelectMany((item, index) => Walk(item, path.Then(index), isSecret)),
            _ => [],
        };
        foreach (var child in children)
        {
            yield return child;
        }
    }
}
