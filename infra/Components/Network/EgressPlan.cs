using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Network;

/// <summary>How an environment's outbound traffic leaves (A10).</summary>
/// <param name="Mode">What it leaves by.</param>
/// <param name="HasIntrusionDetection">Whether the firewall also looks for attacks in the traffic, and stops them.</param>
/// <param name="AllowedHosts">The hosts that nodes reach besides those that the platform needs; a firewall only.</param>
internal sealed record EgressPlan(EgressMode Mode, bool HasIntrusionDetection, ImmutableArray<string> AllowedHosts)
{
    /// <summary>Everything may leave.</summary>
    public static readonly EgressPlan Nat = new(EgressMode.Nat, HasIntrusionDetection: false, []);
}
