using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CantonInfra.Engine.Policies;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Dangers;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>
/// A report of changes as a comment on a pull request, in Markdown that GitHub and Azure DevOps both show. The verdict and the gravest
/// dangers are in its first <see cref="CommentHead.Length"/> characters; the whole is never longer than <see cref="MostLength"/>.
/// </summary>
internal static class ChangeComment
{
    /// <summary>How long a comment is at most: GitHub takes 65,536 characters, Azure DevOps more.</summary>
    public const int MostLength = 60_000;

    private const int MostStacks = 40;
    private const int FooterLength = 1_500;
    private const int Subject = 90;
    private const int Detail = 70;
    private const int Longer = 300;

    /// <summary>The comment's first line, by which it is found again to be replaced.</summary>
    public static string Marker(ChangeSource source) =>
        source == ChangeSource.Previews ? "<!-- canton-infra:preview -->" : "<!-- canton-infra:pulumi -->";

    /// <summary>Writes the comment.</summary>
    public static string Write(ChangeReport report)
    {
        var dangers = StacksDanger.Of(report);
        var head = CommentHead.Write(report, dangers, Marker(report.Source));
        var table = StackTable(report);
        var room = MostLength - head.Length - table.Length - FooterLength;
        CommentSection[] sections =
        [
            DangerSection(dangers, room), .. FindingSections(report, room), .. report.Stacks.Take(MostStacks).Select(stack => StackSection(stack, room)),
        ];
        var (texts, shortened) = CommentSection.Fit(sections, room);
        var comment = new StringBuilder(head).Append(table);
        foreach (var text in texts)
        {
            comment.Append(text);
        }

        return comment.Append(Footer(report, shortened)).ToString();
    }

    private static string StackTable(ChangeReport report)
    {
        var text = new LimitedText(MostStacks * 400);
        text.Line("| stack | create | import | update | replace | delete | policies | new | fixed | dangers |");
        text.Line("| --- | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |");
        foreach (var stack in report.Stacks.Take(MostStacks))
        {
            var counts = string.Join(" | ", ChangeWords.Operations.Select(operation => stack.Difference is null ? "?" : Number(stack.Count(operation))));
            var policies = stack switch
            {
                { HasFailed: true } => "failed",
                { Present: null } => "-",
                { IsRefused: true } => "refused",
                _ => "content",
            };
            text.Line(
                $"| {MarkdownText.Code(stack.Stack, 40)} | {counts} | {policies} | {Number(stack.Findings.Added.Length)} | {Number(stack.Findings.Fixed.Length)} | "
                + $"{Number(stack.Dangers.Count(danger => danger.Grade == DangerGrade.Grave))} |");
        }

        if (report.Stacks.Length > MostStacks)
        {
            text.Line();
            text.Line($"… and {report.Stacks.Length - MostStacks} more stacks.");
        }

        text.Line();
        return text.ToString();
    }

    private static string Number(int number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);

    private static CommentSection DangerSection(ImmutableArray<StacksDanger> dangers, int room)
    {
        if (dangers.IsEmpty)
        {
            return new CommentSection("dangers", [""]);
        }

        return CommentSection.Create("dangers", room, text => WriteDangers(text, Longer, int.MaxValue), text => WriteDangers(text, Detail, 60), text => WriteDangers(text, 0, 12));

        void WriteDangers(LimitedText text, int detail, int most)
        {
            text.Line($"<details><summary>All dangers ({dangers.Length})</summary>");
            text.Line();
            foreach (var danger in dangers.Take(most))
            {
                var mark = danger.Grade == DangerGrade.Grave ? "⛔" : "⚠️";
                if (!text.Line($"- {mark} {danger.Line(Subject * 2, detail, 4)}"))
                {
                    return;
                }
            }

            if (dangers.Length > most)
            {
                text.Line($"- … and {dangers.Length - most} more");
            }

            text.Line();
            text.Line("</details>");
            text.Line();
        }
    }

    private static IEnumerable<CommentSection> FindingSections(ChangeReport report, int room)
    {
        var added = Findings(stack => stack.Findings.Added);
        var gone = Findings(stack => stack.Findings.Fixed);
        if (added.Length > 0)
        {
            yield return Section("New findings", added, "❗");
        }

        if (gone.Length > 0)
        {
            yield return Section("Fixed findings", gone, "✔");
        }

        (string Stack, Finding Finding)[] Findings(Func<StackDifference, ImmutableArray<Finding>> of) =>
            [.. report.Stacks.SelectMany(stack => of(stack).Select(finding => (stack.Stack, finding))).OrderByDescending(entry => entry.finding.Level)];

        CommentSection Section(string title, (string Stack, Finding Finding)[] findings, string mark)
        {
            return CommentSection.Create(title, room, text => Write(text, true), text => Write(text, false), WriteCounts);

            void Write(LimitedText text, bool withMessage)
            {
                text.Line($"<details><summary>{title} ({findings.Length})</summary>");
                text.Line();
                foreach (var (stack, finding) in findings)
                {
                    var level = finding.Level == PolicyLevel.Mandatory ? "mandatory" : "advisory";
                    var message = withMessage ? $": {MarkdownText.Code(finding.Message, Longer * 2)}" : "";
                    if (!text.Line($"- {mark} {level} {MarkdownText.Code(finding.Policy, Detail)} on {MarkdownText.Code(ChangeWords.Subject(finding.Urn), Subject)} ({MarkdownText.Code(stack, 24)}){message}"))
                    {
                        return;
                    }
                }

                text.Line();
                text.Line("</details>");
                text.Line();
            }

            void WriteCounts(LimitedText text)
            {
                var policies = findings.GroupBy(entry => entry.Finding.Policy).OrderByDescending(group => group.Count()).ToArray();
                var shown = string.Join(", ", policies.Take(20).Select(group => string.Create(
                    CultureInfo.InvariantCulture, $"{MarkdownText.Code(group.Key, Detail)} × {group.Count()}")));
                text.Line($"{title} ({findings.Length}): {shown}{(policies.Length > 20 ? ", …" : "")}");
                text.Line();
            }
        }
    }

    private static CommentSection StackSection(StackDifference stack, int room)
    {
        var changes = stack.Difference?.Changes.Where(ChangeWords.IsListed).ToArray() ?? [];
        if (changes.Length == 0 && stack.Settings.IsEmpty && ChangeWords.State(stack) is null)
        {
            return new CommentSection(stack.Stack, [""]);
        }

        return CommentSection.Create(
            $"the changes of {MarkdownText.Code(stack.Stack, 40)}",
            room,
            text => Write(text, withProperties: true, withResources: true),
            text => Write(text, withProperties: false, withResources: true),
            text => Write(text, withProperties: false, withResources: false),
            text =>
            {
                text.Line($"{MarkdownText.Code(stack.Stack, 40)}: {ChangeWords.Counts(stack)}");
                text.Line();
            });

        void Write(LimitedText text, bool withProperties, bool withResources)
        {
            text.Line($"<details><summary>{MarkdownText.HtmlCode(stack.Stack, 40)}: {ChangeWords.Counts(stack)}</summary>");
            text.Line();
            if (ChangeWords.State(stack) is { } state)
            {
                text.Line(MarkdownText.Code(state, Longer * 4));
                text.Line();
            }

            foreach (var setting in stack.Settings)
            {
                text.Line($"- setting {MarkdownText.Code(setting.Key, Subject)}: {Setting(setting.Former)} → {Setting(setting.Present)}");
            }

            if (stack.Settings.Length > 0)
            {
                text.Line();
            }

            foreach (var component in changes.GroupBy(ChangeWords.Component, StringComparer.Ordinal))
            {
                var counts = string.Join(", ", component.GroupBy(change => change.Operation).OrderBy(group => group.Key).Select(group => string.Create(
                    CultureInfo.InvariantCulture, $"{group.Count()} to {OperationStyle.Word(group.Key)}")));
                text.Line($"- {MarkdownText.Code(component.Key, Subject)}: {counts}");
                foreach (var change in component.Where(_ => withResources))
                {
                    if (!WriteChange(text, change, withProperties))
                    {
                        return;
                    }
                }
            }

            text.Line();
            text.Line("</details>");
            text.Line();
        }
    }

    private static bool WriteChange(LimitedText text, ResourceChange change, bool withProperties)
    {
        var may = change.MayReplace ? " (may replace)" : "";
        var hasRoom = text.Line(
            $"  - **{OperationStyle.Word(change.Operation)}**{may} {MarkdownText.Code(ChangeWords.Subject(change.Resource.Urn), Subject * 2)}");
        foreach (var property in withProperties ? change.Properties : [])
        {
            var replaces = property.Replaces == Replacement.Certain ? " **replaces**" : "";
            hasRoom = hasRoom && text.Line(
                $"    - {MarkdownText.Code(property.Path.ToString(), Subject)}: {Value(property.Former)} → {Value(property.Present)}{replaces}");
        }

        return hasRoom;
    }

    private static string Value(Protocol.Properties.PropertyValue? value) =>
        value is null ? ChangeWords.None : MarkdownText.Code(ChangeWords.Value(value), Detail * 2);

    private static string Setting(string? value) => value is null ? ChangeWords.None : MarkdownText.Code(value, Detail);

    private static string Footer(ChangeReport report, ImmutableArray<string> shortened)
    {
        var text = new LimitedText(FooterLength);
        if (!shortened.IsEmpty)
        {
            var titles = string.Join(", ", shortened.Take(8)) + (shortened.Length > 8 ? ", …" : "");
            text.Line($"Shortened to fit a comment: {titles}. The whole is in the run's artifact.");
            text.Line();
        }

        text.Line(report.Source == ChangeSource.Previews
            ? "<sub>Previewed without a cloud account: what only a cloud could tell is unknown, and policies that hang on it are undecided. The plans come from the pull request's own code.</sub>"
            : "<sub>From the Pulumi CLI's preview of what is deployed.</sub>");
        return text.ToString();
    }
}
