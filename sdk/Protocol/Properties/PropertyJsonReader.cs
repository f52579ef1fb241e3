using System.Text.Json;

namespace CantonInfra.Protocol.Properties;

/// <summary>
/// Reads the JSON that <see cref="PropertyJson"/> writes. The marks become an unknown, and a secret whose value is unknown;
/// assets and references stay maps with their mark as the key.
/// </summary>
public static class PropertyJsonReader
{
    /// <summary>Reads a value.</summary>
    public static PropertyValue Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => PropertyValue.Of(true),
        JsonValueKind.False => PropertyValue.Of(false),
        JsonValueKind.Number => PropertyValue.Of(element.GetDouble()),
        JsonValueKind.String => ReadText(element.GetString()!),
        JsonValueKind.Array => new ListValue([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.Object => new MapValue(
            element.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Read(property.Value)))),
        _ => PropertyValue.Null,
    };

    private static PropertyValue ReadText(string text) => text switch
    {
        PropertyJson.SecretMark => PropertyValue.Secret(PropertyValue.Unknown),
        PropertyJson.UnknownMark => PropertyValue.Unknown,
        _ => PropertyValue.Of(text),
    };
}
