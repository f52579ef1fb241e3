using System.Collections.Immutable;
using CantonInfra.Engine.Policies;

namespace CantonInfra.Tools.Differences;

/// <summary>Violations of two previews, set against each other.</summary>
/// <param name="Added">Those that are new.</param>
/// <param name="Fixed">Those that are gone.</param>
/// <param name="Kept">How many there were and are.</param>
internal sealed record FindingDifference(ImmutableArray<Finding> Added, ImmutableArray<Finding> Fixed, int Kept)
{
    /// <summary>Nothing to compare.</summary>
    public static FindingDifference None { get; } = new([], [], 0);

    /// <summary>Compares violations by policy and resource; a message may change without the violation being another one.</summary>
    /// <param name="former">Those of the earlier preview.</param>
    /// <param name="present">Those of the later preview.</param>
    /// <param name="difference">Says what resources were called.</param>
    public static FindingDifference Create(
        ImmutableArray<Finding> former, ImmutableArray<Finding> present, PlanDifference difference)
    {
        var names = difference.Changes
            .Where(change => change.Former is not null && change.Former.Urn != change.Resource.Urn)
            .ToDictionary(change => change.Former!.Urn, change => change.Resource.Urn, StringComparer.Ordinal);
        var remaining = former
            .GroupBy(finding => (finding.Pack, finding.Policy, finding.Level, names.GetValueOrDefault(finding.Urn, finding.Urn)))
            .ToDictionary(group => group.Key, group => new Queue<Finding>(group));
        var added = present
            .Where(finding => !(remaining.TryGetValue((finding.Pack, finding.Policy, finding.Level, finding.Urn), out var same) && same.TryDequeue(out _)))
            .ToImmutableArray();
        return new FindingDifference(added, [.. remaining.Values.SelectMany(queue => queue)], present.Length - added.Length);
    }
}
