using System.Globalization;
using CantonInfra.Mutations.Tests.Judging;
using CantonInfra.Mutations.Tests.Mutating;
using Xunit.Abstractions;

namespace CantonInfra.Mutations.Tests;

/// <summary>Every way to make a plan worse that the classification asks for is found, by the right rule on the right resource.</summary>
[Collection(nameof(Proof))]
public sealed class MutationProofTests(Proof proof, ITestOutputHelper output)
{
    // What a rule finds already would hide what a mutation does.
    [Fact]
    public void The_plans_as_they_are_break_no_rule()
    {
        var violations = proof.Stacks.SelectMany(stack => stack.Violations).ToList();

        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    [Fact]
    public void The_page_tells_the_score() => Golden.CheckPage(MutationProofPage.Path, MutationProofPage.Of(proof));

    [Fact]
    public void Every_mutation_is_caught()
    {
        var families = proof.Pack.Policies.ToDictionary(
            policy => policy.Id, policy => policy.GetType().Namespace!.Split('.')[^1], StringComparer.Ordinal);
        foreach (var stack in proof.Stacks)
        {
            output.WriteLine(Line(stack.Stack, stack.Caught, stack.Count));
            foreach (var family in stack.Scores.Values.GroupBy(score => families.GetValueOrDefault(score.Rules[0], "(no rule)")).OrderBy(each => each.Key, StringComparer.Ordinal))
            {
                output.WriteLine($"  {Line(family.Key, family.Sum(score => score.Caught), family.Sum(score => score.Count))}");
            }
        }

        var survivors = proof.Stacks.SelectMany(stack => stack.Scores)
            .Where(score => score.Value.Caught < score.Value.Count)
            .GroupBy(score => score.Key)
            .OrderBy(group => group.Key.Type, StringComparer.Ordinal).ThenBy(group => group.Key.Place, StringComparer.Ordinal)
            .Select(group => Survivor(group.Key, [.. group.Select(score => score.Value)]))
            .ToList();

        Assert.True(survivors.Count == 0, $"{survivors.Count} kinds of mutations survive:\n{string.Join('\n', survivors)}");
    }

    private static string Survivor(MutationKind kind, Score[] scores) => string.Create(
        CultureInfo.InvariantCulture,
        $"{kind.Type} | {kind.Place} | {kind.Name} | {scores.Sum(score => score.Count - score.Caught)} of {scores.Sum(score => score.Count)} | {string.Join(", ", scores[0].Rules)} | {scores[0].Survivor}");

    private static string Line(string name, int caught, int count) => string.Create(
        CultureInfo.InvariantCulture, $"{name,-22} {caught,6} of {count,6} caught, {100.0 * caught / Math.Max(count, 1):0.0} %");
}
