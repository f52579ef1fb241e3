using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.PrivateDns;

namespace CantonInfra.Infra.Components.Network;

/// <summary>What <see cref="PrivateDnsZone"/> needs.</summary>
internal sealed record PrivateDnsZoneArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The id of the virtual network that resolves the zone.</summary>
    public required Input<string> VirtualNetworkId { get; init; }

    /// <summary>The zone's domain name.</summary>
    public required string DomainName { get; init; }
}

/// <summary>A private DNS zone that the environment's network resolves.</summary>
internal sealed class PrivateDnsZone : ComponentResource
{
    private const string Location = "Global";
    private const int TimeToLive = 300;

    private readonly PrivateDnsZoneArgs _args;
    private readonly PrivateZone _zone;

    /// <summary>Declares the zone and its link.</summary>
    public PrivateDnsZone(string name, PrivateDnsZoneArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:network:PrivateDnsZone", name, options)
    {
        _args = args;
        _zone = new PrivateZone(
            name,
            new PrivateZoneArgs
            {
                PrivateZoneName = args.DomainName,
                ResourceGroupName = args.ResourceGroupName,
                Location = Location,
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this });
        Id = LinkTo(name, args.Azure.Names.VirtualNetwork, args.VirtualNetworkId, this);
        RegisterOutputs();
    }

    /// <summary>The id of the zone, known once the network resolves it.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>Gives the zone's own name an address.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="ipAddress">The address.</param>
    public Resource AddAddress(string name, string ipAddress) => new PrivateRecordSet(
        name,
        new PrivateRecordSetArgs
        {
            PrivateZoneName = _zone.Name,
            ResourceGroupName = _args.ResourceGroupName,
            RelativeRecordSetName = "@",
            RecordType = "A",
            Ttl = TimeToLive,
            ARecords = { new Pulumi.AzureNative.PrivateDns.Inputs.ARecordArgs { Ipv4Address = ipAddress } },
        },
        new CustomResourceOptions { Parent = this });

    /// <summary>Lets a virtual network resolve the zone.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="azureName">The link's name in Azure.</param>
    /// <param name="virtualNetworkId">The id of the network.</param>
    /// <param name="parent">The component that needs it.</param>
    /// <returns>The id of the zone, known once that network resolves it.</returns>
    public Output<string> LinkTo(string name, string azureName, Input<string> virtualNetworkId, Resource parent)
    {
        var link = new VirtualNetworkLink(
            name,
            new VirtualNetworkLinkArgs
            {
                VirtualNetworkLinkName = azureName,
                PrivateZoneName = _zone.Name,
                ResourceGroupName = _args.ResourceGroupName,
                Location = Location,
                VirtualNetwork = new Pulumi.AzureNative.PrivateDns.Inputs.SubResourceArgs { Id = virtualNetworkId },
                RegistrationEnabled = false,
                Tags = _args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = parent });

        // A name that nothing resolves yet is of no use: whoever needs the zone waits for the link as well.
        return Output.Tuple(_zone.Id, link.Id).Apply(ids => ids.Item1);
    }
}
