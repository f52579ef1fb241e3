using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Reachability.Reading;

/// <summary>Objects of Kubernetes out of properties: null is as good as missing, and what is of another kind is not known.</summary>
internal static class ObjectReading
{
    /// <summary>The value below a key, without marks; null where it is missing.</summary>
    public static PropertyValue? At(this PropertyValue? value, string key) =>
        (value?.Unwrapped as MapValue)?[key]?.Unwrapped is { } found and not NullValue ? found : value?.Unwrapped is UnknownValue ? PropertyValue.Unknown : null;

    /// <summary>The value at a path of keys.</summary>
    public static PropertyValue? At(this PropertyValue? value, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            value = value.At(key);
        }

        return value;
    }

    /// <summary>A text; null where it is missing or not known.</summary>
    public static string? Text(this PropertyValue? value) => (value?.Unwrapped as StringValue)?.Value;

    /// <summary>A number; null where it is missing or not known.</summary>
    public static int? Number(this PropertyValue? value) => value?.Unwrapped is NumberValue { Value: var number } ? (int)number : null;

    /// <summary>The items of a list; empty where it is missing, null where it is not known.</summary>
    public static ImmutableArray<PropertyValue>? Items(this PropertyValue? value) => value?.Unwrapped switch
    {
        null => [],
        ListValue { Items: var items } => items,
        _ => null,
    };

    /// <summary>Labels out of a map; all that is not known stays open.</summary>
    public static LabelSet Labels(this PropertyValue? value) => value?.Unwrapped switch
    {
        null => LabelSet.Empty,
        MapValue map => new LabelSet(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Text())), isComplete: true),
        _ => LabelSet.Unknown,
    };

    /// <summary>A flag; the fallback where it is missing, null where it is not known.</summary>
    public static bool? Flag(this PropertyValue? value, bool fallback) => value?.Unwrapped switch
    {
        null => fallback,
        BoolValue flag => flag.Value,
        _ => null,
    };
}
