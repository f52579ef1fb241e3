using System.Collections.Immutable;
using CantonInfra.Mutations.Tests.Mutating;

namespace CantonInfra.Mutations.Tests.Judging;

/// <summary>What came of all mutations of a stack.</summary>
/// <param name="Stack">What the stack is called.</param>
/// <param name="Scores">By what was done.</param>
/// <param name="Exclusions">What was left out, with the number of times.</param>
/// <param name="Violations">What the rules find before anything is mutated.</param>
internal sealed record StackProof(
    string Stack,
    ImmutableDictionary<MutationKind, Score> Scores,
    ImmutableDictionary<Exclusion, int> Exclusions,
    ImmutableArray<string> Violations)
{
    public int Count => Scores.Values.Sum(score => score.Count);

    public int Caught => Scores.Values.Sum(score => score.Caught);

    /// <summary>Mutates every resource of a stack and judges it.</summary>
    /// <param name="name">What the stack is called here.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="mutator">What makes the mutations.</param>
    /// <param name="isMeant">Which mutations are tried.</param>
    public static StackProof Of(string name, StackUnderTest stack, Mutator mutator, Func<Mutation, bool> isMeant)
    {
        var scores = new Dictionary<MutationKind, Score>();
        var exclusions = new Dictionary<Exclusion, int>();
        foreach (var resource in stack.Plan.Resources.Where(resource => resource.IsCustom))
        {
            var (mutations, excluded) = mutator.Mutate(resource);
            foreach (var mutation in mutations.Where(isMeant))
            {
                var score = scores.GetValueOrDefault(mutation.Kind, new Score(mutation.Rules, 0, 0, ""));
                scores[mutation.Kind] = stack.Catches(mutation) ? score.Hit() : score.Miss(
                    () => $"{resource.Name}, which {string.Join(", ", stack.Finders(mutation).DefaultIfEmpty("nothing"))} finds");
            }

            foreach (var exclusion in excluded)
            {
                exclusions[exclusion] = exclusions.GetValueOrDefault(exclusion) + 1;
            }
        }

        return new StackProof(name, scores.ToImmutableDictionary(), exclusions.ToImmutableDictionary(), stack.Violations);
    }
}

/// <summary>How often a mutation was tried and caught.</summary>
/// <param name="Rules">The rules that were asked.</param>
/// <param name="Count">The number of resources.</param>
/// <param name="Caught">Of these, those where it was caught.</param>
/// <param name="Survivor">A resource where it was not, and what finds it instead; empty for none.</param>
internal sealed record Score(ImmutableArray<string> Rules, int Count, int Caught, string Survivor)
{
    public Score Hit() => this with { Count = Count + 1, Caught = Caught + 1 };

    public Score Miss(Func<string> describe) => this with { Count = Count + 1, Survivor = Survivor.Length > 0 ? Survivor : describe() };
}
