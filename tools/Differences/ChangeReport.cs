using System.Collections.Immutable;
using CantonInfra.Tools.Differences.Dangers;

namespace CantonInfra.Tools.Differences;

/// <summary>Where a report's plans come from.</summary>
internal enum ChangeSource
{
    /// <summary>Previews without a cloud, before and after a change of the project.</summary>
    Previews,

    /// <summary>The Pulumi CLI, which compares with what is deployed.</summary>
    PulumiCli,
}

/// <summary>What a change does to all stacks that were looked at: what every writer of differences writes.</summary>
/// <param name="Source">Where the plans come from.</param>
/// <param name="FormerCommit">The commit before; empty where there is none.</param>
/// <param name="PresentCommit">The commit after; empty for files that are not committed.</param>
/// <param name="IsCodeChange">Whether what programs are made of differs; null where that is not known.</param>
/// <param name="Dangers">What is of no stack in particular.</param>
/// <param name="Stacks">The stacks by name.</param>
internal sealed record ChangeReport(
    ChangeSource Source,
    string FormerCommit,
    string PresentCommit,
    bool? IsCodeChange,
    ImmutableArray<Danger> Dangers,
    ImmutableArray<StackDifference> Stacks)
{
    /// <summary>All dangers with their stack, the gravest first; the stack is empty for those of none.</summary>
    public ImmutableArray<(string Stack, Danger Danger)> AllDangers =>
    [
        .. Dangers.Select(danger => (Stack: "", Danger: danger))
            .Concat(Stacks.SelectMany(stack => stack.Dangers.Select(danger => (stack.Stack, Danger: danger))))
            .OrderByDescending(entry => entry.Danger.Grade)
            .ThenBy(entry => entry.Danger.Kind)
            .ThenBy(entry => entry.Danger.Rank),
    ];

    /// <summary>What kind of change it is, for a heading.</summary>
    public string Origin => (Source, IsCodeChange, Stacks.Any(stack => stack.Settings.Length > 0)) switch
    {
        (ChangeSource.PulumiCli, _, _) => "against what is deployed",
        (_, true, true) => "code change and stack file change",
        (_, true, false) => "code change",
        (_, false, true) => "stack file change",
        (_, false, false) => "no change to what is deployed",
        _ => "change",
    };
}
