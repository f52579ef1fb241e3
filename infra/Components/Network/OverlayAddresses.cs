namespace CantonInfra.Infra.Components.Network;

/// <summary>The addresses inside the cluster, the same in every environment: nothing outside of it sees them.</summary>
internal static class OverlayAddresses
{
    /// <summary>The addresses of pods; each node takes a /24 of it.</summary>
    public const string Pods = "100.64.0.0/16";

    /// <summary>The addresses of services.</summary>
    public const string Services = "172.20.0.0/16";

    /// <summary>The address of the cluster's DNS, one of the services.</summary>
    public const string Dns = "172.20.0.10";
}
