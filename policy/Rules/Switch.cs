using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>A property that must be on, or must be off.</summary>
/// <param name="Type">The resources that have it.</param>
/// <param name="Path">Where; with a wildcard for each part of a list.</param>
/// <param name="MustBe">What it must be.</param>
/// <param name="ByDefault">What the service takes when it is not given.</param>
/// <param name="Consequence">What follows from the other position, as a clause.</param>
internal sealed record Switch(ResourceTypePattern Type, PropertyPath Path, bool MustBe, bool ByDefault, string Consequence)
    : IPropertyCheck
{
    /// <summary>The name that the property had before; it counts where the newer one is not given.</summary>
    public PropertyPath? Older { get; init; }

    public static Switch On(string type, string path, string otherwise, bool byDefault = false) =>
        new(type, PropertyPath.Parse(path), MustBe: true, byDefault, otherwise);

    public static Switch Off(string type, string path, string otherwise, bool byDefault = false) =>
        new(type, PropertyPath.Parse(path), MustBe: false, byDefault, otherwise);

    /// <summary>One verdict for each place that the path leads to.</summary>
    public IEnumerable<PolicyVerdict> Judge(ResourceView resource) =>
        resource.Select(Path.OrOlder(Older, resource)).Select(reading => Judge(resource, reading));

    /// <inheritdoc/>
    public IEnumerable<(PropertyPath Path, PropertyValue Value)> Corrections(ResourceView resource)
    {
        var path = Path.OrOlder(Older, resource);
        return resource.Select(path)
            .Where(reading => reading.ToFlag(ByDefault) == !MustBe)
            .Select(reading => (path.Below(reading.Path), PropertyValue.Of(MustBe)));
    }

    private PolicyVerdict Judge(ResourceView resource, PropertyReading reading) => reading.ToFlag(ByDefault) switch
    {
        null => PolicyVerdict.Undecided(reading.Path),
        { } position when position == MustBe => PolicyVerdict.Pass,
        _ => PolicyVerdict.Violation(
            reading.Path,
            $"{resource} {Describe(reading)}, so {Consequence}. It must be {(MustBe ? "true" : "false")}."),
    };

    private string Describe(PropertyReading reading) => reading.State == PropertyState.Missing
        ? $"does not set this, which counts as {(ByDefault ? "true" : "false")}"
        : $"has {reading} here";
}
