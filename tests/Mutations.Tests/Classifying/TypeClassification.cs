using System.Collections.Immutable;
using CantonInfra.Engine.Plans;

namespace CantonInfra.Mutations.Tests.Classifying;

/// <summary>What is said of a type of resource.</summary>
/// <param name="Name">The token, or the name of the part that is for all types.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Properties">The properties, in the order of the file.</param>
/// <param name="Removal">What is said of removing the whole resource.</param>
/// <param name="Protect">What is said of lifting its protection.</param>
internal sealed record TypeClassification(
    string Name,
    int Line,
    ImmutableArray<Classified> Properties,
    ImmutableArray<Classified> Removal,
    ImmutableArray<Classified> Protect)
{
    /// <summary>The entry for a value: the longest path wins, then the one that comes first of those whose condition holds.</summary>
    public Classified? Find(PlannedResource resource, PropertyPlace place) => Properties
        .Where(entry => entry.Path.Covers(place.Path) && entry.Condition.Holds(resource, place))
        .Aggregate((Classified?)null, (best, entry) => best is null || entry.Path.IsMoreSpecificThan(best.Path) ? entry : best);
}
