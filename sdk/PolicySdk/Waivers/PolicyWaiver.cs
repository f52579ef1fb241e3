using System.Globalization;

namespace CantonInfra.PolicySdk;

/// <summary>A permission, for a time, to break one rule on named resources.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Subject">Which resources.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why it is granted.</param>
/// <param name="Ticket">Where it was decided.</param>
/// <param name="Expires">The last day on which it holds, in UTC.</param>
public sealed record PolicyWaiver(
    string Rule, WaiverSubject Subject, string Owner, string Reason, string Ticket, DateOnly Expires)
{
    /// <summary>The last day as people and files write it.</summary>
    public string LastDay => Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Whether it holds no longer.</summary>
    public bool IsExpired(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime) > Expires;

    /// <summary>Whether its last day is further ahead than a limit allows.</summary>
    public bool Exceeds(WaiverLimit limit, DateTimeOffset now) =>
        Expires.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber > limit.MaximumDays;

    /// <summary>The waiver in a few words.</summary>
    public override string ToString() => $"the waiver {Ticket} of {Owner} for {Rule} on {Subject}";
}
