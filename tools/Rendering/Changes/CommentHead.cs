using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Engine.Policies;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Dangers;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>
/// The beginning of a comment: the verdict, stacks that have no preview or are refused, and the gravest dangers. It is never longer than
/// <see cref="Length"/>, and something of each matter is in it.
/// </summary>
internal static class CommentHead
{
    /// <summary>How long it is at most, in characters.</summary>
    public const int Length = 1_500;

    // From what is said where there is room to what is said whatever there is to say.
    private static readonly ImmutableArray<Extent> Extents =
    [
        .. Enumerable.Range(2, 4).Reverse().Select(ofEachKind => new Extent(ofEachKind, int.MaxValue, Subject: 90, Detail: 110, Stacks: 4, States: 4, State: 160)),

        // Two servers of which one is to stay look alike: of losses more is said than of others.
        new(1, int.MaxValue, Subject: 90, Detail: 110, Stacks: 4, States: 4, State: 160, Losses: 3),
        new(1, int.MaxValue, Subject: 80, Detail: 60, Stacks: 3, States: 3, State: 80, Losses: 3),
        new(1, int.MaxValue, Subject: 60, Detail: 0, Stacks: 2, States: 2, State: 60, Losses: 3),
        new(1, int.MaxValue, Subject: 90, Detail: 110, Stacks: 4, States: 4, State: 160),
        new(1, int.MaxValue, Subject: 90, Detail: 60, Stacks: 3, States: 3, State: 80),
        new(1, int.MaxValue, Subject: 60, Detail: 0, Stacks: 2, States: 2, State: 60),
        .. Enumerable.Range(1, 8).Reverse().Select(kinds => new Extent(1, kinds, Subject: 50, Detail: 0, Stacks: 1, States: 2, State: 40)),
    ];

    /// <summary>Writes it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="dangers">Its dangers, the gravest first.</param>
    /// <param name="marker">The comment's first line.</param>
    public static string Write(ChangeReport report, ImmutableArray<StacksDanger> dangers, string marker)
    {
        var text = "";
        foreach (var extent in Extents)
        {
            text = Write(report, dangers, marker, extent);
            if (text.Length <= Length)
            {
                break;
            }
        }

        return text;
    }

    private static string Write(ChangeReport report, ImmutableArray<StacksDanger> dangers, string marker, Extent extent)
    {
        var text = new LimitedText(Length * 20);
        var grave = dangers.Where(danger => danger.Grade == DangerGrade.Grave).ToArray();
        text.Line(marker);
        text.Line($"## {Verdict(report, grave.Length)}");
        text.Line();
        text.Line(Facts(report));
        text.Line();
        WriteStates(text, report, extent);
        var kinds = grave.GroupBy(danger => danger.Kind).ToArray();
        foreach (var kind in kinds.Take(extent.Kinds))
        {
            var shown = kind.Key == DangerKind.LossOfState ? Math.Max(extent.OfEachKind, extent.Losses) : extent.OfEachKind;
            foreach (var danger in kind.Take(shown))
            {
                text.Line($"- ⛔ {danger.Line(extent.Subject, extent.Detail, extent.Stacks)}");
            }

            if (kind.Count() > shown)
            {
                text.Line($"- ⛔ … and {Number(kind.Count() - shown)} more: {ChangeWords.Title(kind.Key)}");
            }
        }

        if (kinds.Length > extent.Kinds)
        {
            text.Line($"- ⛔ also grave: {Counted(kinds.Skip(extent.Kinds))}");
        }

        var notices = dangers.Where(danger => danger.Grade == DangerGrade.Notice).GroupBy(danger => danger.Kind).ToArray();
        if (notices.Length > 0)
        {
            text.Line($"- ⚠️ also, of what is new or foreseen: {Counted(notices)}");
        }

        text.Line();
        return text.ToString();
    }

    private static string Counted(IEnumerable<IGrouping<DangerKind, StacksDanger>> kinds) =>
        string.Join(", ", kinds.Select(kind => $"{Number(kind.Count())} × {ChangeWords.Title(kind.Key)}"));

    // Why there is no preview, and which rules refuse: the first questions after the verdict.
    private static void WriteStates(LimitedText text, ChangeReport report, Extent extent)
    {
        var lines = report.Stacks
            .Where(stack => stack.HasFailed || stack.IsRefused)
            .OrderByDescending(stack => stack.HasFailed)
            .Select(stack => $"- ❌ {MarkdownText.Code(stack.Stack, 24)} {(stack.HasFailed ? Failure(stack, extent.State) : Refusal(stack, extent.State))}")
            .ToArray();
        foreach (var line in lines.Take(extent.States))
        {
            text.Line(line);
        }

        if (lines.Length > extent.States)
        {
            text.Line($"- ❌ … and {Number(lines.Length - extent.States)} more stacks");
        }
    }

    private static string Failure(StackDifference stack, int most)
    {
        var (what, side) = stack.Present is { IsWhole: false } present ? ("has no preview", present) : ("had no preview before", stack.Former!);
        return $"{what}: {MarkdownText.Code(string.Join("; ", side.Errors), most)}";
    }

    private static string Refusal(StackDifference stack, int most)
    {
        var rules = stack.Present!.Findings.Where(finding => finding.Level == PolicyLevel.Mandatory)
            .Select(finding => finding.Policy)
            .Concat(stack.Dangers.Where(danger => danger.IsRefused).Select(danger => ChangeWords.Title(danger.Kind)))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return $"is refused: {MarkdownText.Code(string.Join(", ", rules), most)}";
    }

    private static string Verdict(ChangeReport report, int grave)
    {
        var failed = report.Stacks.Count(stack => stack.HasFailed);
        var refused = report.Stacks.Count(stack => stack.IsRefused);
        var dangers = grave == 0 ? "no grave danger" : $"{Number(grave)} grave {(grave == 1 ? "danger" : "dangers")}";
        return (failed, refused, grave) switch
        {
            ( > 0, _, _) => $"❌ the preview failed for {Number(failed)} of {OfStacks(report)}; {dangers}",
            (_, > 0, _) => $"❌ policies refuse {Number(refused)} of {OfStacks(report)}; {dangers}",
            (_, _, > 0) => $"⛔ {dangers}",
            _ when report.Stacks.All(stack => ChangeWords.Operations.All(operation => stack.Count(operation) == 0)) => "✅ no change to what is deployed",
            _ => $"✅ policies are content; {dangers}",
        };
    }

    private static string OfStacks(ChangeReport report) => $"{Number(report.Stacks.Length)} {(report.Stacks.Length == 1 ? "stack" : "stacks")}";

    private static string Facts(ChangeReport report)
    {
        var commits = report.FormerCommit.Length > 0
            ? $" · {MarkdownText.Code(Short(report.FormerCommit), 12)} → {(report.PresentCommit.Length > 0 ? MarkdownText.Code(Short(report.PresentCommit), 12) : "working tree")}"
            : "";
        return $"**{report.Origin}**{commits}";
    }

    private static string Short(string commit) => commit.Length > 9 ? commit[..9] : commit;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>How much is said.</summary>
    /// <param name="OfEachKind">How many dangers of a kind.</param>
    /// <param name="Kinds">Of how many kinds; the others are counted.</param>
    /// <param name="Subject">How long a danger's subject may be.</param>
    /// <param name="Detail">How long its details may be.</param>
    /// <param name="Stacks">How many stacks are named with it.</param>
    /// <param name="States">How many stacks that failed or are refused have a line.</param>
    /// <param name="State">How long what is said of them may be.</param>
    /// <param name="Losses">How many losses at least.</param>
    private sealed record Extent(int OfEachKind, int Kinds, int Subject, int Detail, int Stacks, int States, int State, int Losses = 1);
}
