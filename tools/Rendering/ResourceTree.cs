using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Rendering;

/// <summary>The resources of a preview as the Pulumi CLI's tree of type, name, plan and info.</summary>
internal static class ResourceTree
{
    private static readonly string[] Headers = ["Type", "Name", "Plan", "Info"];

    public static void Write(Terminal terminal, PlanDifference difference, PolicyResult policies)
    {
        var rows = Rows(difference, policies);
        if (rows.Length == 0)
        {
            return;
        }

        var widths = Enumerable.Range(0, Headers.Length)
            .Select(column => Math.Max(Headers[column].Length, rows.Max(row => row.Cells[column].Length)))
            .ToArray();
        terminal.Output.WriteLine(terminal.Paint($"     {Line(Headers, widths, terminal, null)}".TrimEnd(), Color.Bold));
        foreach (var row in rows)
        {
            var color = OperationStyle.ColorOf(row.Operation);
            var symbol = terminal.Paint(OperationStyle.Symbol(row.Operation), color);
            var gap = new string(' ', 4 - OperationStyle.Symbol(row.Operation).Length);
            terminal.Output.WriteLine($" {symbol}{gap}{Line(row.Cells, widths, terminal, color)}".TrimEnd());
        }

        terminal.Output.WriteLine();
    }

    private static string Line(string[] cells, int[] widths, Terminal terminal, Color? operationColor)
    {
        var padded = cells.Select((cell, column) => column == cells.Length - 1 ? cell : cell.PadRight(widths[column])).ToArray();
        if (operationColor is { } color)
        {
            padded[2] = terminal.Paint(padded[2], color);
            padded[3] = terminal.Paint(padded[3], Color.Dim);
        }

        return string.Join("  ", padded).TrimEnd();
    }

    private static ImmutableArray<Row> Rows(PlanDifference difference, PolicyResult policies)
    {
        // Default providers are the engine's own doing; like the Pulumi CLI, the tree leaves them out.
        var shown = difference.Changes.Where(change => change.Resource.Kind != ResourceKind.DefaultProvider).ToArray();
        var present = shown.Select(change => change.Resource.Urn).ToHashSet(StringComparer.Ordinal);
        var children = shown.ToLookup(
            change => present.Contains(change.Resource.Parent) ? change.Resource.Parent : "", StringComparer.Ordinal);
        var findings = policies.Findings.ToLookup(finding => finding.Urn, StringComparer.Ordinal);

        var rows = ImmutableArray.CreateBuilder<Row>();
        foreach (var top in children[""])
        {
            Add(top, firstPrefix: "", restPrefix: "");
        }

        return rows.ToImmutable();

        void Add(ResourceChange change, string firstPrefix, string restPrefix)
        {
            var resource = change.Resource;
            rows.Add(new Row(
                change.Operation,
                [firstPrefix + resource.Type, resource.Name, OperationStyle.Word(change.Operation), Info(change, findings[resource.Urn])]));
            var below = children[resource.Urn].ToArray();
            for (var index = 0; index < below.Length; index++)
            {
                var isLast = index == below.Length - 1;
                Add(below[index], restPrefix + (isLast ? "└─ " : "├─ "), restPrefix + (isLast ? "   " : "│  "));
            }
        }
    }

    private static string Info(ResourceChange change, IEnumerable<Finding> findings)
    {
        var parts = new List<string>();
        if (change.ChangedProperties.Length > 0)
        {
            parts.Add($"[diff: {string.Join(",", change.ChangedProperties.Select(property => $"~{property}"))}]");
        }

        if (change.MayReplace)
        {
            parts.Add("may replace");
        }

        foreach (var group in findings.GroupBy(finding => finding.Level).OrderByDescending(group => group.Key))
        {
            var level = group.Key == PolicyLevel.Mandatory ? "mandatory" : "advisory";
            parts.Add($"{group.Count()} {level}");
        }

        return string.Join("; ", parts);
    }

    private sealed record Row(Operation Operation, string[] Cells);
}
