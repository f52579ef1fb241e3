using System.Collections.Immutable;

namespace CantonInfra.PolicySdk;

/// <summary>How a rule and a resource came out.</summary>
public enum PolicyOutcome
{
    /// <summary>The resource keeps the rule.</summary>
    Passed,

    /// <summary>The resource breaks the rule.</summary>
    Violated,

    /// <summary>The resource breaks the rule, and all of it is waived.</summary>
    Waived,

    /// <summary>It cannot be told yet.</summary>
    Undecided,

    /// <summary>The rule has nothing to say about the resource.</summary>
    NotApplicable,

    /// <summary>The rule itself failed.</summary>
    Faulted,
}

/// <summary>What one rule said about one resource or the stack: the one model that all output is made from.</summary>
/// <param name="Policy">The rule.</param>
/// <param name="Urn">The resource; empty for the stack.</param>
/// <param name="Level">What a violation does.</param>
/// <param name="Verdicts">What it said, masked.</param>
public sealed record PolicyResult(Policy Policy, string Urn, EnforcementLevel Level, ImmutableArray<PolicyVerdict> Verdicts)
{
    /// <summary>The resource's type and name, for people; empty for the stack.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Whether a rule for single resources said it of one among all others of the stack.</summary>
    internal bool IsOfStack { get; init; }

    /// <summary>Whether what is undecided here is told when the stack is judged.</summary>
    internal bool IsDeferred => Policy is IDecidedByStack && !IsOfStack;

    /// <summary>The verdicts as one: the worst counts, and 'not applicable' only where there is nothing else.</summary>
    public PolicyOutcome Outcome
    {
        get
        {
            var outcome = PolicyOutcome.Passed;
            foreach (var verdict in Verdicts)
            {
                switch (verdict)
                {
                    case FaultVerdict:
                        return PolicyOutcome.Faulted;
                    case ViolationVerdict:
                        outcome = PolicyOutcome.Violated;
                        break;
                    case UndecidedVerdict when outcome != PolicyOutcome.Violated:
                        outcome = PolicyOutcome.Undecided;
                        break;
                    case WaivedVerdict when outcome == PolicyOutcome.Passed:
                        outcome = PolicyOutcome.Waived;
                        break;
                    default:
                        break;
                }
            }

            return outcome == PolicyOutcome.Passed && Verdicts.Length > 0 && Verdicts.All(verdict => verdict is NotApplicableVerdict)
                ? PolicyOutcome.NotApplicable
                : outcome;
        }
    }

    /// <summary>Whether this stops a deployment.</summary>
    public bool IsBlocking => Outcome switch
    {
        PolicyOutcome.Faulted => true,
        PolicyOutcome.Violated => Level is EnforcementLevel.Mandatory or EnforcementLevel.Remediate,
        _ => false,
    };
}
