using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>A property that must have one of a few values.</summary>
/// <param name="Type">The resources that have it.</param>
/// <param name="Path">Where.</param>
/// <param name="Allowed">The values; compared without case.</param>
/// <param name="ByDefault">What the service takes when it is not given; null where that counts as another value.</param>
/// <param name="Consequence">What follows from another value, as a clause.</param>
internal sealed record Choice(
    ResourceTypePattern Type, PropertyPath Path, ImmutableArray<string> Allowed, string? ByDefault, string Consequence)
{
    public static Choice Of(string type, string path, ImmutableArray<string> allowed, string byDefault, string otherwise) =>
        new(type, PropertyPath.Parse(path), allowed, byDefault, otherwise);

    public static Choice Of(string type, string path, string allowed, string otherwise) =>
        new(type, PropertyPath.Parse(path), [allowed], ByDefault: null, otherwise);

    /// <summary>The verdict on a resource.</summary>
    public PolicyVerdict Judge(ResourceView resource)
    {
        var reading = resource.Read(Path);
        var isMissing = reading.State == PropertyState.Missing;
        var value = reading.TryGetText(out var given) ? given : isMissing ? ByDefault : null;
        if (value is null && !isMissing)
        {
            return PolicyVerdict.Undecided(reading.Path);
        }

        if (value is not null && Allowed.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            return PolicyVerdict.Pass;
        }

        var described = !isMissing ? $"has {reading} here"
            : ByDefault is null ? "does not set this"
            : $"does not set this, which counts as {ByDefault}";
        return PolicyVerdict.Violation(
            reading.Path, $"{resource} {described}, so {Consequence}. It must be {string.Join(" or ", Allowed)}.");
    }
}
