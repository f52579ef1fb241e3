using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>
/// The decision where a participant's keys are kept, which holds from its first start on: a participant cannot be moved into or out
/// of a key management service. Charts are told it as the value <c>kms</c>, their pods have it as annotations, and components tell it as
/// such an output, at any depth. Another decision is refused (A17); how the same service is reached is for people to look at.
/// </summary>
internal sealed class KeyCustody : IDangerDetector
{
    private const string Kms = "kms";
    private const string Day = "decidedAt";

    private static readonly string[] Annotations = ["canton-infra/kms-decided-at", "canton-infra/kms-mode"];
    private static readonly string[] Names = [Kms, Day, .. Annotations];

    // What of a service is the decision itself: whether there is one, which, and since when.
    private static readonly string[] Decisions = ["mode", "name", "provider", "type", .. Names];

    /// <inheritdoc/>
    public IEnumerable<Danger> Find(PlanDifference difference) =>
        from change in difference.Changes
        where change.Former is not null && change.Operation != Operation.Delete
        from part in PropertyComparison.Compare(change.Former!.Facts(), change.Resource.Facts())
        where part.Path.Elements.Any(element => Names.Contains(element.Key, StringComparer.Ordinal)) || Holds(part.Former)

        // Among the outputs of a component, a decision that appears is that for a validator that is new.
        where part.Former is not null || change.Resource.Kind == ResourceKind.Custom
        select IsDecision(part.Path) || Holds(part.Former)
            ? Of(
                change,
                part,
                "where the participant's keys are kept is decided otherwise; one that has started cannot follow: leave it as it was")
                with { IsRefused = true }
            : Of(change, part, "the service that has the participant's keys is reached otherwise; they have to be the same keys");

    private static Danger Of(ResourceChange change, PropertyComparison.Part part, string what) => new(
        DangerKind.KeyCustody, DangerGrade.Grave, change.Resource.Urn, what, $"{part.Path}: {Told(part.Former)} → {Told(part.Present)}");

    // The last step, or the one below 'kms': what is below 'config' is the service's own.
    private static bool IsDecision(PropertyPath path)
    {
        var keys = path.Elements.Select(element => element.Key).ToList();
        var at = keys.IndexOf(Kms);
        return at < 0 || at == keys.Count - 1 || (at == keys.Count - 2 && Decisions.Contains(keys[^1], StringComparer.Ordinal));
    }

    private static string Told(PropertyValue? value) => value is null ? "off" : value.Shown();

    private static bool Holds(PropertyValue? value) =>
        value is { IsSecret: false } && value.Unwrapped is MapValue map
        && map.Entries.Any(entry => Names.Contains(entry.Key, StringComparer.Ordinal) || Holds(entry.Value));
}
