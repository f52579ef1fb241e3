using System.CommandLine;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>The verb <c>report</c>.</summary>
internal static class ReportVerb
{
    /// <summary>The verb with its options.</summary>
    public static Command Create(Terminal terminal, Func<string, string?> environment, TimeProvider clock)
    {
        var output = new Option<string>("--out", "-o") { Description = "The folder to write to; it is made where it is missing.", HelpName = "dir", Required = true };
        var stacks = new Option<string[]>("--stack", "-s") { Description = "A stack; all of the project where none is named. Repeatable.", HelpName = "name" };
        var directory = ProjectOptions.Directory();
        var config = ProjectOptions.Config();
        var packs = new Option<string[]>("--policy-pack")
        {
            Description = "A policy pack's folder or executable; the project's 'policy' folder where none is named. Repeatable.",
            HelpName = "dir",
        };
        var formats = new Option<string[]>("--format") { Description = "A format; all where none is named. Repeatable." };
        formats.AcceptOnlyFromAmong(ReportFiles.Formats);
        var noColor = ProjectOptions.NoColor();
        var verb = new Command("report", "Write what policies and evidence say of stacks: for auditors, for code scanning, for people.")
        {
            output, stacks, directory, config, packs, formats, noColor,
        };
        verb.SetAction((parsed, cancellation) =>
        {
            var shown = parsed.GetValue(noColor) ? terminal.WithoutColors() : terminal;
            return new ReportCommand(shown, environment, clock).RunAsync(
                new ReportOptions
                {
                    Output = parsed.GetValue(output)!,
                    Stacks = [.. parsed.GetValue(stacks) ?? []],
                    Directory = parsed.GetValue(directory)!,
                    Config = [.. parsed.GetValue(config) ?? []],
                    PolicyPacks = [.. parsed.GetValue(packs) ?? []],
                    Formats = parsed.GetValue(formats) is { Length: > 0 } named ? [.. named] : [.. ReportFiles.Formats],
                },
                cancellation);
        });
        return verb;
    }
}
