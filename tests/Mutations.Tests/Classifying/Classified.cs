using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Mutations.Tests.Classifying;

/// <summary>An entry of the classification.</summary>
/// <param name="Path">The value that is meant, with all below it; the root for a whole resource.</param>
/// <param name="Line">Where it stands in the file.</param>
internal abstract record Classified(PathPattern Path, int Line)
{
    /// <summary>The resources that it is for.</summary>
    public Condition Condition { get; init; } = Condition.Always;

    /// <summary>The setting without which no plan has this; null where a plan must have it.</summary>
    public string? OnlyWith { get; init; }
}

/// <summary>A value that no rule needs to guard.</summary>
/// <param name="Path">The value.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Reason">Why.</param>
internal sealed record Free(PathPattern Path, int Line, string Reason) : Classified(Path, Line);

/// <summary>A value that rules guard.</summary>
/// <param name="Path">The value.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Rules">The ids of the rules, one of which must find each mutation.</param>
internal sealed record Guarded(PathPattern Path, int Line, ImmutableArray<string> Rules) : Classified(Path, Line)
{
    /// <summary>Bad values besides those that the kind of the value suggests.</summary>
    public ImmutableArray<PropertyValue> Try { get; init; } = [];

    /// <summary>Mutations that are none here, with the reasons.</summary>
    public ImmutableSortedDictionary<string, string> Unless { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// Which resource a rule must name: <c>itself</c>, <c>stack</c>, a property for the resources that it comes from, a type.
    /// </summary>
    public ImmutableArray<string> On { get; init; } = ["itself"];
}
