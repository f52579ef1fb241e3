using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>
/// The decision where a participant's keys are kept, which holds from its first start on: a participant cannot be moved into or out
/// of a key management service. Components tell it as the outputs <c>kms</c> and <c>decidedAt</c>, at any depth.
/// </summary>
internal sealed class KeyCustody : IDangerDetector
{
    private static readonly string[] Names = ["kms", "decidedAt"];

    /// <inheritdoc/>
    public IEnumerable<Danger> Find(PlanDifference difference) =>
        from change in difference.Changes
        where change.Former is not null && change.Operation != Operation.Delete
        from part in PropertyComparison.Compare(change.Former!.Facts(), change.Resource.Facts())
        where part.Path.Elements.Any(element => Names.Contains(element.Key, StringComparer.Ordinal)) || Holds(part.Former)

        // A decision that is made for the first time is one for a validator that is new; one that changes is not.
        where part.Former is not null
        select new Danger(
            DangerKind.KeyCustody,
            DangerGrade.Grave,
            change.Resource.Urn,
            "where the participant's keys are kept is decided otherwise; one that has started cannot follow",
            $"{part.Path}: {part.Former.Shown()} → {part.Present.Shown()}");

    private static bool Holds(PropertyValue? value) =>
        value is { IsSecret: false } && value.Unwrapped is MapValue map
        && map.Entries.Any(entry => Names.Contains(entry.Key, StringComparer.Ordinal) || Holds(entry.Value));
}
