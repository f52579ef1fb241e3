using System.Globalization;
using System.Text;
using CantonInfra.Mutations.Tests.Classifying;
using CantonInfra.Mutations.Tests.Judging;

namespace CantonInfra.Mutations.Tests;

/// <summary>The proof as a page for readers.</summary>
internal static class MutationProofPage
{
    public const string Path = "docs/mutation-proof.md";

    public static string Of(Proof proof) => $"""
        # What is guarded, and how that is known

        <!-- Made by tests/Mutations.Tests from the plans of all stacks; a test holds the two together and says how to accept a change. -->

        [policy/classification.yaml](../policy/classification.yaml) says of every property in the plans of this repository's stacks whether a
        rule guards it, or why none needs to. The proof makes each guarded value worse, one at a time, and takes away whole resources
        that protect others; a mutation is caught when one of the named rules finds something new on the right resource. It judges as
        the strictest mode does, with the limits of each stack. What no stack here has is tried on mainnet with every option, by identity
        provider: only what was not tried before counts there. How to add a type: [writing a rule](writing-a-rule.md#5-into-the-classification).

        ## Score

        | stack | mutations | caught |
        | --- | ---: | ---: |
        {Lines(proof.Stacks.Where(stack => stack.Count > 0).Select(stack => $"| {stack.Stack} | {Number(stack.Count)} | {Number(stack.Caught)} |"))}

        ## By type

        A property counts once, however many resources have it.

        | type | guarded | free | mutations | caught |
        | --- | ---: | ---: | ---: | ---: |
        {Lines(proof.Classification.Types.Values.Select(type => Row(type, proof)))}

        ## What is excluded

        Mutations of guarded properties that make nothing worse.

        | type | property | mutation | why |
        | --- | --- | --- | --- |
        {Lines(proof.Stacks.SelectMany(stack => stack.Exclusions.Keys).Distinct()
            .OrderBy(each => each.Kind.Type, StringComparer.Ordinal)
            .ThenBy(each => each.Kind.Place, StringComparer.Ordinal)
            .ThenBy(each => each.Kind.Name, StringComparer.Ordinal)
            .ThenBy(each => each.Reason, StringComparer.Ordinal)
            .Select(each => $"| `{each.Kind.Type}` | `{Cell(each.Kind.Place)}` | {Cell(each.Kind.Name)} | {Cell(each.Reason)} |"))}

        """;

    private static string Row(TypeClassification type, Proof proof)
    {
        var scores = proof.Stacks.SelectMany(stack => stack.Scores).Where(score => score.Key.Type == type.Name).Select(score => score.Value).ToList();
        var guarded = type.Properties.OfType<Guarded>().Select(entry => entry.Path).Distinct().Count();
        var free = type.Properties.OfType<Free>().Select(entry => entry.Path).Distinct().Count();
        return $"| `{type.Name}` | {Number(guarded)} | {Number(free)} | {Number(scores.Sum(score => score.Count))} | {Number(scores.Sum(score => score.Caught))} |";
    }

    private static string Lines(IEnumerable<string> lines) => new StringBuilder().AppendJoin('\n', lines).ToString();

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
