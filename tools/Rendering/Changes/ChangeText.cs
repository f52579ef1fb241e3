using CantonInfra.Engine.Policies;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>A report of changes for people at a terminal.</summary>
internal static class ChangeText
{
    private const int Longest = 300;

    /// <summary>Writes the report.</summary>
    public static void Write(Terminal terminal, ChangeReport report)
    {
        terminal.Output.WriteLine(terminal.Paint($"Comparing ({report.Origin}):", Color.Bold));
        terminal.Output.WriteLine();
        DangerText.Write(terminal, report.AllDangers);
        foreach (var stack in report.Stacks)
        {
            Write(terminal, stack);
        }
    }

    private static void Write(Terminal terminal, StackDifference stack)
    {
        terminal.Output.WriteLine(terminal.Paint($"{stack.Stack}: {ChangeWords.Counts(stack)}", Color.Bold));
        if (ChangeWords.State(stack) is { } state)
        {
            terminal.Output.WriteLine($"    {PlainText.Line(state, Longest * 10)}");
        }

        foreach (var setting in stack.Settings)
        {
            terminal.Output.WriteLine(
                $"    {PlainText.Line(setting.Key, Longest)}: {PlainText.Line(setting.Former ?? ChangeWords.None, Longest)} → {PlainText.Line(setting.Present ?? ChangeWords.None, Longest)}");
        }

        foreach (var change in stack.Difference?.Changes.Where(ChangeWords.IsListed) ?? [])
        {
            PropertyChangeText.Write(terminal, change);
        }

        WriteFindings(terminal, "new", stack.Findings.Added, Color.Red);
        WriteFindings(terminal, "fixed", stack.Findings.Fixed, Color.Green);
        terminal.Output.WriteLine();
    }

    private static void WriteFindings(Terminal terminal, string word, IEnumerable<Finding> findings, Color color)
    {
        foreach (var finding in findings)
        {
            var level = finding.Level == PolicyLevel.Mandatory ? "mandatory" : "advisory";
            terminal.Output.WriteLine(
                $"    {terminal.Paint($"[{word}]", color)} [{level}]  {PlainText.Line(finding.Policy, Longest)}  ({PlainText.Line(ChangeWords.Subject(finding.Urn), Longest)})");
            terminal.Output.WriteLine($"      {PlainText.Line(finding.Message, Longest)}");
        }
    }
}
