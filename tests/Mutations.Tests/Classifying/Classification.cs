using System.Collections.Immutable;
using CantonInfra.Engine.Plans;

namespace CantonInfra.Mutations.Tests.Classifying;

/// <summary>Says of every property in the plans whether a rule guards it, or why none needs to: policy/classification.yaml.</summary>
/// <param name="Everywhere">What holds for all types that do not say otherwise.</param>
/// <param name="Types">The types by token.</param>
internal sealed record Classification(TypeClassification Everywhere, ImmutableSortedDictionary<string, TypeClassification> Types)
{
    /// <summary>The file, below the repository's root.</summary>
    public const string Path = "policy/classification.yaml";

    /// <summary>What is said of a value; null where nothing is.</summary>
    public Classified? Find(PlannedResource resource, PropertyPlace place) =>
        (Types.TryGetValue(resource.Type, out var type) ? type.Find(resource, place) : null)
        ?? Everywhere.Find(resource, place);

    /// <summary>What is said of removing a resource; null where nothing is.</summary>
    public Classified? Removal(PlannedResource resource) => First(resource, type => type.Removal);

    /// <summary>What is said of lifting a resource's protection; null where nothing is.</summary>
    public Classified? Protect(PlannedResource resource) => First(resource, type => type.Protect);

    private Classified? First(PlannedResource resource, Func<TypeClassification, ImmutableArray<Classified>> entries) =>
        new[] { Types.GetValueOrDefault(resource.Type), Everywhere }.OfType<TypeClassification>()
            .SelectMany(type => entries(type))
            .FirstOrDefault(entry => entry.Condition.Holds(resource, PropertyPlace.Root));
}
