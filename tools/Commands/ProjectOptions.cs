using System.CommandLine;

namespace CantonInfra.Tools.Commands;

/// <summary>The options that several verbs share.</summary>
internal static class ProjectOptions
{
    /// <summary><c>-C DIR</c>: the project's folder.</summary>
    public static Option<string> Directory() => new("--cwd", "-C")
    {
        Description = "The project's folder, or one below it.",
        HelpName = "dir",
        DefaultValueFactory = _ => System.IO.Directory.GetCurrentDirectory(),
    };

    /// <summary><c>--json [FILE]</c>: JSON in place of text, or besides it in a file.</summary>
    public static Option<string?> Json() => new("--json")
    {
        Description = "Write the result as JSON to a file, or to standard output in place of the text.",
        HelpName = "file|-",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary><c>-c key=value</c>: settings that win over the stack file's.</summary>
    public static Option<string[]> Config() => new("--config", "-c")
    {
        Description = "A setting that wins over the stack file's: [namespace:]key=value. Repeatable.",
        HelpName = "key=value",
    };

    /// <summary><c>--no-color</c>.</summary>
    public static Option<bool> NoColor() => new("--no-color") { Description = "No colours." };
}
