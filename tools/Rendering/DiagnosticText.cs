using CantonInfra.Engine.Diagnostics;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Rendering;

/// <summary>A diagnostic for people: where, how grave, what.</summary>
internal static class DiagnosticText
{
    public static string Of(Terminal terminal, Diagnostic diagnostic)
    {
        var place = diagnostic.Location is { } location ? $"{location}: " : "";
        return $"{place}{Severity(terminal, diagnostic.Severity)}{diagnostic.Message}";
    }

    public static string Indented(Terminal terminal, Diagnostic diagnostic, string indent) =>
        indent + string.Join(
            Environment.NewLine + indent,
            Of(terminal, diagnostic).Split('\n').Select(line => line.TrimEnd()));

    private static string Severity(Terminal terminal, DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => terminal.Paint("error:", Color.Red) + " ",
        DiagnosticSeverity.Warning => terminal.Paint("warning:", Color.Yellow) + " ",
        _ => "",
    };
}
