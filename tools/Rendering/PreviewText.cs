using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Dangers;
using CantonInfra.Tools.Rendering.Changes;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Rendering;

/// <summary>A preview's result for people, laid out as the Pulumi CLI lays it out.</summary>
internal static class PreviewText
{
    private const string Indent = "    ";

    public static void Write(Terminal terminal, PreviewResult result, PlanDifference difference, ImmutableArray<Danger> dangers)
    {
        terminal.Output.WriteLine(terminal.Paint($"Previewing update ({result.Plan.Stack}):", Color.Bold));
        terminal.Output.WriteLine();
        DangerText.Write(terminal, dangers.Select(danger => ("", danger)));

        ResourceTree.Write(terminal, difference, result.Policies);
        if (difference.Earlier is not null)
        {
            PropertyChangeText.Write(terminal, difference);
        }

        WriteOutputs(terminal, result.Plan);
        WriteDiagnostics(terminal, result);
        WritePolicies(terminal, result);
        WriteCounts(terminal, difference);
        WriteVerdict(terminal, result, dangers.Any(danger => danger.IsRefused));
    }

    private static void WriteOutputs(Terminal terminal, Plan plan)
    {
        if (plan.Outputs.Entries.Count == 0)
        {
            return;
        }

        Heading(terminal, "Outputs:");
        var width = plan.Outputs.Entries.Keys.Max(name => name.Length);
        foreach (var (name, value) in plan.Outputs.Entries)
        {
            terminal.Output.WriteLine($"{Indent}{name.PadRight(width)}: {Shown(value)}");
        }

        terminal.Output.WriteLine();
    }

    // Marks stand bare, so that they cannot be taken for texts that look like them.
    private static string Shown(PropertyValue value)
    {
        var text = PropertyJson.ToText(value);
        return value.IsSecret || value.IsUnknown ? text.Trim('"') : text;
    }

    private static void WriteDiagnostics(Terminal terminal, PreviewResult result)
    {
        if (result.Diagnostics.Length == 0)
        {
            return;
        }

        Heading(terminal, "Diagnostics:");
        foreach (var group in result.Diagnostics.GroupBy(diagnostic => diagnostic.Urn, StringComparer.Ordinal))
        {
            terminal.Output.WriteLine($"{Indent[..2]}{Subject(group.Key, result.Plan)}:");
            foreach (var diagnostic in group)
            {
                terminal.Output.WriteLine(DiagnosticText.Indented(terminal, diagnostic, Indent));
            }
        }

        terminal.Output.WriteLine();
    }

    private static void WritePolicies(Terminal terminal, PreviewResult result)
    {
        if (result.Policies.Packs.Length == 0)
        {
            return;
        }

        Heading(terminal, "Policies:");
        foreach (var pack in result.Policies.Packs)
        {
            var findings = result.Policies.Findings.Where(finding => finding.Pack == pack.Name).ToArray();
            terminal.Output.WriteLine($"{Indent}{Mark(terminal, result, findings)} {Title(pack)}");
            foreach (var finding in findings.OrderByDescending(finding => finding.Level))
            {
                WriteFinding(terminal, result.Plan, finding);
            }

            WriteNoVerdicts(terminal, result.Plan, terminal.Paint("[waived]", Color.Yellow), result.Policies.Waived, pack);
            WriteNoVerdicts(terminal, result.Plan, terminal.Paint("[undecided]", Color.Dim), result.Policies.Undecided, pack);

            foreach (var remediation in result.Policies.Remediations.Where(record => record.Pack == pack.Name))
            {
                var text = remediation.Message.Length > 0 ? $"not mended: {remediation.Message}" : "mended";
                terminal.Output.WriteLine(
                    $"{Indent}{Indent}- {terminal.Paint("[remediate]", Color.Magenta)}  {remediation.Policy}  ({Subject(remediation.Urn, result.Plan)})  {text}");
            }
        }

        terminal.Output.WriteLine();
    }

    private static string Mark(Terminal terminal, PreviewResult result, Finding[] findings)
    {
        if (findings.Any(finding => finding.Level == PolicyLevel.Mandatory))
        {
            return terminal.Paint("✗", Color.Red);
        }

        // A plan that was not completed has not been judged as a whole, so it has not passed.
        if (result.Outcome is not PreviewOutcome.Succeeded and not PreviewOutcome.PolicyViolation)
        {
            return terminal.Paint("–", Color.Yellow);
        }

        return findings.Length > 0 ? terminal.Paint("!", Color.Yellow) : terminal.Paint("✓", Color.Green);
    }

    private static string Title(PolicyPackSummary pack)
    {
        var version = pack.Version.Length > 0 ? $"@v{pack.Version}" : "";
        return $"{pack.Name}{version} (local: {pack.Path})";
    }

    private static void WriteFinding(Terminal terminal, Plan plan, Finding finding)
    {
        var isMandatory = finding.Level == PolicyLevel.Mandatory;
        var level = terminal.Paint(isMandatory ? "[mandatory]" : "[advisory]", isMandatory ? Color.Red : Color.Yellow);
        var severity = finding.Severity.Length > 0 ? $"  [severity: {finding.Severity}]" : "";
        terminal.Output.WriteLine($"{Indent}{Indent}- {level}{severity}  {finding.Policy}  ({Subject(finding.Urn, plan)})");
        foreach (var line in finding.Message.Split('\n'))
        {
            terminal.Output.WriteLine($"{Indent}{Indent}  {line.TrimEnd()}".TrimEnd());
        }
    }

    private static void WriteNoVerdicts(
        Terminal terminal, Plan plan, string state, ImmutableArray<NoVerdict> verdicts, PolicyPackSummary pack)
    {
        foreach (var verdict in verdicts.Where(verdict => verdict.Pack == pack.Name))
        {
            terminal.Output.WriteLine($"{Indent}{Indent}- {state}  {verdict.Policy}  ({Subject(verdict.Urn, plan)})");
            terminal.Output.WriteLine($"{Indent}{Indent}  {verdict.Reason}");
        }
    }

    private static void WriteCounts(Terminal terminal, PlanDifference difference)
    {
        Heading(terminal, "Resources:");
        var counted = difference.Changes.Where(change => change.Resource.Kind != ResourceKind.DefaultProvider).ToArray();
        foreach (var operation in new[] { Operation.Create, Operation.Import, Operation.Update, Operation.Replace, Operation.Delete, Operation.Read })
        {
            var count = counted.Count(change => change.Operation == operation);
            if (count > 0)
            {
                var symbol = terminal.Paint(OperationStyle.Symbol(operation), OperationStyle.ColorOf(operation));
                terminal.Output.WriteLine($"{Indent}{symbol} {count} to {OperationStyle.Word(operation)}");
            }
        }

        var same = counted.Count(change => change.Operation == Operation.Same);
        if (same > 0)
        {
            terminal.Output.WriteLine($"{Indent}{same} unchanged");
        }
    }

    private static void WriteVerdict(Terminal terminal, PreviewResult result, bool isRefused)
    {
        var (text, color) = result.Outcome switch
        {
            PreviewOutcome.PolicyViolation => ("The preview fails: a mandatory policy is violated.", Color.Red),
            PreviewOutcome.Failed => ("The preview failed; the plan above is what was declared until then.", Color.Red),
            PreviewOutcome.ConfigurationError when result.Plan.Resources.Length > 1 => ("The stack's settings are wrong; nothing was judged.", Color.Red),
            PreviewOutcome.ConfigurationError => ("The stack's settings are wrong; nothing was declared.", Color.Red),
            PreviewOutcome.Cancelled => ("The preview was cancelled.", Color.Yellow),
            _ when isRefused => ("The preview fails: the change is refused, see the dangers above.", Color.Red),
            _ => ("", Color.Green),
        };
        if (text.Length > 0)
        {
            terminal.Output.WriteLine();
            terminal.Output.WriteLine(terminal.Paint(text, color));
        }
    }

    private static void Heading(Terminal terminal, string text) => terminal.Output.WriteLine(terminal.Paint(text, Color.Bold));

    private static string Subject(string urn, Plan plan)
    {
        if (urn.Length == 0)
        {
            return $"{Urn.StackType}: {plan.Project}-{plan.Stack}";
        }

        return Urn.TryParse(urn, out var parsed) ? $"{parsed.Type}: {parsed.Name}" : urn;
    }
}
