using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk;

/// <summary>One thing that a rule says about a resource.</summary>
public abstract record PolicyVerdict
{
    private protected PolicyVerdict()
    {
    }

    /// <summary>The resource keeps the rule; the same as saying nothing.</summary>
    public static PolicyVerdict Pass { get; } = new PassVerdict();

    /// <summary>The resource breaks the rule.</summary>
    /// <param name="path">Where; the root where it is the whole.</param>
    /// <param name="message">
    /// What is wrong, as a sentence. Put readings and property values into it, which mask secrets, not the text of them.
    /// </param>
    public static PolicyVerdict Violation(PropertyPath path, string message) => new ViolationVerdict(path, message);

    /// <summary>The rule has nothing to say about this resource.</summary>
    public static PolicyVerdict NotApplicable(string reason) => new NotApplicableVerdict(reason);

    /// <summary>The rule cannot be judged yet, since a value is unknown or cannot be understood.</summary>
    /// <param name="path">The value.</param>
    /// <param name="explanation">What is not known, where the path alone does not say it; empty otherwise.</param>
    public static PolicyVerdict Undecided(PropertyPath path, string explanation = "") => new UndecidedVerdict(path, explanation);
}

/// <summary>The resource keeps the rule.</summary>
public sealed record PassVerdict : PolicyVerdict;

/// <summary>The resource breaks the rule.</summary>
/// <param name="Path">Where.</param>
/// <param name="Message">What is wrong.</param>
public sealed record ViolationVerdict(PropertyPath Path, string Message) : PolicyVerdict;

/// <summary>The resource breaks the rule, and a waiver in force permits it.</summary>
/// <param name="Path">Where.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Waiver">The permission.</param>
public sealed record WaivedVerdict(PropertyPath Path, string Message, PolicyWaiver Waiver) : PolicyVerdict;

/// <summary>The rule has nothing to say about the resource.</summary>
/// <param name="Reason">Why.</param>
public sealed record NotApplicableVerdict(string Reason) : PolicyVerdict;

/// <summary>The rule cannot be judged yet. Never the same as a pass.</summary>
/// <param name="Path">The value that is missing for it.</param>
/// <param name="Explanation">What is not known, where the path alone does not say it.</param>
public sealed record UndecidedVerdict(PropertyPath Path, string Explanation = "") : PolicyVerdict;

/// <summary>The rule failed. It counts as a violation at all levels, for nothing is known of the resource.</summary>
/// <param name="ExceptionType">What was thrown; its message may hold anything and is not kept.</param>
/// <param name="Place">The method that threw, where known.</param>
public sealed record FaultVerdict(string ExceptionType, string? Place) : PolicyVerdict;
