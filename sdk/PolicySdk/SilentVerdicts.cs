using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace CantonInfra.PolicySdk;

/// <summary>
/// The verdicts of a run that are neither violations nor passes, for engines that show no state of that kind: they get one summary.
/// </summary>
internal sealed class SilentVerdicts
{
    /// <summary>The name under which engines show the summary; no rule can have it.</summary>
    public const string SummaryName = "undecided-and-waived";

    // Enough to see what it is about; reports of our engine have all.
    private const int Shown = 20;

    private readonly ConcurrentDictionary<string, ImmutableArray<Entry>> _ofResources = new(StringComparer.Ordinal);

    /// <summary>Keeps what was said of a resource, in place of what was said of it before.</summary>
    public void Keep(string urn, ImmutableArray<PolicyResult> results)
    {
        var entries = Entries(results);
        if (entries.IsEmpty)
        {
            _ofResources.TryRemove(urn, out _);
        }
        else
        {
            _ofResources[urn] = entries;
        }
    }

    /// <summary>The summary of all resources and of what was said of the stack; null where there is nothing to tell.</summary>
    public string? Summarize(ImmutableArray<PolicyResult> ofStack)
    {
        var entries = _ofResources.Values.SelectMany(each => each).Concat(Entries(ofStack)).ToLookup(entry => entry.IsWaived, entry => entry.Text);
        var undecided = entries[false].Order(StringComparer.Ordinal).ToList();
        var waived = entries[true].Order(StringComparer.Ordinal).ToList();
        if (undecided.Count + waived.Count == 0)
        {
            return null;
        }

        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"Undecided until more is known, which is no pass: {undecided.Count}. Violations that waivers permit: {waived.Count}.");
        return string.Join('\n', [counts, .. Lines("undecided", undecided), .. Lines("waived", waived)]);
    }

    private static IEnumerable<string> Lines(string state, List<string> texts)
    {
        var lines = texts.Take(Shown).Select(text => $"{state}: {text}");
        return texts.Count > Shown
            ? lines.Append(string.Create(CultureInfo.InvariantCulture, $"{state}: and {texts.Count - Shown} more"))
            : lines;
    }

    private static ImmutableArray<Entry> Entries(ImmutableArray<PolicyResult> results) =>
    [
        .. from result in results
           from verdict in result.Verdicts
           where verdict is WaivedVerdict || (verdict is UndecidedVerdict && !result.IsDeferred)
           let subject = result.Subject.Length > 0 ? $" on {result.Subject}" : ""
           select new Entry(verdict is WaivedVerdict, $"{result.Policy.Id}{subject}: {AnalyzerMessages.Describe(verdict)}"),
    ];

    private sealed record Entry(bool IsWaived, string Text);
}
