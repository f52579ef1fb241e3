using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CantonInfra.Protocol.Properties;

/// <summary>Writes property values as JSON for people and reports: secrets and unknowns show as marks, never as values.</summary>
public static class PropertyJson
{
    /// <summary>What stands for a secret.</summary>
    public const string SecretMark = "[secret]";

    /// <summary>What stands for an unknown.</summary>
    public const string UnknownMark = "[unknown]";

    private static readonly JsonWriterOptions TextOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
    };

    /// <summary>The value as one line of JSON.</summary>
    public static string ToText(PropertyValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, TextOptions))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the value at the writer's position.</summary>
    public static void Write(Utf8JsonWriter writer, PropertyValue value)
    {
        switch (value)
        {
            case NullValue:
                writer.WriteNullValue();
                break;
            case BoolValue boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            case NumberValue number when double.IsFinite(number.Value):
                writer.WriteNumberValue(number.Value);
                break;
            case NumberValue number:
                writer.WriteStringValue(number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case StringValue text:
                writer.WriteStringValue(text.Value);
                break;
            case SecretValue or OutputValue { IsSecretOutput: true }:
                writer.WriteStringValue(SecretMark);
                break;
            case UnknownValue or OutputValue { Element: null }:
                writer.WriteStringValue(UnknownMark);
                break;
            case OutputValue output:
                Write(writer, output.Element!);
                break;
            case ListValue list:
                WriteList(writer, list);
                break;
            case MapValue map:
                WriteMap(writer, map.Entries);
                break;
            case AssetValue asset:
                WriteContent(writer, "[asset]", asset.Source, asset.Content, asset.Hash);
                break;
            case ArchiveValue { Source: AssetSource.Assets } archive:
                writer.WriteStartObject();
                writer.WritePropertyName("[archive]");
                WriteMap(writer, archive.Assets);
                writer.WriteEndObject();
                break;
            case ArchiveValue archive:
                WriteContent(writer, "[archive]", archive.Source, archive.Content, archive.Hash);
                break;
            case ResourceReferenceValue reference:
                WriteReference(writer, reference);
                break;
            default:
                throw new InvalidOperationException($"A property value of type {value.GetType().Name} has no JSON form.");
        }
    }

    private static void WriteList(Utf8JsonWriter writer, ListValue list)
    {
        writer.WriteStartArray();
        foreach (var item in list.Items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, PropertyValue>> entries)
    {
        writer.WriteStartObject();
        foreach (var (name, item) in entries)
        {
            writer.WritePropertyName(name);
            Write(writer, item);
        }

        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, string mark, AssetSource source, string content, string hash)
    {
        writer.WriteStartObject();
        writer.WriteStartObject(mark);
        // In ordinal order, as in every other map.
        if (hash.Length > 0)
        {
            writer.WriteString("hash", hash);
        }

        if (source != AssetSource.HashOnly)
        {
            writer.WriteString(source switch { AssetSource.Text => "text", AssetSource.Path => "path", _ => "uri" }, content);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter writer, ResourceReferenceValue reference)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("[resource]");
        if (reference.Id is not null)
        {
            writer.WriteString("id", reference.Id.Length == 0 ? UnknownMark : reference.Id);
        }

        writer.WriteString("urn", reference.Urn);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
