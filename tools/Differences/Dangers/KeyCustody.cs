using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>
/// The decision where a participant's keys are kept, which holds from its first start on: a participant cannot be moved into or out
/// of a key management service. Charts are told it as the value <c>kms</c>, and components tell it as such an output, at any depth.
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

        // Among the outputs of a component, a decision that appears is that for a validator that is new.
        where part.Former is not null || change.Resource.Kind == ResourceKind.Custom
        select new Danger(
            DangerKind.KeyCustody,
            DangerGrade.Grave,
            change.Resource.Urn,
            "where the participant's keys are kept is decided otherwise; one that has started cannot follow",
            $"{part.Path}: {Told(part.Former)} → {Told(part.Present)}");

    private static string Told(PropertyValue? value) => value is null ? "off" : value.Shown();

    private static bool Holds(PropertyValue? value) =>
        value is { IsSecret: false } && value.Unwrapped is MapValue map
        && map.Entries.Any(entry => Names.Contains(entry.Key, StringComparer.Ordinal) || Holds(entry.Value));
}
