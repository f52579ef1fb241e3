using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>A property that must have one of a few texts; missing counts as another.</summary>
/// <param name="Type">The resources that have it.</param>
/// <param name="Path">Where.</param>
/// <param name="Allowed">The texts, compared without case as the service does.</param>
/// <param name="Consequence">What follows from another text, as a clause.</param>
internal sealed record Choice(ResourceTypePattern Type, PropertyPath Path, ImmutableArray<string> Allowed, string Consequence)
{
    public static Choice Of(string type, string path, string allowed, string otherwise) =>
        new(type, PropertyPath.Parse(path), [allowed], otherwise);

    /// <summary>Judges a resource.</summary>
    public PolicyVerdict Judge(ResourceView resource)
    {
        var reading = resource.Read(Path);
        if (reading.State == PropertyState.Missing)
        {
            return Violation(resource, reading, "does not set this");
        }

        if (!reading.TryGetText(out var text))
        {
            return PolicyVerdict.Undecided(reading.Path);
        }

        return Allowed.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? PolicyVerdict.Pass
            : Violation(resource, reading, $"has {reading} here");
    }

    private PolicyVerdict Violation(ResourceView resource, PropertyReading reading, string found) => PolicyVerdict.Violation(
        reading.Path, $"{resource} {found}, so {Consequence}. It must be {string.Join(" or ", Allowed)}.");
}
