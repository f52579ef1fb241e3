namespace CantonInfra.Infra.Components.Network;

/// <summary>What an environment's outbound traffic leaves by (A10).</summary>
internal enum EgressMode
{
    /// <summary>A firewall that lets traffic out to hosts by name, and logs all of it.</summary>
    Firewall,

    /// <summary>A NAT gateway: every host can be reached.</summary>
    Nat,
}
