using System.Diagnostics.CodeAnalysis;

namespace CantonInfra.Tools.Terminals;

/// <summary>Where a command writes: results to one writer, progress and errors to another.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Progress and errors.</param>
/// <param name="HasColors">Whether results may be coloured.</param>
/// <param name="ShowsProgress">Whether progress is shown: only where someone watches.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool HasColors, bool ShowsProgress)
{
    /// <summary>The terminal of this process.</summary>
    /// <param name="environment">Gives an environment variable or null.</param>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The one place where the process's own streams are taken.")]
    public static Terminal OfProcess(Func<string, string?> environment)
    {
        // NO_COLOR counts when it is set to anything but the empty text (no-color.org).
        var mayColor = string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") != "dumb";
        return new Terminal(
            Console.Out, Console.Error, mayColor && !Console.IsOutputRedirected, !Console.IsErrorRedirected);
    }

    /// <summary>This terminal without colours.</summary>
    public Terminal WithoutColors() => this with { HasColors = false };

    /// <summary>The text in a colour, where colours are shown.</summary>
    public string Paint(string text, Color color) =>
        HasColors && text.Length > 0 ? $"\u001b[{(int)color}m{text}\u001b[0m" : text;
}

/// <summary>The colours of the Pulumi CLI's display, as their terminal codes.</summary>
internal enum Color
{
    /// <summary>Headings.</summary>
    Bold = 1,

    /// <summary>Secondary matter.</summary>
    Dim = 2,

    /// <summary>Deleting, errors, mandatory violations.</summary>
    Red = 31,

    /// <summary>Creating, success.</summary>
    Green = 32,

    /// <summary>Updating, warnings, advisory violations.</summary>
    Yellow = 33,

    /// <summary>Replacing.</summary>
    Magenta = 35,

    /// <summary>Reading.</summary>
    Cyan = 36,
}
