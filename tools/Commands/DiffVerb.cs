using System.CommandLine;

namespace CantonInfra.Tools.Commands;

/// <summary>The words of the verb <c>diff</c>.</summary>
internal static class DiffVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create(DiffCommand command)
    {
        var reference = new Option<string?>("--base")
        {
            Description = "The branch, tag or commit to compare with: its last commit that is in this history too.",
            HelpName = "ref",
        };
        var saved = new Option<string?>("--saved") { Description = "Report a comparison that --save saved; runs nothing of the project.", HelpName = "dir" };
        var pulumi = new Option<string[]>("--pulumi-json")
        {
            Description = "Report what 'pulumi preview --json' of the Pulumi CLI wrote. Repeatable, one for each stack.",
            HelpName = "file",
        };
        var stacks = new Option<string[]>("--stack", "-s")
        {
            Description = "A stack to look at; all where none is named. Repeatable.",
            HelpName = "name",
        };
        var directory = ProjectOptions.Directory();
        var noPolicy = new Option<bool>("--no-policy") { Description = "Ask no policies." };
        var save = new Option<string?>("--save") { Description = "Save what was compared, secrets masked.", HelpName = "dir" };
        var format = new Option<string>("--format")
        {
            Description = "How to show it: Markdown is the comment of a pull request.",
            DefaultValueFactory = _ => DiffOptions.Formats[0],
        };
        format.AcceptOnlyFromAmong(DiffOptions.Formats);
        var json = ProjectOptions.Json();
        var sarif = new Option<string?>("--sarif") { Description = "Write the violations of the stacks as SARIF.", HelpName = "file" };
        var noColor = ProjectOptions.NoColor();
        var verb = new Command("diff", "Show what a change does to the stacks: dangers first, then resources, then policies.")
        {
            reference, saved, pulumi, stacks, directory, noPolicy, save, format, json, sarif, noColor,
        };
        verb.SetAction((parsed, cancellation) => command.RunAsync(
            new DiffOptions
            {
                Base = parsed.GetValue(reference),
                Saved = parsed.GetValue(saved),
                PulumiPreviews = [.. parsed.GetValue(pulumi) ?? []],
                Stacks = [.. parsed.GetValue(stacks) ?? []],
                Directory = parsed.GetValue(directory)!,
                NoPolicy = parsed.GetValue(noPolicy),
                Save = parsed.GetValue(save),
                Format = parsed.GetValue(format)!,
                Json = new JsonTarget(parsed.GetResult(json) is not null, parsed.GetValue(json)),
                Sarif = parsed.GetValue(sarif),
                NoColor = parsed.GetValue(noColor),
            },
            cancellation));
        return verb;
    }
}
