using CantonInfra.Infra.Components.Network;
using Pulumi.AzureNative.ContainerService;
using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>The network of a cluster's pods, and how their traffic leaves.</summary>
internal static class ClusterNetwork
{
    /// <summary>An overlay with Cilium, which enforces network policies (A9).</summary>
    /// <param name="egress">How traffic leaves the network.</param>
    public static ContainerServiceNetworkProfileArgs Profile(EgressMode egress) => new()
    {
        NetworkPlugin = NetworkPlugin.Azure,
        NetworkPluginMode = NetworkPluginMode.Overlay,
        NetworkDataplane = NetworkDataplane.Cilium,
        NetworkPolicy = NetworkPolicy.Cilium,
        PodCidr = OverlayAddresses.Pods,
        ServiceCidr = OverlayAddresses.Services,
        DnsServiceIP = OverlayAddresses.Dns,
        OutboundType = egress == EgressMode.Firewall ? OutboundType.UserDefinedRouting : OutboundType.UserAssignedNATGateway,
        LoadBalancerSku = LoadBalancerSku.Standard,
    };
}
