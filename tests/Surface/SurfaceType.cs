using System.Collections.Immutable;

namespace CantonInfra.Surface;

/// <summary>A public type.</summary>
/// <param name="Name">The full name.</param>
/// <param name="Header">Kind, name and base.</param>
/// <param name="Members">A line for each visible member, sorted.</param>
public sealed record SurfaceType(string Name, string Header, ImmutableArray<string> Members);
