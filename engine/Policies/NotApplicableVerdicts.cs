using System.Collections;
using System.Collections.Immutable;
using CantonInfra.Engine.Monitor;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.Collections;

namespace CantonInfra.Engine.Policies;

/// <summary>What a pack said about policies that have no verdict on a resource, as it came.</summary>
/// <param name="Pack">The pack's name.</param>
/// <param name="Urn">The resource; the root stack for what is about the stack.</param>
/// <param name="Answers">What it said; undecided and waived ones are among them.</param>
internal sealed record NotApplicableAnswer(string Pack, string Urn, RepeatedField<PolicyNotApplicable> Answers);

/// <summary>
/// The policies that do not apply to resources, in a stable order and with secrets masked: by pack, policy, resource and reason. They
/// are put in order when they are read, for there are tens of thousands and a preview shows none.
/// </summary>
internal sealed class NotApplicableVerdicts(
    ImmutableArray<NotApplicableAnswer> answers, IReadOnlyDictionary<string, int> packs, RunSecrets secrets) : IEnumerable<NoVerdict>
{
    /// <inheritdoc/>
    public IEnumerator<NoVerdict> GetEnumerator()
    {
        // Most reasons are the same few texts, and looking for secrets is most of the work here.
        var masked = new Dictionary<string, string>(StringComparer.Ordinal);
        string Mask(string text) => masked.TryGetValue(text, out var known) ? known : masked[text] = secrets.Mask(text);
        var verdicts = answers
            .SelectMany(answer => answer.Answers
                .Where(each => !NoVerdict.IsNotable(each.Reason))
                .Select(each => new NoVerdict(answer.Pack, each.PolicyName, answer.Urn, Mask(each.Reason))))
            .ToArray();

        // Numbers are compared, for the names are long and start alike.
        var policies = Ranks(verdicts.Select(verdict => verdict.Policy));
        var urns = Ranks(verdicts.Select(verdict => verdict.Urn));
        return Distinct(verdicts
            .OrderBy(verdict => packs.GetValueOrDefault(verdict.Pack))
            .ThenBy(verdict => policies[verdict.Policy])
            .ThenBy(verdict => urns[verdict.Urn])
            .ThenBy(verdict => verdict.Reason, StringComparer.Ordinal)).GetEnumerator();
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Dictionary<string, int> Ranks(IEnumerable<string> names) => names.Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal).Select((name, rank) => (name, rank)).ToDictionary(entry => entry.name, entry => entry.rank, StringComparer.Ordinal);

    // Equal ones are neighbours once they are sorted.
    private static IEnumerable<NoVerdict> Distinct(IEnumerable<NoVerdict> sorted)
    {
        NoVerdict? last = null;
        foreach (var verdict in sorted)
        {
            if (verdict != last)
            {
                yield return verdict;
            }

            last = verdict;
        }
    }
}
