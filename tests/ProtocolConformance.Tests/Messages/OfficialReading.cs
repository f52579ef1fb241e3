using System.Collections;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.ProtocolConformance.Tests.Messages;

/// <summary>Compares a message with what the official class read from its bytes.</summary>
internal static class OfficialReading
{
    /// <summary>One line for each field that the official class reads as something else.</summary>
    public static IEnumerable<string> Differences(IMessage message, JsonObject official)
    {
        var found = official.ToDictionary(entry => entry.Key.ToUpperInvariant(), entry => entry.Value);
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder().Where(field => IsSet(message, field)))
        {
            var suffix = field.IsMap ? "Map" : field.IsRepeated ? "List" : "";
            var name = (field.Name.Replace("_", "", StringComparison.Ordinal) + suffix).ToUpperInvariant();

            // A name that JavaScript reserves has a prefix there.
            if (!found.TryGetValue(name, out var value) && !found.TryGetValue("PB_" + name, out value))
            {
                yield return $"{field.FullName} is not official";
                continue;
            }

            foreach (var difference in Differences(field, field.Accessor.GetValue(message), value))
            {
                yield return difference;
            }
        }
    }

    private static bool IsSet(IMessage message, FieldDescriptor field) =>
        field.IsMap || field.IsRepeated
            ? ((ICollection)field.Accessor.GetValue(message)).Count > 0
            : !field.HasPresence || field.Accessor.HasValue(message);

    private static IEnumerable<string> Differences(FieldDescriptor field, object value, JsonNode? official)
    {
        if (field.IsMap)
        {
            var entries = ((IDictionary)value).GetEnumerator();
            entries.MoveNext();
            var entry = entries.Entry;
            var pair = official as JsonArray is { Count: 1 } pairs ? pairs[0]!.AsArray() : null;
            // The bytes in a map have no text form there; that they return unchanged is compared apart.
            if (pair is not null && entry.Value is ByteString)
            {
                return [];
            }

            return pair is null || (string?)pair[0] != (string)entry.Key
                ? [$"{field.FullName} is read as {official?.ToJsonString()}"]
                : Single(field.MessageType.FindFieldByName("value"), entry.Value!, pair[1]);
        }

        if (field.IsRepeated)
        {
            return official is JsonArray { Count: 2 } items
                ? Single(field, ((IList)value)[0]!, items[0])
                : [$"{field.FullName} is read as {official?.ToJsonString()}"];
        }

        return Single(field, value, official);
    }

    private static IEnumerable<string> Single(FieldDescriptor field, object value, JsonNode? official)
    {
        // The official reading of well-known types has a form of its own; that they return unchanged is compared apart.
        if (value is Struct or Value or Any or Empty)
        {
            return official is JsonObject ? [] : [$"{field.FullName} is read as {official?.ToJsonString() ?? "nothing"}"];
        }

        if (value is IMessage message)
        {
            return official is JsonObject read ? Differences(message, read) : [$"{field.FullName} is read as {official?.ToJsonString() ?? "nothing"}"];
        }

        var expected = value switch
        {
            ByteString bytes => JsonValue.Create(bytes.ToBase64()),
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            double number => JsonValue.Create(number),
            _ => JsonValue.Create(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
        };
        return JsonNode.DeepEquals(expected, official) ? [] : [$"{field.FullName} is read as {official?.ToJsonString()}, not {expected.ToJsonString()}"];
    }
}
