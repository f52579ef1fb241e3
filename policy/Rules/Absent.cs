using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>A property that must not be given.</summary>
/// <param name="Type">The resources that have it.</param>
/// <param name="Path">Where; with a wildcard for each part of a list.</param>
/// <param name="Consequence">What follows where it is given, as a clause.</param>
internal sealed record Absent(ResourceTypePattern Type, PropertyPath Path, string Consequence) : IPropertyCheck
{
    public static Absent Of(string type, string path, string otherwise) => new(type, PropertyPath.Parse(path), otherwise);

    /// <inheritdoc/>
    public IEnumerable<PolicyVerdict> Judge(ResourceView resource) =>
        resource.Select(Path).Select(reading => reading.State switch
        {
            PropertyState.Missing => PolicyVerdict.Pass,
            PropertyState.Unknown => PolicyVerdict.Undecided(reading.Path),
            _ when reading.IsNothing() == true => PolicyVerdict.Pass,
            _ => PolicyVerdict.Violation(reading.Path, $"{resource} has {reading} here, so {Consequence}. Leave it out."),
        });
}
