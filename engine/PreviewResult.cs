using System.Collections.Immutable;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;

namespace CantonInfra.Engine;

/// <summary>How a preview ended.</summary>
public enum PreviewOutcome
{
    /// <summary>The program and the policies ran, and nothing mandatory was violated.</summary>
    Succeeded,

    /// <summary>The program or a policy pack failed; the plan holds what was declared until then.</summary>
    Failed,

    /// <summary>The program found its settings wrong, and declared nothing.</summary>
    ConfigurationError,

    /// <summary>A mandatory policy is violated.</summary>
    PolicyViolation,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}

/// <summary>The result of a preview.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Plan">What the program declared.</param>
/// <param name="Policies">What the policies said.</param>
/// <param name="Diagnostics">Messages of the program, the policy packs and the engine, in the order they came.</param>
public sealed record PreviewResult(
    PreviewOutcome Outcome, Plan Plan, PolicyResult Policies, ImmutableArray<Diagnostic> Diagnostics);
