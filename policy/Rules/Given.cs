using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>A property that must have a text, whatever it is.</summary>
/// <param name="Type">The resources that have it.</param>
/// <param name="Path">Where.</param>
/// <param name="Consequence">What follows where there is none, as a clause.</param>
internal sealed record Given(ResourceTypePattern Type, PropertyPath Path, string Consequence) : IPropertyCheck
{
    /// <summary>Whether a value that is not known yet is one all the same, as ids of what the program makes are.</summary>
    public bool CountsUnknown { get; init; }

    public static Given Of(string type, string path, string otherwise) => new(type, PropertyPath.Parse(path), otherwise);

    /// <inheritdoc/>
    public IEnumerable<PolicyVerdict> Judge(ResourceView resource) =>
        resource.Select(Path).Select(reading => reading.IsTextGiven() switch
        {
            null => CountsUnknown && reading.State == PropertyState.Unknown ? PolicyVerdict.Pass : PolicyVerdict.Undecided(reading.Path),
            true => PolicyVerdict.Pass,
            false => PolicyVerdict.Violation(reading.Path, $"{resource} does not set this, so {Consequence}."),
        });
}
