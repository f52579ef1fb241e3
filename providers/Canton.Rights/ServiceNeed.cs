namespace CantonInfra.Canton.Rights;

/// <summary>One right that a service needs, and why.</summary>
/// <param name="Kind">The right.</param>
/// <param name="Reason">Why the service needs it.</param>
/// <param name="Extra">The name under which a setting adds it; null for what every installation has.</param>
public sealed record ServiceNeed(RightKind Kind, string Reason, string? Extra = null);
