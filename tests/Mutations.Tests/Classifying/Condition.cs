using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;

namespace CantonInfra.Mutations.Tests.Classifying;

/// <summary>Values that a resource must have for an entry to be for it. A star in a text stands for any characters.</summary>
/// <param name="Values">For each path, the texts of which one must be there. Wildcards are those of the value that is asked about.</param>
/// <param name="Stacks">The stacks, one of which it must be in; none for all.</param>
/// <param name="Names">What the program calls it, one of which must fit; none for all.</param>
internal sealed record Condition(
    ImmutableArray<(PathPattern Path, ImmutableArray<string> Texts)> Values, ImmutableArray<string> Stacks, ImmutableArray<string> Names)
{
    /// <summary>Every resource.</summary>
    public static Condition Always { get; } = new([], [], []);

    /// <summary>Whether a resource has the values.</summary>
    public bool Holds(PlannedResource resource, PropertyPlace place) =>
        (Names.IsEmpty || Names.Any(name => Fits(name, resource.Name)))
        && (Stacks.IsEmpty || (Urn.TryParse(resource.Urn, out var urn) && Stacks.Any(stack => Fits(stack, urn.Stack))))
        && Values.All(value => value.Path.In(place.Path).Select(resource.Inputs)
            .Any(reading => value.Texts.Any(text => Fits(text, reading.TryGetText(out var plain) ? plain : reading.ToString()))));

    private static bool Fits(string text, string shown) =>
        Regex.IsMatch(shown, $"^{Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline);
}
