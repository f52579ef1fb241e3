using System.Collections.Immutable;
using CantonInfra.Engine.Plans;

namespace CantonInfra.Mutations.Tests.Mutating;

/// <summary>A resource made worse in one way.</summary>
/// <param name="Resource">The resource as the plan has it.</param>
/// <param name="Result">The resource afterwards; null where it is removed.</param>
/// <param name="Kind">What is done; see <see cref="MutationKind"/>.</param>
/// <param name="Rules">The rules, one of which must find it.</param>
/// <param name="On">The resources, one of which must be named; see <see cref="Classifying.Guarded.On"/>.</param>
internal sealed record Mutation(
    PlannedResource Resource, PlannedResource? Result, MutationKind Kind, ImmutableArray<string> Rules, ImmutableArray<string> On);

/// <summary>Mutations that are alike, whatever the resource.</summary>
/// <param name="Type">The resource's type.</param>
/// <param name="Place">The property with wildcards; <c>(resource)</c> or <c>(protect)</c> for these.</param>
/// <param name="Name">The kind, with the value that is put in its place where that is one of several.</param>
internal readonly record struct MutationKind(string Type, string Place, string Name);

/// <summary>A mutation that the classification says is none.</summary>
/// <param name="Kind">The mutation.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct Exclusion(MutationKind Kind, string Reason);
