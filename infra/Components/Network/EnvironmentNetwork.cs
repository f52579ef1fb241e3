using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;

namespace CantonInfra.Infra.Components.Network;

/// <summary>What <see cref="EnvironmentNetwork"/> needs.</summary>
internal sealed record EnvironmentNetworkArgs
{
    /// <summary>The names.</summary>
    public required ResourceNames Names { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The Azure region.</summary>
    public required string Location { get; init; }

    /// <summary>The address space, an IPv4 network.</summary>
    public required string AddressSpace { get; init; }

    /// <summary>The tags.</summary>
    public required ImmutableDictionary<string, string> Tags { get; init; }
}

/// <summary>The virtual network that isolates an environment (A7).</summary>
internal sealed class EnvironmentNetwork : ComponentResource
{
    /// <summary>Declares the network.</summary>
    public EnvironmentNetwork(string name, EnvironmentNetworkArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:network:EnvironmentNetwork", name, options)
    {
        var network = new VirtualNetwork(
            "vnet",
            new VirtualNetworkArgs
            {
                VirtualNetworkName = args.Names.VirtualNetwork,
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Location,
                AddressSpace = new AddressSpaceArgs { AddressPrefixes = { args.AddressSpace } },
                Tags = args.Tags,
            },
            new CustomResourceOptions
            {
                Parent = this,

                // Subnets are resources of their own; the network's inline list would fight with them.
                IgnoreChanges = { "subnets" },
            });
        VirtualNetworkId = network.Id;
        RegisterOutputs();
    }

    /// <summary>The id of the virtual network.</summary>
    [Output("virtualNetworkId")]
    public Output<string> VirtualNetworkId { get; private set; }
}
