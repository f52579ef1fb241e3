using CantonInfra.Engine.Policies;
using CantonInfra.Reports.Writers.Sarif;
using CantonInfra.Tools.Differences;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>
/// The violations of a comparison's stacks as SARIF, for code scanning, with the ids and fingerprints of the report's. Each stands at its
/// stack's file: the protocol of policies tells no place in the program, and these plans may be anybody's.
/// </summary>
internal static class ChangeSarif
{
    private const int LongestId = 200;

    /// <summary>Writes the document.</summary>
    public static void Write(Stream stream, ChangeReport report)
    {
        var results = report.Stacks
            .SelectMany(stack => (stack.Present?.Findings ?? []).Select(finding => (stack.Stack, Finding: finding)))
            .OrderByDescending(entry => entry.Finding.Level)
            .Select(entry => Result(entry.Stack, entry.Finding))
            .ToList();
        SarifWriter.Write(stream, new SarifLog(
            "",
            "",
            [
                .. results.Select(result => result.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                    .Select(id => new SarifRule(id, "", "", "", "", IsMandatory: false, [])),
            ],
            [.. results]));
    }

    private static SarifResult Result(string stack, Finding finding) => new(
        PlainText.Line(SarifRule.IdOf(finding.Pack, finding.Policy), LongestId),
        IsOpen: false,
        finding.Level == PolicyLevel.Mandatory || finding.IsFault,
        IsSuppressed: false,
        $"{Text(ChangeWords.Subject(finding.Urn))}: {Text(finding.Message)}",
        "",
        $"Pulumi.{stack}.yaml",
        1,
        SarifResult.FingerprintOf(finding.Pack, finding.Policy, finding.Urn));

    // Brackets begin a link in a message.
    private static string Text(string text) =>
        PlainText.Line(text, SarifWriter.LongestText).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
}
