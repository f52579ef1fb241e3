using System.Text;
using System.Text.Json;
using CantonInfra.Protocol.Properties;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Engine.Projects;

/// <summary>A configuration value as Pulumi hands it to programs: a scalar's own text, or JSON of a structured value.</summary>
/// <param name="Text">The text; null for a secret scalar that cannot be decrypted.</param>
/// <param name="IsSecret">Whether a part of it is secret.</param>
internal sealed record ConfigText(string? Text, bool IsSecret)
{
    private const string Secure = "secure";

    /// <summary>Reads a value.</summary>
    /// <param name="node">The value's node.</param>
    /// <param name="decrypt">Gives the clear text of a <c>secure:</c> value, or null where it cannot.</param>
    public static ConfigText Of(YamlNode node, Func<string, string?> decrypt)
    {
        if (node is YamlScalarNode scalar)
        {
            return new ConfigText(scalar.Value ?? "", IsSecret: false);
        }

        if (SecureText(node) is { } secure)
        {
            return new ConfigText(decrypt(secure), IsSecret: true);
        }

        using var buffer = new MemoryStream();
        bool isSecret;
        using (var writer = new Utf8JsonWriter(buffer))
        {
            isSecret = Write(writer, node, decrypt);
        }

        return new ConfigText(Encoding.UTF8.GetString(buffer.ToArray()), isSecret);
    }

    private static string? SecureText(YamlNode node) =>
        node is YamlMappingNode { Children.Count: 1 } map && YamlFile.Find(map, Secure) is YamlScalarNode text ? text.Value : null;

    /// <summary>Writes a node as JSON; a part that cannot be decrypted becomes the mark for an unknown.</summary>
    /// <returns>Whether a part is secret.</returns>
    private static bool Write(Utf8JsonWriter writer, YamlNode node, Func<string, string?> decrypt)
    {
        if (SecureText(node) is { } secure)
        {
            writer.WriteStringValue(decrypt(secure) ?? Signatures.Unknown);
            return true;
        }

        var isSecret = false;
        switch (node)
        {
            case YamlMappingNode map:
                writer.WriteStartObject();
                foreach (var (key, value) in map.Children)
                {
                    writer.WritePropertyName(((YamlScalarNode)key).Value ?? "");
                    isSecret |= Write(writer, value, decrypt);
                }

                writer.WriteEndObject();
                return isSecret;
            case YamlSequenceNode list:
                writer.WriteStartArray();
                foreach (var item in list.Children)
                {
                    isSecret |= Write(writer, item, decrypt);
                }

                writer.WriteEndArray();
                return isSecret;
            default:
                WriteScalar(writer, YamlFile.Typed((YamlScalarNode)node));
                return false;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool boolean:
                writer.WriteBooleanValue(boolean);
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }
}
