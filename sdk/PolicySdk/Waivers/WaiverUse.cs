using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace CantonInfra.PolicySdk;

/// <summary>Applies a pack's waivers to the results of one run, and keeps which were needed.</summary>
internal sealed class WaiverUse(PolicyPack pack, StackContext stack)
{
    private readonly ConcurrentDictionary<PolicyWaiver, bool> _needed = new();

    // Without a stack nobody has said where we are, and what is not known loosens nothing.
    private readonly ImmutableArray<PolicyWaiver> _waivers = [.. pack.Waivers.Where(waiver => waiver.Subject.IsIn(stack))];

    /// <summary>The waivers for this stack.</summary>
    public ImmutableArray<PolicyWaiver> Waivers => _waivers;

    /// <summary>Whether a waiver has lost its force.</summary>
    public bool IsExpired(PolicyWaiver waiver) => waiver.IsExpired(pack.Clock.GetUtcNow());

    /// <summary>The limit that a waiver exceeds; null where it keeps it, or there is none.</summary>
    public WaiverLimit? LimitExceededBy(PolicyWaiver waiver) =>
        pack.WaiverLimit(stack) is { } limit && waiver.Exceeds(limit, pack.Clock.GetUtcNow()) ? limit : null;

    /// <summary>
    /// Whether some resource breaks the rule that is waived, or may; null where the rule has judged none of its resources.
    /// </summary>
    public bool? IsNeeded(PolicyWaiver waiver) => _needed.TryGetValue(waiver, out var needed) ? needed : null;

    /// <summary>Whether a waiver in force permits a resource to break a rule.</summary>
    public bool Permits(Policy policy, string urn) =>
        _waivers.Any(waiver => waiver.Rule == policy.Id && waiver.Subject.Matches(urn) && IsInForce(waiver));

    /// <summary>Keeps that rules had nothing to say about a resource, for it is of another type.</summary>
    public void PassOver(ImmutableHashSet<string> rules, string urn)
    {
        foreach (var waiver in _waivers.Where(waiver => rules.Contains(waiver.Rule) && waiver.Subject.Matches(urn)))
        {
            _needed.TryAdd(waiver, false);
        }
    }

    /// <summary>The result with violations waived where a waiver in force covers them.</summary>
    public PolicyResult Apply(PolicyResult result)
    {
        if (_waivers.IsEmpty || result.Urn.Length == 0)
        {
            return result;
        }

        var waivers = _waivers.Where(waiver => waiver.Rule == result.Policy.Id && waiver.Subject.Matches(result.Urn)).ToList();
        if (waivers.Count == 0)
        {
            return result;
        }

        var isNeeded = result.Outcome is PolicyOutcome.Violated or PolicyOutcome.Faulted
            || (result.Outcome == PolicyOutcome.Undecided && !result.IsDeferred);
        foreach (var waiver in waivers)
        {
            _needed.AddOrUpdate(waiver, isNeeded, (_, before) => before || isNeeded);
        }

        // A rule that failed has told nothing that could be waived.
        return result.Outcome == PolicyOutcome.Violated
            ? result with { Verdicts = [.. result.Verdicts.Select(verdict => Apply(verdict, waivers))] }
            : result;
    }

    private bool IsInForce(PolicyWaiver waiver) => !IsExpired(waiver) && LimitExceededBy(waiver) is null;

    private PolicyVerdict Apply(PolicyVerdict verdict, List<PolicyWaiver> waivers) => verdict switch
    {
        ViolationVerdict violation when waivers.Find(IsInForce) is { } waiver =>
            new WaivedVerdict(violation.Path, violation.Message, waiver),
        ViolationVerdict violation => violation with { Message = $"{violation.Message} {Excuse(waivers[^1])}" },
        _ => verdict,
    };

    private string Excuse(PolicyWaiver waiver)
    {
        var name = $"The waiver {waiver.Ticket} of {waiver.Owner}";
        return IsExpired(waiver)
            ? $"{name} ended with {waiver.LastDay}."
            : $"{name} permits nothing, for it runs until {waiver.LastDay}, longer than it may.";
    }
}
