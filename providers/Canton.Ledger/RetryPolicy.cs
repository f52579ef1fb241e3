namespace CantonInfra.Canton.Ledger;

/// <summary>How often and how long a call is tried again when it fails for a reason that passes.</summary>
/// <param name="Budget">How long one call may take with all its attempts and waits.</param>
public sealed record RetryPolicy(TimeSpan Budget)
{
    /// <summary>Two minutes, as a participant takes to start again.</summary>
    public static RetryPolicy Default { get; } = new(TimeSpan.FromMinutes(2));

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before the second attempt; it doubles with each.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait, unless the server names a longer one.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait after an attempt: between half of and the whole doubled time, so that callers do not come all at once.</summary>
    /// <param name="attempt">The attempt, from 0.</param>
    /// <param name="chance">A number from 0 to 1.</param>
    public TimeSpan WaitAfter(int attempt, double chance)
    {
        var whole = Math.Min(LongestWait.TotalMilliseconds, FirstWait.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 20)));
        return TimeSpan.FromMilliseconds(whole * (0.5 + (0.5 * chance)));
    }
}
