namespace CantonInfra.Infra.Components.Cluster;

/// <summary>Days in a row.</summary>
/// <param name="Start">The first, in UTC.</param>
/// <param name="End">The last.</param>
internal sealed record DateRange(DateOnly Start, DateOnly End);
