using System.Collections.Immutable;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Subnets whose names Azure fixes, and whose traffic it guards itself.</summary>
internal static class PlatformSubnets
{
    public static ImmutableHashSet<string> Names { get; } = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "AzureFirewallSubnet",
        "AzureFirewallManagementSubnet",
        "AzureBastionSubnet",
        "GatewaySubnet",
        "RouteServerSubnet");
}
