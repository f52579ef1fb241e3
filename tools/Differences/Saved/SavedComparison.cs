using System.Collections.Immutable;
using CantonInfra.Tools.Differences.Dangers;
using CantonInfra.Tools.Differences.Files;

namespace CantonInfra.Tools.Differences.Saved;

/// <summary>A stack's previews on both sides of a change.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Former">Its preview before; null where it is new.</param>
/// <param name="Present">Its preview after; null where it has no stack file any more.</param>
/// <param name="Settings">The settings of its file that differ.</param>
internal sealed record SavedStack(string Stack, PreviewSide? Former, PreviewSide? Present, ImmutableArray<SettingChange> Settings)
{
    /// <summary>Secrets that are known to differ although saved plans do not hold them.</summary>
    public ImmutableArray<SecretChange> Secrets { get; init; } = [];

    /// <summary>What the change does to the stack.</summary>
    public StackDifference Difference() => StackDifference.Create(Stack, Former, Present, Settings, Secrets);
}

/// <summary>
/// All that a report of changes is made from: previews and files, and nothing that was concluded from them. It can be made where
/// code runs that nobody trusts, be saved, and be judged elsewhere.
/// </summary>
/// <param name="FormerCommit">The commit before.</param>
/// <param name="PresentCommit">The commit after; empty for files that are not committed.</param>
/// <param name="IsCodeChange">Whether what programs are made of differs.</param>
/// <param name="Files">The files beside the policies.</param>
/// <param name="Stacks">The stacks by name.</param>
internal sealed record SavedComparison(
    string FormerCommit, string PresentCommit, bool IsCodeChange, PolicyFiles Files, ImmutableArray<SavedStack> Stacks)
{
    /// <summary>The report.</summary>
    public ChangeReport Report() => new(
        ChangeSource.Previews,
        FormerCommit,
        PresentCommit,
        IsCodeChange,
        DangerSearch.InOrder(Files.Dangers(Stacks.Select(stack => stack.Stack))),
        [.. Stacks.Select(stack => stack.Difference())]);
}
