using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>A subnet: a resource of its own, or one that a network lists.</summary>
/// <param name="Resource">The subnet or the network.</param>
/// <param name="Reading">The subnet's part of it; the root where it is all of it.</param>
internal sealed record SubnetPlace(ResourceView Resource, PropertyReading Reading)
{
    private const string Listed = "subnets";

    private static readonly ImmutableArray<ResourceTypePattern> Networks = [NetworkTypes.Network, NetworkTypes.ClassicNetwork];
    private static readonly ImmutableArray<ResourceTypePattern> Classics = [NetworkTypes.ClassicSubnet, NetworkTypes.ClassicNetwork];

    /// <summary>The types that are subnets or list them.</summary>
    public static ImmutableArray<ResourceTypePattern> Types { get; } = [NetworkTypes.Subnet, NetworkTypes.ClassicSubnet, .. Networks];

    /// <summary>Whether its parts can be read.</summary>
    public bool IsKnown => Reading is { State: PropertyState.Known, Value: MapValue };

    /// <summary>Whether a network lists it.</summary>
    public bool IsListed => Reading.Path.Elements.Length > 0;

    /// <summary>Whether it is the classic provider's.</summary>
    public bool IsClassic => Resource.IsAny(Classics);

    /// <summary>Its name in Azure.</summary>
    public PropertyReading Name => Read(IsListed || IsClassic ? "name" : "subnetName");

    /// <summary>The services that it is handed to.</summary>
    public PropertyReading Delegations => Read("delegations");

    /// <summary>Where it says whether machines have a way out that nobody declared.</summary>
    public PropertyPath DefaultOutbound => Below(IsClassic ? "defaultOutboundAccessEnabled" : "defaultOutboundAccess");

    /// <summary>Its security group; a classic subnet of its own has it by an association.</summary>
    public PropertyReading SecurityGroup => Resource.Read(Below(IsClassic ? "securityGroup" : "networkSecurityGroup.id"));

    /// <summary>The subnets that a resource is or lists.</summary>
    public static IEnumerable<SubnetPlace> Of(ResourceView resource) =>
        !resource.IsAny(Types) ? []
        : !resource.IsAny(Networks) ? [new(resource, PropertyPath.Root.Read(resource.Properties))]
        : resource.Select(PropertyPath.Parse($"{Listed}[*]"))
            .Where(reading => reading.State != PropertyState.Missing)
            .Select(reading => new SubnetPlace(resource, reading));

    /// <summary>For messages: the resource, and which of its subnets.</summary>
    public override string ToString() => IsListed ? $"{Resource}, subnet {Name}," : $"{Resource}";

    private PropertyReading Read(string name) => Resource.Read(Below(name));

    private PropertyPath Below(string path) => new([.. Reading.Path.Elements, .. PropertyPath.Parse(path).Elements]);
}
