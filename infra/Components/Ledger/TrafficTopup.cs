namespace CantonInfra.Infra.Components.Ledger;

/// <summary>How a validator buys traffic by itself, <c>topup</c> of its chart.</summary>
/// <param name="TargetThroughput">The throughput to pay for, in bytes per second.</param>
/// <param name="MinTopupInterval">The least time between two purchases, such as <c>1m</c>.</param>
internal sealed record TrafficTopup(int TargetThroughput, string MinTopupInterval);
