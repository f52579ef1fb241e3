using System.Text;
using System.Text.Json;
using CantonInfra.Reports.Rules;

namespace CantonInfra.Tools.Rules;

/// <summary>Rules as Markdown: the pages of <c>docs/rules/</c>.</summary>
internal static class RuleMarkdown
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>All files of the reference by name.</summary>
    public static IEnumerable<(string Name, string Text)> Files(RuleCatalogue catalogue) =>
        [("README.md", Index(catalogue)), .. catalogue.Rules.Select(rule => ($"{rule.Id}.md", Page(rule)))];

    /// <summary>A table of the rules.</summary>
    public static string Index(RuleCatalogue catalogue)
    {
        var text = new StringBuilder();
        text.Append("# Rules\n\n").Append(catalogue.Description).Append(" Generated from the rules of the pack `")
            .Append(catalogue.Pack).Append("`.\n\n| rule | what must hold | severity | judges |\n| --- | --- | --- | --- |\n");
        foreach (var rule in catalogue.Rules)
        {
            text.Append("| [").Append(rule.Id).Append("](").Append(rule.Id).Append(".md) | ").Append(rule.Title).Append(" | ")
                .Append(rule.Severity).Append(" | ").Append(rule.Judges).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>All about one rule.</summary>
    public static string Page(RuleEntry rule)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(rule.Id).Append("\n\n").Append(rule.Title).Append(".\n\n")
            .Append("* Severity: ").Append(rule.Severity).Append('\n')
            .Append("* Judges: ").Append(rule.Judges == "stack" ? "the stack as a whole" : "resources one by one").Append('\n')
            .Append("* In audit mode: ").Append(rule.NeverLowered ? "still mandatory" : "advisory").Append('\n');
        if (rule.Controls.Length > 0)
        {
            text.Append("* Controls: ").AppendJoin(", ", rule.Controls.Select(control => $"{control.Framework} {control.Id}")).Append('\n');
        }

        text.Append("\n## Why\n\n").Append(rule.Rationale).Append("\n\n## What to do\n\n").Append(rule.Remediation).Append('\n');
        if (rule.ResourceTypes.Length > 0)
        {
            text.Append("\n## Types\n\n");
            foreach (var type in rule.ResourceTypes)
            {
                text.Append("* `").Append(type).Append("`\n");
            }
        }

        if (rule.Settings.Length > 0)
        {
            text.Append("\n## Settings\n\n");
            foreach (var setting in rule.Settings)
            {
                text.Append("* `").Append(setting.Name).Append("`, ").Append(setting.MustBe).Append(setting.Required ? ", required: " : ": ")
                    .Append(setting.Description).Append('\n');
            }
        }

        if (rule.Example is { } example)
        {
            text.Append("\n## Example\n\nProperties of `").Append(example.Type).Append("` that keep the rule:\n\n");
            AppendJson(text, example.Good);
            text.Append("\nand that break it:\n\n");
            AppendJson(text, example.Bad);
        }

        return text.ToString();
    }

    private static void AppendJson(StringBuilder text, JsonElement json) =>
        text.Append("```json\n").Append(JsonSerializer.Serialize(json, Indented)).Append("\n```\n");
}
