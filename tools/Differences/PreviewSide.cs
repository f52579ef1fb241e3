using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;

namespace CantonInfra.Tools.Differences;

/// <summary>A preview of one stack on one side of a change.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Plan">What the program declared.</param>
/// <param name="Findings">What violates policies.</param>
/// <param name="Undecided">How many verdicts wait for values that are not known yet.</param>
/// <param name="Waived">How many violations are permitted.</param>
/// <param name="Errors">What went wrong.</param>
internal sealed record PreviewSide(
    PreviewOutcome Outcome, Plan Plan, ImmutableArray<Finding> Findings, int Undecided, int Waived, ImmutableArray<string> Errors)
{
    /// <summary>Whether there is a whole plan.</summary>
    public bool IsWhole => Outcome is PreviewOutcome.Succeeded or PreviewOutcome.PolicyViolation;

    /// <summary>The side that a preview gives.</summary>
    public static PreviewSide Of(PreviewResult result) => new(
        result.Outcome,
        result.Plan,
        result.Policies.Findings,
        result.Policies.Undecided.Length,
        result.Policies.Waived.Length,
        [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(Told)]);

    /// <summary>The side of a stack whose settings could not be read.</summary>
    public static PreviewSide Misconfigured(string project, string stack, ConfigurationException exception) => new(
        PreviewOutcome.ConfigurationError, new Plan(project, stack, []), [], 0, 0, [.. exception.Diagnostics.Select(Told)]);

    private static string Told(Diagnostic diagnostic) =>
        diagnostic.Location is { } location ? $"{location}: {diagnostic.Message}" : diagnostic.Message;
}
