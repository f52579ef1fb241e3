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
    /// <summary>Everything.</summary>
    public static Selector Everything { get; } = new([]);

    /// <summary>Nothing is known of it.</summary>
    public static Selector Unknown { get; } = new([], IsWhole: false);

    /// <summary>Whether labels are selected; null where that is not known.</summary>
    public bool? Matches(LabelSet labels) => Requirements.Aggregate(
        IsWhole ? true : (bool?)null, (all, requirement) => all & requirement.IsMetBy(labels));

    /// <summary>
    /// Labels that are selected, no more of them than it takes: a set for each way in which a requirement can be met. None where there are
    /// none, or it is not known.
    /// </summary>
    public ImmutableArray<LabelSet> Witnesses()
    {
        var asking = Requirements.Where(requirement => requirement.Operator is SelectorOperator.In or SelectorOperator.Exists && requirement.Key is not null)
            .GroupBy(requirement => requirement.Key!, StringComparer.Ordinal);
        var sets = asking.Aggregate(
            new[] { LabelSet.Empty },
            (all, label) => [.. all.SelectMany(set => ValuesOf([.. label]).Select(value => set.With(label.Key, value)))]);
        return [.. sets.Where(labels => Matches(labels) == true)];
    }

    // Every value that one of them names; where they only ask that it is there, one that nobody names.
    private static string[] ValuesOf(ImmutableArray<SelectorRequirement> requirements)
    {
        string[] named = [.. requirements.Where(requirement => requirement.Operator == SelectorOperator.In).SelectMany(requirement => requirement.Values).OfType<string>()
            .Distinct(StringComparer.Ordinal)];
        return named.Length > 0 ? named : ["any"];
    }
}
