using System.Globalization;

namespace CantonInfra.Engine.Diagnostics;

/// <summary>How grave a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>For those who look for the cause of something.</summary>
    Debug,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Probably not what was meant.</summary>
    Warning,

    /// <summary>The run has failed.</summary>
    Error,
}

/// <summary>A place in a file.</summary>
/// <param name="Path">The file, as the user knows it.</param>
/// <param name="Line">The line, from 1; 0 for the file as a whole.</param>
/// <param name="Column">The column, from 1; 0 for the line as a whole.</param>
public sealed record SourceLocation(string Path, int Line = 0, int Column = 0)
{
    /// <summary>The place as <c>path:line:column</c>.</summary>
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => Path,
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{Path}:{Line}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Path}:{Line}:{Column}"),
    };
}

/// <summary>Something the user is told: what, about what, and where.</summary>
/// <param name="Id">A stable id, such as <c>engine-duplicate-urn</c>; messages of the program itself have <c>program</c>.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Message">What is wrong and what to do; secrets are masked.</param>
/// <param name="Urn">The resource it is about; empty for the stack as a whole.</param>
/// <param name="Location">The place in a file, if there is one.</param>
public sealed record Diagnostic(
    string Id, DiagnosticSeverity Severity, string Message, string Urn = "", SourceLocation? Location = null)
{
    /// <summary>An error.</summary>
    public static Diagnostic Error(string id, string message, SourceLocation? location = null, string urn = "") =>
        new(id, DiagnosticSeverity.Error, message, urn, location);
}
