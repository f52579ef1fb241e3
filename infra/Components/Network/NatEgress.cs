using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;

namespace CantonInfra.Infra.Components.Network;

/// <summary>What <see cref="NatEgress"/> needs.</summary>
internal sealed record NatEgressArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }
}

/// <summary>The way out of the network by one address that stays (A10): super validators allow it by number.</summary>
internal sealed class NatEgress : ComponentResource
{
    private const string Purpose = "egress";
    private const int IdleTimeoutInMinutes = 10;

    /// <summary>Declares the address and the gateway.</summary>
    public NatEgress(string name, NatEgressArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:network:NatEgress", name, options)
    {
        var address = new Pulumi.AzureNative.Network.PublicIPAddress(
            "address",
            new Pulumi.AzureNative.Network.PublicIPAddressArgs
            {
                PublicIpAddressName = args.Azure.Names.PublicIPAddress(Purpose),
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                Sku = new PublicIPAddressSkuArgs
                {
                    Name = PublicIPAddressSkuName.Standard,
                    Tier = PublicIPAddressSkuTier.Regional,
                },
                PublicIPAllocationMethod = IPAllocationMethod.Static,
                PublicIPAddressVersion = IPVersion.IPv4,
                Zones = { "1", "2", "3" },
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions
            {
                Parent = this,

                // A lost address is a validator off the network until every super validator has changed its list.
                Protect = args.Azure.IsProtected,
            });
        var gateway = new Pulumi.AzureNative.Network.NatGateway(
            "gateway",
            new Pulumi.AzureNative.Network.NatGatewayArgs
            {
                NatGatewayName = args.Azure.Names.NatGateway(Purpose),
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,

                // Without zones: this type of gateway is in one zone, and Azure picks it.
                Sku = new NatGatewaySkuArgs { Name = NatGatewaySkuName.Standard },
                PublicIpAddresses = { new SubResourceArgs { Id = address.Id } },
                IdleTimeoutInMinutes = IdleTimeoutInMinutes,
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this });
        NatGatewayId = gateway.Id;
        IpAddress = address.IpAddress.Apply(ip => ip ?? "");
        RegisterOutputs();
    }

    /// <summary>The id of the gateway.</summary>
    [Output("natGatewayId")]
    public Output<string> NatGatewayId { get; private set; }

    /// <summary>The address that the environment's traffic comes from.</summary>
    [Output("ipAddress")]
    public Output<string> IpAddress { get; private set; }
}
