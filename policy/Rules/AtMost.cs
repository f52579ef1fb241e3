using System.Globalization;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>A number that must not be larger than another. It is fine where it is not given.</summary>
/// <param name="Type">The resources that have it.</param>
/// <param name="Path">Where; with a wildcard for each part of a list.</param>
/// <param name="Most">The largest that is fine.</param>
/// <param name="Consequence">What follows from a larger one, as a clause.</param>
internal sealed record AtMost(ResourceTypePattern Type, PropertyPath Path, double Most, string Consequence) : IPropertyCheck
{
    /// <inheritdoc/>
    public IEnumerable<PolicyVerdict> Judge(ResourceView resource) => resource.Select(Path).Select(reading => (reading.State, reading.Value) switch
    {
        (PropertyState.Missing, _) => PolicyVerdict.Pass,
        (PropertyState.Known, NumberValue number) => number.Value <= Most
            ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(
                reading.Path,
                string.Create(CultureInfo.InvariantCulture, $"{resource} has {reading} here, so {Consequence}. It must be {Most} at most.")),
        _ => PolicyVerdict.Undecided(reading.Path),
    });
}
