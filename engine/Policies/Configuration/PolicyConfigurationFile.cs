using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Engine.Policies.Configuration;

/// <summary>What a policy configuration says of one policy.</summary>
/// <param name="Policy">The policy's id, or <c>all</c>.</param>
/// <param name="Level">The level; null where none is named.</param>
/// <param name="Properties">What is set.</param>
/// <param name="Location">Where the entry is.</param>
/// <param name="Places">Where each property is.</param>
internal sealed record PolicyConfigurationEntry(
    string Policy,
    EnforcementLevel? Level,
    Struct Properties,
    SourceLocation Location,
    ImmutableDictionary<string, SourceLocation> Places);

/// <summary>A policy configuration as the Pulumi CLI takes it with <c>--policy-pack-config</c>: JSON, a level or an object for each policy.</summary>
/// <param name="Path">The file, as the user named it.</param>
/// <param name="Entries">In the file's order.</param>
internal sealed record PolicyConfigurationFile(string Path, ImmutableArray<PolicyConfigurationEntry> Entries)
{
    /// <summary>The entry that stands for all policies that are not named.</summary>
    public const string All = "all";

    private const string LevelKey = "enforcementLevel";
    private const string Environments = "environments";
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly ImmutableSortedDictionary<string, EnforcementLevel> Levels = new Dictionary<string, EnforcementLevel>
    {
        ["advisory"] = EnforcementLevel.Advisory,
        ["disabled"] = EnforcementLevel.Disabled,
        ["mandatory"] = EnforcementLevel.Mandatory,
        ["remediate"] = EnforcementLevel.Remediate,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The entry for a policy; null where there is none.</summary>
    public PolicyConfigurationEntry? Find(string policy) => Entries.FirstOrDefault(entry => entry.Policy == policy);

    /// <summary>Reads a file; an empty one says nothing.</summary>
    /// <exception cref="ConfigurationException">It cannot be read or understood. No value is in the message.</exception>
    public static PolicyConfigurationFile Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"The policy configuration cannot be read: {exception.Message}", new SourceLocation(path));
        }

        var text = bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes.AsMemory(ByteOrderMark.Length) : bytes.AsMemory();
        try
        {
            return text.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? new PolicyConfigurationFile(path, []) : new(path, Read(text.Span, path));
        }
        catch (JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0) + 1;
            throw Wrong("The policy configuration is not valid JSON.", new SourceLocation(path, line, (int)(exception.BytePositionInLine ?? 0) + 1));
        }
    }

    private static ImmutableArray<PolicyConfigurationEntry> Read(ReadOnlySpan<byte> text, string path)
    {
        var reader = new Utf8JsonReader(text);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong("A policy configuration is a JSON object with a level or an object for each policy.", Place(text, reader, path));
        }

        var entries = ImmutableArray.CreateBuilder<PolicyConfigurationEntry>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var policy = reader.GetString()!;
            var location = Place(text, reader, path);
            if (policy == Environments)
            {
                throw Wrong(
                    $"'{Environments}' names environments of the Pulumi service, which a preview without it cannot open. Write their values into this file.",
                    location);
            }

            if (entries.Any(entry => entry.Policy == policy))
            {
                throw Wrong($"'{policy}' is configured twice.", location);
            }

            entries.Add(ReadEntry(ref reader, text, path, policy, location));
        }

        // Whatever follows the object is malformed, and the reader says so.
        while (reader.Read())
        {
        }

        return entries.DrainToImmutable();
    }

    private static PolicyConfigurationEntry ReadEntry(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> text, string path, string policy, SourceLocation location)
    {
        EnforcementLevel? level = null;
        var properties = new Struct();
        var places = ImmutableDictionary.CreateBuilder<string, SourceLocation>(StringComparer.Ordinal);
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            level = ReadLevel(reader, policy, Place(text, reader, path));
            return new PolicyConfigurationEntry(policy, level, properties, location, places.ToImmutable());
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong($"'{policy}' must be a level or an object.", location);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var place = Place(text, reader, path);
            if (properties.Fields.ContainsKey(name) || (name == LevelKey && level is not null))
            {
                throw Wrong($"'{name}' of '{policy}' is set twice.", place);
            }

            reader.Read();
            if (name == LevelKey)
            {
                level = ReadLevel(reader, policy, place);
            }
            else
            {
                places[name] = policy == All ? throw Wrong($"'{All}' sets a level and nothing else; '{name}' is for a policy.", place) : place;
                properties.Fields[name] = ToValue(JsonElement.ParseValue(ref reader));
            }
        }

        return new PolicyConfigurationEntry(policy, level, properties, location, places.ToImmutable());
    }

    private static EnforcementLevel ReadLevel(Utf8JsonReader reader, string policy, SourceLocation location) =>
        reader.TokenType == JsonTokenType.String && Levels.TryGetValue(reader.GetString()!, out var level)
            ? level
            : throw Wrong($"The level of '{policy}' is none; there are {string.Join(", ", Levels.Keys)}.", location);

    private static Value ToValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => Value.ForBool(true),
        JsonValueKind.False => Value.ForBool(false),
        JsonValueKind.Number => Value.ForNumber(element.GetDouble()),
        JsonValueKind.String => Value.ForString(element.GetString()),
        JsonValueKind.Array => Value.ForList([.. element.EnumerateArray().Select(ToValue)]),
        JsonValueKind.Object => Value.ForStruct(ToStruct(element)),
        _ => Value.ForNull(),
    };

    private static Struct ToStruct(JsonElement element)
    {
        var result = new Struct();
        foreach (var property in element.EnumerateObject())
        {
            result.Fields[property.Name] = ToValue(property.Value);
        }

        return result;
    }

    private static SourceLocation Place(ReadOnlySpan<byte> text, Utf8JsonReader reader, string path)
    {
        var before = text[..(int)reader.TokenStartIndex];
        return new SourceLocation(path, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }

    private static ConfigurationException Wrong(string message, SourceLocation location) =>
        new(Diagnostic.Error("policy-config", message, location));
}
