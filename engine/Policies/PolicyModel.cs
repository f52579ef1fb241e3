using System.Collections.Immutable;

namespace CantonInfra.Engine.Policies;

/// <summary>How a policy is enforced.</summary>
public enum PolicyLevel
{
    /// <summary>A violation is shown.</summary>
    Advisory,

    /// <summary>A violation fails the run.</summary>
    Mandatory,

    /// <summary>The policy is not evaluated.</summary>
    Disabled,

    /// <summary>A violation is mended; what cannot be fails the run.</summary>
    Remediate,
}

/// <summary>A policy of a pack.</summary>
/// <param name="Name">Its stable id.</param>
/// <param name="Description">What it demands.</param>
/// <param name="Level">The level in effect.</param>
/// <param name="Severity">low, medium, high, critical; empty where the pack gives none.</param>
public sealed record PolicySummary(string Name, string Description, PolicyLevel Level, string Severity);

/// <summary>A pack that judged the plan.</summary>
/// <param name="Name">The pack's name.</param>
/// <param name="Version">Its version; empty where it has none.</param>
/// <param name="Path">Where it was loaded from, as the user named it.</param>
/// <param name="Policies">Its policies by name.</param>
public sealed record PolicyPackSummary(string Name, string Version, string Path, ImmutableArray<PolicySummary> Policies);

/// <summary>A violation.</summary>
/// <param name="Pack">The pack's name.</param>
/// <param name="Policy">The policy's id.</param>
/// <param name="Level">How it is enforced: advisory or mandatory.</param>
/// <param name="Severity">low, medium, high, critical; empty where none is given.</param>
/// <param name="Urn">The resource; the root stack for findings about the stack.</param>
/// <param name="Message">What is wrong, what is allowed, how to mend it; secrets are masked.</param>
public sealed record Finding(string Pack, string Policy, PolicyLevel Level, string Severity, string Urn, string Message)
{
    /// <summary>Whether no violation was found, but the policy itself failed, so that nothing is known.</summary>
    public bool IsFault => Message.StartsWith($"The policy {Policy} itself failed with ", StringComparison.Ordinal);
}

/// <summary>A policy that gave no verdict on a resource.</summary>
/// <param name="Pack">The pack's name.</param>
/// <param name="Policy">The policy's id.</param>
/// <param name="Urn">The resource; empty for the stack.</param>
/// <param name="Reason">
/// Why; one that begins with <c>undecided:</c> says that the facts are not known yet, one that begins with <c>waived:</c> that the
/// policy is violated and the pack permits it.
/// </param>
public sealed record NoVerdict(string Pack, string Policy, string Urn, string Reason)
{
    /// <summary>How reasons of undecided verdicts begin: unlike 'not applicable', they are no clean bill.</summary>
    public const string UndecidedPrefix = "undecided:";

    /// <summary>How reasons of permitted violations begin.</summary>
    public const string WaivedPrefix = "waived:";

    /// <summary>Whether a reason is that of an undecided or waived verdict.</summary>
    internal static bool IsNotable(string reason) =>
        reason.StartsWith(UndecidedPrefix, StringComparison.OrdinalIgnoreCase) || reason.StartsWith(WaivedPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the policy is violated, and a waiver permits it.</summary>
    public bool IsWaived => Reason.StartsWith(WaivedPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the policy would have applied, but for values that are not known yet.</summary>
    public bool IsUndecided => Reason.StartsWith(UndecidedPrefix, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A resource that a policy mended.</summary>
/// <param name="Pack">The pack's name.</param>
/// <param name="Policy">The policy's id.</param>
/// <param name="Urn">The resource.</param>
/// <param name="Message">Set where it could not be mended: why.</param>
public sealed record RemediationRecord(string Pack, string Policy, string Urn, string Message);

/// <summary>What all packs said of a plan.</summary>
/// <param name="Packs">The packs, in the order they were given.</param>
/// <param name="Findings">Violations: by pack, policy and resource.</param>
/// <param name="Undecided">What waits for values that are not known yet, in the same order.</param>
/// <param name="Waived">Violations that a pack permits, in the same order.</param>
/// <param name="Remediations">What was mended, in the same order.</param>
public sealed record PolicyResult(
    ImmutableArray<PolicyPackSummary> Packs,
    ImmutableArray<Finding> Findings,
    ImmutableArray<NoVerdict> Undecided,
    ImmutableArray<NoVerdict> Waived,
    ImmutableArray<RemediationRecord> Remediations)
{
    /// <summary>No packs, nothing judged.</summary>
    public static PolicyResult None { get; } = new([], [], [], [], []);

    /// <summary>
    /// What policies say nothing about, in the same order. It is made when it is read: nearly one for each policy and resource, and most
    /// readers need none.
    /// </summary>
    public IEnumerable<NoVerdict> NotApplicable { get; init; } = [];

    /// <summary>Whether a violation fails the run.</summary>
    public bool HasMandatory => Findings.Any(finding => finding.Level == PolicyLevel.Mandatory);
}
