using CantonInfra.Protocol.Properties;

namespace CantonInfra.ProviderSdk;

/// <summary>Values without the marks of secrets and outputs, at every depth: for comparing and for use, never for showing.</summary>
public static class PlainValue
{
    /// <summary>The value without marks.</summary>
    public static PropertyValue Of(PropertyValue value) => value.Unwrapped switch
    {
        ListValue list => new ListValue([.. list.Items.Select(Of)]),
        MapValue map => OfMap(map),
        var other => other,
    };

    /// <summary>The map without marks.</summary>
    public static MapValue OfMap(MapValue map) =>
        new(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value))));
}
