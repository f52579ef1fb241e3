namespace CantonInfra.PolicySdk;

/// <summary>One thing that a rule says about a resource of a stack, or about the stack.</summary>
public sealed record StackVerdict
{
    private StackVerdict(StackResourceView? subject, PolicyVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        Subject = subject;
        Verdict = verdict;
    }

    /// <summary>The resource; null for the stack.</summary>
    public StackResourceView? Subject { get; }

    /// <summary>What is said.</summary>
    public PolicyVerdict Verdict { get; }

    /// <summary>A verdict on a resource.</summary>
    public static StackVerdict On(StackResourceView subject, PolicyVerdict verdict) => new(subject, verdict);

    /// <summary>A verdict on the stack.</summary>
    public static StackVerdict OnStack(PolicyVerdict verdict) => new(null, verdict);
}
