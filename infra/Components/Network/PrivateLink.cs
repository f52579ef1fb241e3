using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;

namespace CantonInfra.Infra.Components.Network;

/// <summary>What <see cref="PrivateLink"/> needs.</summary>
internal sealed record PrivateLinkArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>What it leads to, a part of its name in Azure.</summary>
    public required string Purpose { get; init; }

    /// <summary>The id of the resource that it leads to.</summary>
    public required Input<string> ResourceId { get; init; }

    /// <summary>The part of the resource, such as <c>vault</c>.</summary>
    public required string GroupId { get; init; }

    /// <summary>The id of the subnet that has its address.</summary>
    public required Input<string> SubnetId { get; init; }

    /// <summary>The private DNS zones for its names.</summary>
    public required ImmutableArray<PrivateDnsZone> Zones { get; init; }
}

/// <summary>A private endpoint and its DNS record: the way to a service that the internet does not reach.</summary>
internal sealed class PrivateLink : ComponentResource
{
    /// <summary>Declares the endpoint.</summary>
    public PrivateLink(string name, PrivateLinkArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:network:PrivateLink", name, options)
    {
        var endpoint = new PrivateEndpoint(
            name,
            new Pulumi.AzureNative.Network.PrivateEndpointArgs
            {
                PrivateEndpointName = args.Azure.Names.PrivateEndpoint(args.Purpose),
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                Subnet = new Pulumi.AzureNative.Network.Inputs.SubnetArgs { Id = args.SubnetId },
                PrivateLinkServiceConnections =
                {
                    new PrivateLinkServiceConnectionArgs
                    {
                        Name = args.Purpose,
                        PrivateLinkServiceId = args.ResourceId,
                        GroupIds = { args.GroupId },
                    },
                },
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this });
        _ = new PrivateDnsZoneGroup(
            name,
            new PrivateDnsZoneGroupArgs
            {
                PrivateDnsZoneGroupName = "default",
                PrivateEndpointName = endpoint.Name,
                ResourceGroupName = args.ResourceGroupName,
                PrivateDnsZoneConfigs = args.Zones
                    .Select((zone, index) => new PrivateDnsZoneConfigArgs
                    {
                        Name = index == 0 ? args.GroupId : $"{args.GroupId}-{index + 1}",
                        PrivateDnsZoneId = zone.Id,
                    })
                    .ToArray(),
            },
            new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }
}
