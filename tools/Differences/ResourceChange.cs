using System.Collections.Immutable;
using CantonInfra.Engine.Plans;

namespace CantonInfra.Tools.Differences;

/// <summary>A resource and what would be done with it.</summary>
/// <param name="Resource">The resource as it is planned; as it was, for one that is gone.</param>
/// <param name="Operation">What would be done.</param>
internal sealed record ResourceChange(PlannedResource Resource, Operation Operation)
{
    /// <summary>The resource as it was; null where it is new.</summary>
    public PlannedResource? Former { get; init; }

    /// <summary>The inputs that differ, by path.</summary>
    public ImmutableArray<PropertyChange> Properties { get; init; } = [];

    /// <summary>Whether it is an update that its provider may carry out as a replacement.</summary>
    public bool MayReplace => Operation == Operation.Update && Properties.Any(property => property.Replaces == Replacement.Possible);

    /// <summary>Names of the inputs that differ, sorted.</summary>
    public ImmutableArray<string> ChangedProperties =>
        [.. Properties.Select(property => property.Input).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Whether something is done with it.</summary>
    public bool IsChange => Operation is not (Operation.Same or Operation.Read);
}
