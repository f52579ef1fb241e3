using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.SupplyChain;

/// <summary>A map among the values of a chart.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">The name that it, or the list that it is in, stands under.</param>
/// <param name="Map">The map.</param>
internal sealed record ChartValues(PropertyPath Path, string Name, MapValue Map)
{
    /// <summary>A map and all maps below it.</summary>
    public static IEnumerable<ChartValues> In(PropertyValue value, PropertyPath at, string name) => value.Unwrapped switch
    {
        MapValue map => [new(at, name, map), .. map.Entries.SelectMany(entry => In(entry.Value, at.Then(entry.Key), entry.Key))],
        ListValue list => list.Items.SelectMany((item, index) => In(item, at.Then(index), name)),
        _ => [],
    };

    /// <summary>The text under a name; null where there is none that is known.</summary>
    public string? Text(string name) => (Map[name]?.Unwrapped as StringValue)?.Value;
}
