using System.Collections.Immutable;

namespace CantonInfra.Contracts;

/// <summary>Nobody has read the templates of a chart's version.</summary>
public sealed class UnknownChartException : Exception
{
    /// <summary>Says so.</summary>
    public UnknownChartException(string message)
        : base(message)
    {
    }

    internal static UnknownChartException Of(string chart, string version, ImmutableArray<string> known) => new(
        known.IsEmpty
            ? $"There is no contract of the chart '{chart}'. Read its templates and add one to contracts/Charts."
            : $"There is no contract of {chart} {version}; known are {string.Join(", ", known)}."
                + " Take one of these, or read the templates of that version and add a contract to contracts/Charts.");
}
