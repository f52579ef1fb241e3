using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CantonInfra.Protocol.Properties;

namespace Pulumi.Serialization;

/// <summary>Property values as JSON that holds their values, secrets included; never for messages.</summary>
internal static class PlainJson
{
    public const int MaxDepth = 1000;

    public static ReadOnlyMemory<byte> Write(PropertyValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth }))
        {
            Write(writer, value);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The properties of a JSON value.</summary>
    public static PropertyValue Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => PropertyValue.Of(element.GetString()!),
        JsonValueKind.Number => PropertyValue.Of(element.GetDouble()),
        JsonValueKind.True => PropertyValue.Of(true),
        JsonValueKind.False => PropertyValue.Of(false),
        JsonValueKind.Array => new ListValue([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.Object => new MapValue(element.EnumerateObject()
            .Where(property => property.Value.ValueKind != JsonValueKind.Null)
            .Select(property => KeyValuePair.Create(property.Name, Read(property.Value)))),
        _ => PropertyValue.Null,
    };

    private static void Write(Utf8JsonWriter writer, PropertyValue value)
    {
        switch (value.Unwrapped)
        {
            case BoolValue boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            case NumberValue number:
                writer.WriteNumberValue(number.Value);
                break;
            case StringValue text:
                writer.WriteStringValue(text.Value);
                break;
            case ResourceReferenceValue reference:
                writer.WriteStringValue(string.IsNullOrEmpty(reference.Id) ? reference.Urn : reference.Id);
                break;
            case ListValue list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case MapValue map:
                writer.WriteStartObject();
                foreach (var (name, item) in map.Entries)
                {
                    writer.WritePropertyName(name);
                    Write(writer, item);
                }

                writer.WriteEndObject();
                break;
            case AssetValue or ArchiveValue:
                throw new RunException("An asset or archive cannot be part of an input that is sent as JSON text.");
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
