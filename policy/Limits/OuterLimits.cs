namespace CantonInfra.Policy.Limits;

/// <summary>What no stack may exceed: the content of limits.yaml.</summary>
/// <param name="Regions">Where resources may be.</param>
internal sealed record OuterLimits(RegionLimits Regions);
