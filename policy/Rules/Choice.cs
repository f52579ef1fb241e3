using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>A property with a few texts to choose from, some of which are fine. Case does not count.</summary>
/// <param name="Type">The resources that have it.</param>
/// <param name="Path">Where; with a wildcard for each part of a list.</param>
/// <param name="Fine">The texts that are fine.</param>
/// <param name="ByDefault">What the service takes when it is not given; null where that counts as another text.</param>
/// <param name="Consequence">What follows from any other text, as a clause.</param>
internal sealed record Choice(
    ResourceTypePattern Type, PropertyPath Path, ImmutableArray<string> Fine, string? ByDefault, string Consequence) : IPropertyCheck
{
    /// <summary>The name that the property had before; it counts where the newer one is not given.</summary>
    public PropertyPath? Older { get; init; }

    public static Choice Of(string type, string path, ImmutableArray<string> fine, string byDefault, string otherwise) =>
        new(type, PropertyPath.Parse(path), fine, byDefault, otherwise);

    public static Choice Of(string type, string path, string fine, string otherwise) =>
        new(type, PropertyPath.Parse(path), [fine], ByDefault: null, otherwise);

    /// <inheritdoc/>
    public IEnumerable<PolicyVerdict> Judge(ResourceView resource) =>
        resource.Select(Path.OrOlder(Older, resource)).Select(reading => Judge(resource, reading));

    /// <inheritdoc/>
    public IEnumerable<(PropertyPath Path, PropertyValue Value)> Corrections(ResourceView resource)
    {
        var path = Path.OrOlder(Older, resource);
        return resource.Select(path)
            .Where(reading => Judge(resource, reading) is ViolationVerdict)
            .Select(reading => (path.Below(reading.Path), PropertyValue.Of(Fine[0])));
    }

    /// <summary>The one verdict on a path without a wildcard.</summary>
    public PolicyVerdict JudgeOne(ResourceView resource) => Judge(resource).Single();

    private PolicyVerdict Judge(ResourceView resource, PropertyReading reading)
    {
        if (reading.State == PropertyState.Missing)
        {
            return ByDefault is null ? Violation(resource, reading, "does not set this")
                : IsFine(ByDefault) ? PolicyVerdict.Pass
                : Violation(resource, reading, $"does not set this, which counts as {ByDefault}");
        }

        return !reading.TryGetText(out var text) ? PolicyVerdict.Undecided(reading.Path)
            : IsFine(text) ? PolicyVerdict.Pass
            : Violation(resource, reading, $"has {reading} here");
    }

    private PolicyVerdict Violation(ResourceView resource, PropertyReading reading, string found) => PolicyVerdict.Violation(
        reading.Path, $"{resource} {found}, so {Consequence}. It must be {string.Join(" or ", Fine)}.");

    private bool IsFine(string text) => Fine.Contains(text, StringComparer.OrdinalIgnoreCase);
}
