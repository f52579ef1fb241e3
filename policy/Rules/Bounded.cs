using System.Globalization;
using CantonInfra.Policy.Rules.Identity;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>A number or a duration with bounds.</summary>
/// <param name="Type">The resources that have it.</param>
/// <param name="Path">Where.</param>
/// <param name="Least">The least that is fine; durations in seconds.</param>
/// <param name="Most">The most that is fine.</param>
/// <param name="ByDefault">What the service takes when it is not given.</param>
/// <param name="Consequence">What follows from any other value, as a clause.</param>
internal sealed record Bounded(ResourceTypePattern Type, PropertyPath Path, double Least, double Most, double ByDefault, string Consequence)
    : IPropertyCheck
{
    public static Bounded AtMost(string type, string path, double most, double byDefault, string otherwise) =>
        new(type, PropertyPath.Parse(path), 0, most, byDefault, otherwise);

    public static Bounded AtLeast(string type, string path, double least, double byDefault, string otherwise) =>
        new(type, PropertyPath.Parse(path), least, double.MaxValue, byDefault, otherwise);

    /// <inheritdoc/>
    public IEnumerable<PolicyVerdict> Judge(ResourceView resource) => resource.Select(Path).Select(reading =>
    {
        var value = reading.State == PropertyState.Missing ? ByDefault : Durations.Seconds(reading);
        var found = reading.State == PropertyState.Missing
            ? string.Create(CultureInfo.InvariantCulture, $"does not set this, which counts as {ByDefault}")
            : $"has {reading} here";
        return value is null ? PolicyVerdict.Undecided(reading.Path)
            : value >= Least && value <= Most ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(reading.Path, $"{resource} {found}, so {Consequence}. It must be {Describe()}.");
    });

    private string Describe() =>
        Most == double.MaxValue ? $"{Text(Least)} at least" : Least > 0 ? $"from {Text(Least)} to {Text(Most)}" : $"{Text(Most)} at most";

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
