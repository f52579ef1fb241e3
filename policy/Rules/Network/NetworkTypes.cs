namespace CantonInfra.Policy.Rules.Network;

/// <summary>Types of networks and their parts, and how they name each other.</summary>
internal static class NetworkTypes
{
    public const string Network = "azure-native:network:VirtualNetwork";
    public const string Subnet = "azure-native:network:Subnet";
    public const string SecurityGroup = "azure-native:network:NetworkSecurityGroup";
    public const string SecurityRule = "azure-native:network:SecurityRule";
    public const string ClassicSecurityGroup = "azure:network/networkSecurityGroup:NetworkSecurityGroup";
    public const string ClassicSecurityRule = "azure:network/networkSecurityRule:NetworkSecurityRule";
    public const string RouteTable = "azure-native:network:RouteTable";
    public const string Route = "azure-native:network:Route";
    public const string NatGateway = "azure-native:network:NatGateway";
    public const string ClassicNetwork = "azure:network/virtualNetwork:VirtualNetwork";
    public const string ClassicSubnetAssociation =
        "azure:network/subnetNetworkSecurityGroupAssociation:SubnetNetworkSecurityGroupAssociation";

    public const string ClassicSubnet = "azure:network/subnet:Subnet";

    /// <summary>The network of a subnet.</summary>
    public static Reference NetworkOfSubnet { get; } = Reference.At(
        "virtualNetworkName", [Network, ClassicNetwork], "virtualNetworkName", "virtualNetworks");

    /// <summary>A network that is given by its id, or by that of one of its subnets.</summary>
    public static Reference NetworkById(string path) => Reference.At(path, [Network, ClassicNetwork], "virtualNetworkName", "virtualNetworks");

    /// <summary>A subnet that is given by its id.</summary>
    public static Reference SubnetById(string path) => Reference.At(path, [Subnet], "subnetName", "subnets");
}
