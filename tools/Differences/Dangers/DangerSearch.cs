using System.Collections.Immutable;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>Finds all dangers of a difference.</summary>
internal static class DangerSearch
{
    private static readonly ImmutableArray<IDangerDetector> Detectors =
    [
        new LossOfState(), new MovedWithoutAlias(), new NewExposure(), new NewOpenings(), new KeyCustody(), new LostProtection(), new WiderAccess(),
        new NewConnections(), new LooserGovernance(),
    ];

    /// <summary>The dangers, the gravest first, in an order that depends on nothing but the plans.</summary>
    public static ImmutableArray<Danger> Find(PlanDifference difference) =>
        InOrder(Detectors.SelectMany(detector => detector.Find(difference)));

    /// <summary>Dangers in the order in which they are shown.</summary>
    public static ImmutableArray<Danger> InOrder(IEnumerable<Danger> dangers) =>
    [
        .. dangers.Distinct()
            .OrderByDescending(danger => danger.Grade)
            .ThenBy(danger => danger.Kind)
            .ThenBy(danger => danger.Rank)
            .ThenBy(danger => danger.Urn, StringComparer.Ordinal)
            .ThenBy(danger => danger.What, StringComparer.Ordinal)
            .ThenBy(danger => danger.Detail, StringComparer.Ordinal),
    ];
}
