using System.Collections.Immutable;
using System.Globalization;

namespace CantonInfra.PolicySdk;

/// <summary>The rule about the pack's own waivers: none that has expired, runs for too long, or that nothing needs.</summary>
/// <param name="controls">The controls that it helps to fulfil.</param>
public sealed class WaiverAudit(params ImmutableArray<PolicyControl> controls) : StackPolicy
{
    /// <inheritdoc/>
    public override string Id => "waivers-in-order";

    /// <inheritdoc/>
    public override string Title => "Waivers are in force and needed";

    /// <inheritdoc/>
    public override string Rationale =>
        "A waiver is a decision for a time and a resource. One that has ended hides that the time is over, one that runs for "
        + "years is no exception but another rule, and one that nothing needs is a standing permission to break the rule unseen.";

    /// <inheritdoc/>
    public override string Remediation =>
        "Remove the waiver. Where an expired one is still needed, have it decided again and set the new last day in a reviewed change; "
        + "bring one that runs for too long within the limit.";

    /// <inheritdoc/>
    public override PolicySeverity Severity => PolicySeverity.Low;

    /// <inheritdoc/>
    public override ImmutableArray<PolicyControl> Controls { get; } = controls;

    /// <inheritdoc/>
    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack) => [];

    internal static IEnumerable<StackVerdict> Check(StackView resources, WaiverUse use)
    {
        foreach (var waiver in use.Waivers)
        {
            var subjects = resources.Resources.Where(resource => waiver.Subject.Matches(resource.Urn)).ToList();
            if (Fault(waiver, use, subjects.Count) is { } fault)
            {
                var verdict = PolicyVerdict.Violation(Protocol.Properties.PropertyPath.Root, fault);
                yield return subjects.Count == 1 ? StackVerdict.On(subjects[0], verdict) : StackVerdict.OnStack(verdict);
            }
        }
    }

    private static string? Fault(PolicyWaiver waiver, WaiverUse use, int subjects)
    {
        if (use.IsExpired(waiver))
        {
            return $"It has expired: {waiver} held until {waiver.LastDay}.";
        }

        if (use.LimitExceededBy(waiver) is { } limit)
        {
            var days = limit.MaximumDays.ToString(CultureInfo.InvariantCulture);
            return $"It runs for too long: {waiver} is until {waiver.LastDay}, but {days} days ahead is the most here ({limit.Reason}). "
                + "It permits nothing.";
        }

        // A resource that was not judged in this run, such as one outside a targeted update, says nothing about its waiver.
        return (subjects, use.IsNeeded(waiver)) switch
        {
            (0, not true) => $"Nothing needs it: {waiver} is for no resource of this stack.",
            (_, false) => $"Nothing needs it: {waiver} is for what keeps the rule.",
            _ => null,
        };
    }
}
