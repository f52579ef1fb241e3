using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Mutations.Tests.Classifying;

/// <summary>Values that a resource must have for an entry to be for it. A star in a text stands for any characters.</summary>
/// <param name="Values">For each path, the texts of which one must be there. Wildcards are those of the value that is asked about.</param>
internal sealed record Condition(ImmutableArray<(PathPattern Path, ImmutableArray<string> Texts)> Values)
{
    /// <summary>Every resource.</summary>
    public static Condition Always { get; } = new([]);

    /// <summary>Whether a resource has the values.</summary>
    public bool Holds(MapValue inputs, PropertyPlace place) => Values.All(value => value.Path.In(place.Path).Select(inputs)
        .Any(reading => value.Texts.Any(text => Fits(text, reading))));

    private static bool Fits(string text, PropertyReading reading)
    {
        var shown = reading.TryGetText(out var plain) ? plain : reading.ToString();
        return Regex.IsMatch(shown, $"^{Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline);
    }
}
