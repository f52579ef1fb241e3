using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CantonInfra.Tools.Differences.Dangers;

namespace CantonInfra.Tools.Differences.Files;

/// <summary>
/// Which rules there are no more, or with less weight, by the catalogue that a test holds equal to the pack. Both sides of a change are
/// judged by the present rules, so no finding tells that one of them is gone.
/// </summary>
internal static partial class LooserRules
{
    private const int MostFiles = 5;
    private static readonly string[] Severities = ["low", "medium", "high", "critical"];

    /// <summary>The dangers of a change.</summary>
    /// <param name="former">The catalogue as it was; null where there was none.</param>
    /// <param name="present">The catalogue as it is; null where there is none.</param>
    /// <param name="changed">The files of the pack that differ.</param>
    public static IEnumerable<Danger> Find(string? former, string? present, ImmutableArray<string> changed)
    {
        var before = Read(former);
        var after = Read(present);
        foreach (var (rule, severity) in before)
        {
            if (!after.TryGetValue(rule, out var now))
            {
                yield return Looser(DangerGrade.Grave, "a rule is gone", rule);
            }
            else if (now < severity)
            {
                yield return Looser(DangerGrade.Grave, "a rule has less weight", $"{rule}: {Severities[severity]} → {Severities[now]}");
            }
        }

        if (changed.Length > 0)
        {
            var files = string.Join(", ", changed.Take(MostFiles)) + (changed.Length > MostFiles ? ", …" : "");
            yield return Looser(
                DangerGrade.Notice, "rules judge by other code; read its difference", string.Create(CultureInfo.InvariantCulture, $"{changed.Length} files: {files}"));
        }
    }

    private static ImmutableSortedDictionary<string, int> Read(string? catalogue) => Row().Matches(catalogue ?? "")
        .GroupBy(row => row.Groups["rule"].Value, row => Array.IndexOf(Severities, row.Groups["severity"].Value), StringComparer.Ordinal)
        .ToImmutableSortedDictionary(group => group.Key, group => group.Max(), StringComparer.Ordinal);

    private static Danger Looser(DangerGrade grade, string what, string detail) =>
        new(DangerKind.LooserLimits, grade, PolicyFiles.RulesPath, what, detail);

    [GeneratedRegex(@"^\| \[(?<rule>[a-z0-9-]{1,100})\]\([^)\n]*\) \|[^|\n]*\| (?<severity>low|medium|high|critical) \|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Row();
}
