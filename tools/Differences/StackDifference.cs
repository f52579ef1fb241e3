using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Tools.Differences.Dangers;
using CantonInfra.Tools.Differences.Files;

namespace CantonInfra.Tools.Differences;

/// <summary>What a change does to one stack.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Former">Its preview before; null where it is new.</param>
/// <param name="Present">Its preview after; null where it has no stack file any more.</param>
/// <param name="Settings">The settings of its file that differ.</param>
/// <param name="Difference">The plans' difference; null where a side has no whole plan.</param>
/// <param name="Findings">The difference in violations.</param>
/// <param name="Dangers">What a reviewer must know, the gravest first.</param>
internal sealed record StackDifference(
    string Stack,
    PreviewSide? Former,
    PreviewSide? Present,
    ImmutableArray<SettingChange> Settings,
    PlanDifference? Difference,
    FindingDifference Findings,
    ImmutableArray<Danger> Dangers)
{
    /// <summary>Whether a policy refuses the stack as it is, or the change is one that nobody can decide for.</summary>
    public bool IsRefused => Present?.Outcome == PreviewOutcome.PolicyViolation || Dangers.Any(danger => danger.IsRefused);

    /// <summary>Whether a preview failed, so that nothing can be said of the change.</summary>
    public bool HasFailed => Former is { IsWhole: false } || Present is { IsWhole: false };

    /// <summary>Compares two previews of a stack.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="former">Its preview before; null where it is new.</param>
    /// <param name="present">Its preview after; null where it has no stack file any more.</param>
    /// <param name="settings">The settings of its file that differ.</param>
    /// <param name="secrets">Secrets that are known to differ although saved plans do not hold them.</param>
    public static StackDifference Create(
        string stack,
        PreviewSide? former,
        PreviewSide? present,
        ImmutableArray<SettingChange> settings,
        ImmutableArray<SecretChange> secrets = default)
    {
        // What no stack file is for any more is not deleted: it stays, and nobody looks after it.
        var difference = present is { IsWhole: true } && former is null or { IsWhole: true }
            ? PlanDifference.Create(present.Plan, former?.Plan, secrets)
            : null;
        return new StackDifference(
            stack,
            former,
            present,
            settings,
            difference,
            difference is null || former is null || present is null
                ? FindingDifference.None with { Added = present?.Findings ?? [] }
                : FindingDifference.Create(former.Findings, present.Findings, difference),
            DangerSearch.InOrder(
                (difference is null ? [] : DangerSearch.Find(difference))
                    .Concat(present is null ? [Forsaken(stack)] : [])
                    .Concat(LooserSettings.Find(former is null ? [] : settings, $"Pulumi.{stack}.yaml"))));
    }

    // Its resources stay, and no preview, policy, drift run or update knows of them.
    private static Danger Forsaken(string stack) => new(
        DangerKind.LostProtection, DangerGrade.Grave, $"Pulumi.{stack}.yaml", "is gone: what is deployed stays, and nothing previews, judges or repairs it any more");

    /// <summary>How many resources an operation concerns; providers that the engine adds are not counted.</summary>
    public int Count(Operation operation) => Difference?.Changes.Count(
        change => change.Operation == operation && change.Resource.Kind is ResourceKind.Custom or ResourceKind.Read) ?? 0;
}
