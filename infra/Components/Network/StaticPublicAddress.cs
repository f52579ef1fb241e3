using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;

namespace CantonInfra.Infra.Components.Network;

/// <summary>A public address that stays, in all zones of its region.</summary>
internal static class StaticPublicAddress
{
    /// <summary>Declares the address.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="azureName">Its name in Azure.</param>
    /// <param name="resourceGroupName">The resource group.</param>
    /// <param name="azure">The environment.</param>
    /// <param name="options">The options.</param>
    public static PublicIPAddress Declare(
        string name, string azureName, Input<string> resourceGroupName, AzureEnvironment azure, CustomResourceOptions options) =>
        new(
            name,
            new Pulumi.AzureNative.Network.PublicIPAddressArgs
            {
                PublicIpAddressName = azureName,
                ResourceGroupName = resourceGroupName,
                Location = azure.Location,
                Sku = new PublicIPAddressSkuArgs
                {
                    Name = PublicIPAddressSkuName.Standard,
                    Tier = PublicIPAddressSkuTier.Regional,
                },
                PublicIPAllocationMethod = IPAllocationMethod.Static,
                PublicIPAddressVersion = IPVersion.IPv4,
                Zones = { "1", "2", "3" },
                Tags = azure.Tags,
            },
            options);
}
