using System.Collections.Immutable;

namespace CantonInfra.Reachability.Cluster;

/// <summary>What a requirement of a selector asks of a label.</summary>
public enum SelectorOperator
{
    /// <summary>One of the values.</summary>
    In,

    /// <summary>None of the values, or no such label.</summary>
    NotIn,

    /// <summary>The label, whatever its value.</summary>
    Exists,

    /// <summary>No such label.</summary>
    DoesNotExist,
}

/// <summary>What a selector asks of one label.</summary>
/// <param name="Key">The label; null where it is not known.</param>
/// <param name="Operator">What is asked; null where it is not known.</param>
/// <param name="Values">The values; null is one that is not known.</param>
public sealed record SelectorRequirement(string? Key, SelectorOperator? Operator, ImmutableArray<string?> Values)
{
    /// <summary>Whether labels meet it; null where that is not known.</summary>
    public bool? IsMetBy(LabelSet labels) => Key is null ? null : Operator switch
    {
        SelectorOperator.In => labels.HasOneOf(Key, Values),
        SelectorOperator.NotIn => !labels.HasOneOf(Key, Values),
        SelectorOperator.Exists => labels.Has(Key),
        SelectorOperator.DoesNotExist => !labels.Has(Key),
        _ => null,
    };
}

/// <summary>A label selector; without requirements it selects everything.</summary>
/// <param name="Requirements">What it asks, all of it.</param>
/// <param name="IsWhole">Whether that is all; false where a part is not known.</param>
public sealed record Selector(ImmutableArray<SelectorRequirement> Requirements, bool IsWhole = true)
{
    // More than policies that people write have.
    private const int MostWays = 256;

    /// <summary>Everything.</summary>
    public static Selector Everything { get; } = new([]);

    /// <summary>Nothing is known of it.</summary>
    public static Selector Unknown { get; } = new([], IsWhole: false);

    /// <summary>Whether labels are selected; null where that is not known.</summary>
    public bool? Matches(LabelSet labels) => Requirements.Aggregate(
        IsWhole ? true : (bool?)null, (all, requirement) => all & requirement.IsMetBy(labels));

    /// <summary>Whether there is a witness for each way in which the requirements can be met; without, nothing is proven of it.</summary>
    public bool HasWitnessOfEachWay =>
        Labels().Aggregate(1L, (all, label) => Math.Min(all * label.Values.Length, MostWays + 1L)) <= MostWays;

    /// <summary>
    /// Labels that are selected, no more of them than it takes: a set for each way in which the requirements can be met, or, where there are
    /// very many (<see cref="HasWitnessOfEachWay"/>), so many that every value of each label is in one. None where there are none, or it is not
    /// known.
    /// </summary>
    public ImmutableArray<LabelSet> Witnesses()
    {
        var labels = Labels();
        if (labels.Any(label => label.Values.Length == 0))
        {
            return [];
        }

        IEnumerable<LabelSet> sets = HasWitnessOfEachWay
            ? labels.Aggregate(
                new[] { LabelSet.Empty },
                (all, label) => [.. all.SelectMany(set => label.Values.Select(value => set.With(label.Key, value)))])
            : Enumerable.Range(0, labels.Max(label => label.Values.Length)).Select(turn => labels.Aggregate(
                LabelSet.Empty, (set, label) => set.With(label.Key, label.Values[turn % label.Values.Length])));
        return [.. sets.Where(set => Matches(set) == true)];
    }

    private (string Key, string[] Values)[] Labels() =>
    [
        .. Requirements.Where(requirement => requirement.Operator is SelectorOperator.In or SelectorOperator.Exists)
            .Select(requirement => requirement.Key).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(key => (key, ValuesOf(key))),
    ];

    // Every value that a requirement names and all permit; where they only ask that the label is there, one that nobody names.
    private string[] ValuesOf(string key)
    {
        var requirements = Requirements.Where(requirement => requirement.Key == key).ToList();
        string[] named =
        [
            .. requirements.Where(requirement => requirement.Operator == SelectorOperator.In).SelectMany(requirement => requirement.Values).OfType<string>()
                .Distinct(StringComparer.Ordinal),
        ];
        var candidates = requirements.Exists(requirement => requirement.Operator == SelectorOperator.In)
            ? named
            : Enumerable.Range(0, requirements.Sum(requirement => requirement.Values.Length) + 1).Select(number => $"any{number}")
                .SkipWhile(value => requirements.Exists(requirement => requirement.Values.Contains(value))).Take(1);
        return [.. candidates.Where(value => requirements.TrueForAll(requirement => requirement.IsMetBy(LabelSet.Empty.With(key, value)) == true))];
    }
}
