using System.Collections.Immutable;
using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Reachability.Evaluation;

/// <summary>Whether policies let traffic pass at one of its ends.</summary>
/// <param name="IsAllowed">Whether they do; null where that is not known.</param>
/// <param name="IsIsolated">Whether any policy governs the pods in this direction; where none does, all passes.</param>
/// <param name="Policies">Those that allow it, or might; where none does, those that govern.</param>
public sealed record Decision(bool? IsAllowed, bool? IsIsolated, ImmutableArray<TrafficPolicy> Policies);
