using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Regions;

/// <summary>The regions to which a stack file narrows the outer bound.</summary>
/// <param name="Reading">The configuration's value.</param>
/// <param name="Regions">The regions that it names; empty where it cannot be read.</param>
internal sealed record RegionNarrowing(PropertyReading Reading, ImmutableArray<Region> Regions)
{
    /// <summary>The key in the stack's configuration.</summary>
    public const string Key = Guardrails.ConfigNamespace + ":allowedRegions";

    /// <summary>What the stack's configuration says, or null where it says nothing.</summary>
    public static RegionNarrowing? Of(StackContext stack)
    {
        var reading = stack.ReadConfig(Key);
        return reading.TryGetText(out var text) ? new(reading, Parse(text)) : null;
    }

    // A list arrives as JSON; what was set from a command line may be a plain text.
    private static ImmutableArray<Region> Parse(string text)
    {
        var names = text.TrimStart().StartsWith('[')
            ? ParseJson(text)
            : text.Split(',', StringSplitOptions.TrimEntries);
        return names is null || names.Any(string.IsNullOrWhiteSpace) ? [] : [.. names.Select(Region.Parse).Distinct()];
    }

    private static string[]? ParseJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var items = document.RootElement.EnumerateArray().ToList();
            return items.All(item => item.ValueKind == JsonValueKind.String)
                ? [.. items.Select(item => item.GetString()!)]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
