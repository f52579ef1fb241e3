using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Protocol.Properties;

/// <summary>Properties on the wire that do not follow the protocol.</summary>
/// <param name="message">Says what is wrong and at which path.</param>
public sealed class MalformedPropertyException(string message) : Exception(message);

/// <summary>Turns the protocol's structs into property values.</summary>
public static class PropertyDecoding
{
    /// <summary>Decodes the properties of a resource; null counts as none.</summary>
    /// <exception cref="MalformedPropertyException">A special value lacks a part or has an unknown signature.</exception>
    public static MapValue Decode(Struct? properties) =>
        properties is null ? MapValue.Empty : NamingPlaces(properties, (map, path) => DecodeMap(map, path));

    /// <summary>Decodes one value.</summary>
    /// <exception cref="MalformedPropertyException">A special value lacks a part or has an unknown signature.</exception>
    public static PropertyValue Decode(Value value) => NamingPlaces(value, (each, path) => Decode(each, path));

    // Paths are for messages only, and to make them would be half of the work: they are made when there is something to tell.
    private static TResult NamingPlaces<T, TResult>(T value, Func<T, string?, TResult> decode)
    {
        try
        {
            return decode(value, null);
        }
        catch (MalformedPropertyException)
        {
            return decode(value, "");
        }
    }

    private static PropertyValue Decode(Value value, string? path) => value.KindCase switch
    {
        Value.KindOneofCase.None or Value.KindOneofCase.NullValue => PropertyValue.Null,
        Value.KindOneofCase.BoolValue => PropertyValue.Of(value.BoolValue),
        Value.KindOneofCase.NumberValue => PropertyValue.Of(value.NumberValue),
        Value.KindOneofCase.StringValue when Signatures.IsUnknown(value.StringValue) => PropertyValue.Unknown,
        Value.KindOneofCase.StringValue => PropertyValue.Of(value.StringValue),
        Value.KindOneofCase.ListValue => DecodeList(value.ListValue.Values, path),
        Value.KindOneofCase.StructValue => DecodeStruct(value.StructValue, path),
        _ => throw Malformed(path, $"has the kind {value.KindCase}, which the protocol does not have"),
    };

    private static ListValue DecodeList(RepeatedField<Value> values, string? path)
    {
        var items = ImmutableArray.CreateBuilder<PropertyValue>(values.Count);
        for (var index = 0; index < values.Count; index++)
        {
            items.Add(Decode(values[index], path is null ? null : $"{path}[{index}]"));
        }

        return new ListValue(items.MoveToImmutable());
    }

    private static MapValue DecodeMap(Struct map, string? path) =>
        new(map.Fields.Select(field => KeyValuePair.Create(field.Key, Decode(field.Value, Join(path, field.Key)))));

    private static PropertyValue DecodeStruct(Struct map, string? path)
    {
        if (!map.Fields.TryGetValue(Signatures.Key, out var signature))
        {
            return DecodeMap(map, path);
        }

        return signature.StringValue switch
        {
            Signatures.Secret => new SecretValue(Decode(Required(map, "value", path), path)),
            Signatures.ResourceReference => DecodeReference(map, path),
            Signatures.OutputValue => DecodeOutput(map, path),
            Signatures.Asset => DecodeAsset(map, path),
            Signatures.Archive => DecodeArchive(map, path),
            var other => throw Malformed(path, $"has the signature '{other}', which this version does not know"),
        };
    }

    private static ResourceReferenceValue DecodeReference(Struct map, string? path)
    {
        var urn = Required(map, "urn", path).StringValue;
        string? id = null;
        if (map.Fields.TryGetValue("id", out var idValue))
        {
            // SDKs differ: an unknown id is empty, null or the unknown mark.
            id = Signatures.IsUnknown(idValue.StringValue) ? "" : idValue.StringValue;
        }

        return new ResourceReferenceValue(urn, id, Text(map, "packageVersion"));
    }

    private static OutputValue DecodeOutput(Struct map, string? path)
    {
        var element = map.Fields.TryGetValue("value", out var value) ? Decode(value, path) : null;
        var secret = map.Fields.TryGetValue("secret", out var flag) && flag.BoolValue;
        var dependencies = map.Fields.TryGetValue("dependencies", out var urns)
            ? urns.ListValue?.Values.Select(urn => urn.StringValue).ToImmutableArray() ?? []
            : [];
        return new OutputValue(element, secret, dependencies);
    }

    private static AssetValue DecodeAsset(Struct map, string? path)
    {
        var hash = Text(map, "hash");
        return ContentOf(map, "text", "path", "uri") switch
        {
            ("text", var content) => new AssetValue(AssetSource.Text, content, hash),
            ("path", var content) => new AssetValue(AssetSource.Path, content, hash),
            ("uri", var content) => new AssetValue(AssetSource.Uri, content, hash),
            _ when hash.Length > 0 => new AssetValue(AssetSource.HashOnly, "", hash),
            _ => throw Malformed(path, "is an asset without text, path, uri or hash"),
        };
    }

    private static ArchiveValue DecodeArchive(Struct map, string? path)
    {
        var hash = Text(map, "hash");
        if (map.Fields.TryGetValue("assets", out var assets) && assets.StructValue is not null)
        {
            return new ArchiveValue(DecodeMap(assets.StructValue, path).Entries, hash);
        }

        return ContentOf(map, "path", "uri") switch
        {
            ("path", var content) => new ArchiveValue(AssetSource.Path, content, hash),
            ("uri", var content) => new ArchiveValue(AssetSource.Uri, content, hash),
            _ when hash.Length > 0 => new ArchiveValue(AssetSource.HashOnly, "", hash),
            _ => throw Malformed(path, "is an archive without assets, path, uri or hash"),
        };
    }

    // Null and absent mean the same here; Node sends absent parts of an asset as null at times.
    private static (string Key, string Content)? ContentOf(Struct map, params string[] keys)
    {
        foreach (var key in keys)
        {
            if (map.Fields.TryGetValue(key, out var value) && value.KindCase == Value.KindOneofCase.StringValue)
            {
                return (key, value.StringValue);
            }
        }

        return null;
    }

    private static string Text(Struct map, string key) =>
        map.Fields.TryGetValue(key, out var value) ? value.StringValue : "";

    private static Value Required(Struct map, string key, string? path) =>
        map.Fields.TryGetValue(key, out var value) ? value : throw Malformed(path, $"is a special value without '{key}'");

    private static string? Join(string? path, string key) => path is null ? null : path.Length == 0 ? key : $"{path}.{key}";

    private static MalformedPropertyException Malformed(string? path, string what) =>
        new($"The property '{(string.IsNullOrEmpty(path) ? "(root)" : path)}' {what}.");
}
