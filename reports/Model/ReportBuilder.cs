using CantonInfra.Engine.Policies;
using CantonInfra.Reports.Rules;

namespace CantonInfra.Reports.Model;

/// <summary>Makes the one result that all writers write.</summary>
internal static class ReportBuilder
{
    /// <summary>The report.</summary>
    public static Report Build(ReportInput input)
    {
        var catalogues = input.Catalogues.ToDictionary(catalogue => catalogue.Pack, StringComparer.Ordinal);
        return new Report(
            input.Project,
            input.AsOf,
            input.Version,
            [
                .. input.Runs.OrderBy(run => run.Plan.Stack, StringComparer.Ordinal)
                    .Select(run => new StackReportBuilder(run, catalogues, input.Evidence, input.AsOf).Build()),
            ],
            [
                .. input.Catalogues.SelectMany(catalogue => catalogue.Waivers)
                    .Select(waiver => new WaiverReport(
                        waiver, waiver.Expires.DayNumber - input.AsOf.DayNumber, input.Runs.Sum(run => UsesOf(waiver, run.Policies))))
                    .OrderBy(waiver => waiver.Entry.Rule, StringComparer.Ordinal)
                    .ThenBy(waiver => waiver.Entry.Subject, StringComparer.Ordinal)
                    .ThenBy(waiver => waiver.Entry.Ticket, StringComparer.Ordinal),
            ],
            input.Licences);
    }

    // A waived verdict names its waiver in these words, and nothing else does.
    private static int UsesOf(WaiverEntry waiver, PolicyResult policies) => policies.Waived
        .Where(verdict => verdict.Policy == waiver.Rule
            && verdict.Reason.Contains($"(waiver {waiver.Ticket} of {waiver.Owner} until ", StringComparison.Ordinal))
        .Select(verdict => verdict.Urn).Distinct(StringComparer.Ordinal).Count();
}
