using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Writers.Sarif;

/// <summary>
/// The report as SARIF: violations and overdue duties are results of kind fail, undecided checks of kind open, waived ones are suppressed.
/// </summary>
internal static class SarifReport
{
    /// <summary>The rule of evidence that is overdue.</summary>
    public const string OverdueRule = "evidence-overdue";

    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, Report report) =>
        SarifWriter.Write(stream, new SarifLog(report.Version, $"canton-infra/{report.Project}/", RulesOf(report), ResultsOf(report)));

    private static ImmutableArray<SarifRule> RulesOf(Report report) =>
    [
        .. report.Stacks.SelectMany(stack => stack.Rules)
            .Select(rule => new SarifRule(
                SarifRule.IdOf(rule.Pack, rule.Id), rule.Title, rule.Rationale, rule.Remediation, rule.Severity, rule.Level == "mandatory", rule.Controls))
            .DistinctBy(rule => rule.Id, StringComparer.Ordinal)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
        new SarifRule(
            OverdueRule,
            "Evidence of duties is in force",
            "What people must do regularly counts for a time only; what was done too long ago proves nothing of today.",
            "Do it again and record it below evidence/.",
            "medium",
            IsMandatory: false,
            []),
    ];

    private static ImmutableArray<SarifResult> ResultsOf(Report report)
    {
        var checks =
            from stack in report.Stacks
            from check in stack.Checks
            let rule = stack.Rules[check.Rule]
            let resource = stack.Resources[check.Resource]
            select (check.State, Result: new SarifResult(
                SarifRule.IdOf(rule.Pack, rule.Id),
                check.State == CheckState.Undecided,
                check.IsMandatory || check.State == CheckState.Fault,
                check.State == CheckState.Waived,
                WithoutLinks($"{string.Join("\n", check.Notes)}\n{resource.Type} '{resource.Name}' of the stack {stack.Name}."),
                resource.Urn,
                check.File,
                check.Line,
                check.Fingerprint));
        var duties =
            from stack in report.Stacks
            from duty in stack.Duties
            where duty.Status == ControlStatus.Overdue
            select (State: CheckState.Fail, Result: new SarifResult(
                OverdueRule,
                IsOpen: false,
                IsError: false,
                IsSuppressed: false,
                string.Create(CultureInfo.InvariantCulture, $"{duty.Duty.Title}: overdue for {-duty.DaysLeft} days in the stack {stack.Name}. {duty.Duty.Instruction}"),
                $"{stack.Name}/{duty.Duty.Id}",
                duty.Evidence!.File,
                1,
                $"{stack.Name}/{duty.Duty.Id}"));
        return [.. checks.Concat(duties).OrderBy(entry => entry.State).ThenByDescending(entry => entry.Result.IsError).Select(entry => entry.Result)];
    }

    // '[text](target)' in a message is a link; a name that looks like one is none.
    private static string WithoutLinks(string text) => !text.Contains("](", StringComparison.Ordinal) ? text
        : text.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
}
