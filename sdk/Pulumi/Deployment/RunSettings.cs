using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>What a program is told about the run it is part of.</summary>
internal sealed record RunSettings(string Project, string Stack, bool IsDryRun)
{
    public string Organization { get; init; } = "organization";

    public string RootDirectory { get; init; } = "";

    /// <summary>Configuration by full key, such as <c>project:name</c>.</summary>
    public ImmutableDictionary<string, string> Config { get; init; } = [];

    /// <summary>Whether the monitor gets told that references are taken in answers.</summary>
    public bool AcceptsResources { get; init; } = true;

    /// <summary>Configuration as the engine hands it over: a JSON object, keys with or without ':config:' in the middle.</summary>
    public static ImmutableDictionary<string, string> ParseConfig(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        var result = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The configuration is not a JSON object.");
        }

        foreach (var property in document.RootElement.EnumerateObject())
        {
            result[CleanKey(property.Name)] = property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()!
                : property.Value.GetRawText();
        }

        return result.ToImmutable();
    }

    private static string CleanKey(string key)
    {
        const string Middle = ":config:";
        var index = key.IndexOf(Middle, StringComparison.Ordinal);
        return index > 0 ? $"{key[..index]}:{key[(index + Middle.Length)..]}" : key;
    }
}
