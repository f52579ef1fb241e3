using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Observability;
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

    /// <summary>The address that traffic comes from.</summary>
    public required EgressAddress Address { get; init; }
}

/// <summary>The way out of the network by a NAT gateway (A10): one address, and every host can be reached.</summary>
internal sealed class NatEgress : ComponentResource
{
    private const string Purpose = "egress";
    private const int IdleTimeoutInMinutes = 10;

    private readonly string _name;

    /// <summary>Declares the gateway.</summary>
    public NatEgress(string name, NatEgressArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:network:NatEgress", name, options)
    {
        _name = name;
        var gateway = new Pulumi.AzureNative.Network.NatGateway(
            "gateway",
            new Pulumi.AzureNative.Network.NatGatewayArgs
            {
                NatGatewayName = args.Azure.Names.NatGateway(Purpose),
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,

                // Without zones: this type of gateway is in one zone, and Azure picks it.
                Sku = new NatGatewaySkuArgs { Name = NatGatewaySkuName.Standard },
                PublicIpAddresses = { new SubResourceArgs { Id = args.Address.Id } },
                IdleTimeoutInMinutes = IdleTimeoutInMinutes,
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this });
        NatGatewayId = gateway.Id;
        RegisterOutputs();
    }

    /// <summary>The id of the gateway.</summary>
    [Output("natGatewayId")]
    public Output<string> NatGatewayId { get; private set; }

    /// <summary>Tells when connections fail for want of ports. A gateway of this type has metrics, but no logs.</summary>
    public void AlertTo(Alerting alerts) => alerts.Watch(AlertTarget.NatGateway, _name, NatGatewayId, this);
}
