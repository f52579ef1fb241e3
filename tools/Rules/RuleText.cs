using CantonInfra.Reports.Rules;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Rules;

/// <summary>Rules for people at a terminal.</summary>
internal static class RuleText
{
    /// <summary>A line each.</summary>
    public static void WriteList(Terminal terminal, RuleCatalogue catalogue)
    {
        var width = catalogue.Rules.Max(rule => rule.Id.Length);
        terminal.Output.WriteLine(terminal.Paint($"{"Rule".PadRight(width)}  Severity  What must hold", Color.Bold));
        foreach (var rule in catalogue.Rules)
        {
            terminal.Output.WriteLine($"{rule.Id.PadRight(width)}  {rule.Severity,-8}  {rule.Title}");
        }
    }

    /// <summary>All about one rule.</summary>
    public static void WriteOne(Terminal terminal, RuleEntry rule)
    {
        terminal.Output.WriteLine(terminal.Paint($"{rule.Id}: {rule.Title}", Color.Bold));
        WriteField(terminal, "Severity", rule.Severity);
        WriteField(terminal, "Judges", rule.Judges == "stack" ? "the stack as a whole" : string.Join(", ", rule.ResourceTypes));
        WriteField(terminal, "Audit mode", rule.NeverLowered ? "still mandatory" : "advisory");
        WriteField(terminal, "Controls", string.Join(", ", rule.Controls.Select(control => $"{control.Framework} {control.Id}")));
        WriteField(terminal, "Why", rule.Rationale);
        WriteField(terminal, "What to do", rule.Remediation);
    }

    private static void WriteField(Terminal terminal, string name, string text) =>
        terminal.Output.WriteLine($"  {terminal.Paint($"{name}:".PadRight(12), Color.Dim)} {text}");
}
