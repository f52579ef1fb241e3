using System.Globalization;
using System.Text;
using CantonInfra.Reports.Controls;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Writers;

/// <summary>The report as Markdown: what a reviewer reads first, in tables.</summary>
internal static class MarkdownReport
{
    /// <summary>The report.</summary>
    public static string Write(Report report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Compliance report of {Cell(report.Project)}\n\nAs of {report.AsOf:yyyy-MM-dd}, by canton-infra {Cell(report.Version)}. ");
        text.Append("A check is one rule on one resource. The score is the share of checks or controls that pass in those that apply, rounded down; ")
            .Append("what is undecided, waived, manual or overdue applies and does not pass.\n\n## Stacks\n\n");
        Table(
            text,
            ["stack", "checks", "pass", "fail", "fault", "undecided", "waived", "score", "overdue duties"],
            report.Stacks.Select(stack => Row(stack.Name, stack.Counts, stack.Duties.Count(duty => duty.Status == ControlStatus.Overdue)))
                .Append(Row("all", report.Counts, report.OverdueDuties)));
        foreach (var stack in report.Stacks)
        {
            Write(text, stack);
        }

        text.Append("\n## Waivers\n\n");
        TableOr(
            text,
            "There are none.",
            ["rule", "subject", "owner", "reason", "ticket", "last day", "days left", "checks"],
            report.Waivers.Select(waiver => (string[])
            [
                waiver.Entry.Rule, waiver.Entry.Subject, waiver.Entry.Owner, waiver.Entry.Reason, waiver.Entry.Ticket, Day(waiver.Entry.Expires),
                Number(waiver.DaysLeft), Number(waiver.Uses),
            ]));
        text.Append("\n## Licences\n\n");
        TableOr(
            text,
            "Nothing of others is shipped.",
            ["package", "version", "licence"],
            report.Licences.Select(package => (string[])[package.Name, package.Version, package.Licence]));
        return text.ToString();
    }

    private static void Write(StringBuilder text, StackReport stack)
    {
        text.Append("\n## ").Append(Cell(stack.Name)).Append("\n\n### Controls\n\n");
        Table(text, ["framework", "passed", "apply", "score"], stack.Frameworks.Select(framework =>
        {
            var score = stack.ScoreOf(framework);
            return (string[])[ControlTitles.Framework(framework), Number(score.Passed), Number(score.Applicable), Percent(score)];
        }));
        text.Append('\n');
        Table(text, ["control", "about", "status", "pass", "fail", "fault", "undecided", "waived"], stack.Controls.Select(control => (string[])
        [
            $"{control.Framework} {control.Id}", control.Title, StatusText(control.Status), Number(control.Counts.Pass), Number(control.Counts.Fail),
            Number(control.Counts.Fault), Number(control.Counts.Undecided), Number(control.Counts.Waived),
        ]));
        text.Append("\n### Findings\n\n");
        TableOr(text, "There are none.", ["state", "severity", "rule", "resource", "what", "where"], stack.Checks.Select(check => (string[])
        [
            StatusText(check.State), stack.Rules[check.Rule].Severity, stack.Rules[check.Rule].Id,
            $"{stack.Resources[check.Resource].Type} {stack.Resources[check.Resource].Name}", string.Join('\n', check.Notes),
            string.Create(CultureInfo.InvariantCulture, $"{check.File}:{check.Line}"),
        ]));
        text.Append("\n### Duties\n\n");
        TableOr(text, "There are none.", ["duty", "status", "performed on", "by", "counts until", "artefact"], stack.Duties.Select(duty => (string[])
        [
            duty.Duty.Title, StatusText(duty.Status), duty.Evidence is { } done ? Day(done.PerformedOn) : "", duty.Evidence?.PerformedBy ?? "",
            duty.Evidence is { } counted ? Day(counted.ValidUntil) : "", duty.Evidence is { } kept ? $"{kept.Artefact} sha256 {kept.Sha256}" : "",
        ]));
        text.Append("\n### Recovery\n\n");
        text.Append(stack.Recovery.Promise.Length > 0 ? $"Promised: {Cell(stack.Recovery.Promise)}; {Kept(stack.Recovery.IsKept)}.\n\n" : "");
        TableOr(
            text, "The stack states no objectives.", ["failure of", "objective", "within the promise"],
            stack.Recovery.Objectives.Select(objective => (string[])[objective.Title, objective.Objective, objective.IsWithin switch { true => "yes", false => "no", null => "not part of it" }]));
        text.Append("\n### Data\n\n");
        TableOr(text, "The stack keeps no data.", ["region", "data", "store", "copies in", "key"], stack.Residency.Select(store => (string[])
            [store.Region, store.Data, store.Store, store.CopyRegion, store.Key]));
        text.Append("\n### Access\n\n");
        TableOr(text, "The stack grants nothing.", ["who", "duty", "plane", "role", "scope", "why"], stack.Access.Select(row => (string[])
            [row.Who, row.Duty, row.Plane, row.Role, row.Scope, row.Why]));
        text.Append("\n### Internet\n\n");
        TableOr(text, "Nothing answers to the internet.", ["host", "paths", "port", "from", "asks for", "way", "leads to"], stack.Internet.Entrances.Select(each => (string[])
            [each.Host, each.Paths.IsEmpty ? "all" : string.Join('\n', each.Paths), each.Port, each.From, each.Asks, string.Join(" → ", each.Way), each.Target]));
        text.Append('\n');
        TableOr(text, "No rule of a firewall lets anything out.", ["rule", "from", "hosts", "ports", "why"], stack.Internet.Allowed.Select(each => (string[])
            [each.Rule, string.Join(", ", each.From), string.Join('\n', each.Hosts), string.Join(", ", each.Ports), each.Why]));
        text.Append("\n### Connections\n\n");
        if (stack.Connections.Graph is { } graph)
        {
            text.Append(graph.Holds switch
            {
                true => "Network policies allow exactly what is declared.\n\n",
                false => "Network policies allow more or less than is declared.\n\n",
                null => "Whether network policies allow exactly what is declared is not known.\n\n",
            });
            Table(text, ["from", "to", "ports", "state", "requirement", "why"], graph.Edges.Select(edge => (string[])
                [edge.From, edge.To, edge.Ports, edge.State.ToString().ToLowerInvariant(), edge.Requirement, edge.Why]));
        }
        else
        {
            text.Append(stack.Connections.Problem.Length > 0 ? Cell(stack.Connections.Problem) : "The stack declares none.").Append('\n');
        }

        text.Append("\n### Shared responsibility\n\n");
        Table(text, ["area", "Azure", "platform", "status", "customer", "evidence"], stack.Responsibility.Select(each => (string[])
            [each.Area.Name, each.Area.Provider, each.Area.Platform, StatusText(each.Status), each.Area.Customer, each.Duties.IsEmpty ? "" : $"{StatusText(each.CustomerStatus)}: {string.Join(", ", each.Duties)}"]));
    }

    /// <summary>A state or status as people read it: NotApplicable is 'not applicable'.</summary>
    internal static string StatusText<T>(T status)
        where T : struct, Enum => status.ToString() is "NotApplicable" ? "not applicable" : status.ToString().ToLowerInvariant();

    private static string Kept(bool? isKept) => isKept switch
    {
        true => "the settings keep it",
        false => "the settings do not keep it",
        null => "whether the settings keep it is not known",
    };

    private static string[] Row(string name, CheckCounts counts, int overdue) =>
    [
        name, Number(counts.Applicable), Number(counts.Pass), Number(counts.Fail), Number(counts.Fault), Number(counts.Undecided),
        Number(counts.Waived), Percent(counts.Score), Number(overdue),
    ];

    private static void TableOr(StringBuilder text, string none, string[] headers, IEnumerable<string[]> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0)
        {
            text.Append(none).Append('\n');
        }
        else
        {
            Table(text, headers, list);
        }
    }

    private static void Table(StringBuilder text, string[] headers, IEnumerable<string[]> rows)
    {
        text.Append("| ").AppendJoin(" | ", headers).Append(" |\n|").Insert(text.Length, " --- |", headers.Length).Append('\n');
        foreach (var row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select(Cell)).Append(" |\n");
        }
    }

    // Nothing of a plan may become markup: names can hold anything.
    private static string Cell(string text)
    {
        var cell = new StringBuilder();
        foreach (var character in text)
        {
            _ = character switch
            {
                '\n' => cell.Append("<br>"),
                _ when char.IsControl(character) => cell.Append(' '),
                '<' => cell.Append("&lt;"),
                '>' => cell.Append("&gt;"),
                '&' => cell.Append("&amp;"),
                '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '!' or '#' or '~' => cell.Append('\\').Append(character),
                _ => cell.Append(character),
            };
        }

        return cell.ToString();
    }

    private static string Percent(Score score) => score.Percent is { } percent ? $"{Number(percent)} %" : "–";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
