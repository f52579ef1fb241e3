using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;

namespace CantonInfra.Infra.Components.Network;

/// <summary>What <see cref="GuardedSubnet"/> needs.</summary>
internal sealed record GuardedSubnetArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The name of the virtual network.</summary>
    public required Input<string> VirtualNetworkName { get; init; }

    /// <summary>What the subnet is for, a part of its name in Azure.</summary>
    public required string Purpose { get; init; }

    /// <summary>The addresses.</summary>
    public required string AddressPrefix { get; init; }

    /// <summary>The service that has the subnet for itself, such as <c>Microsoft.DBforPostgreSQL/flexibleServers</c>.</summary>
    public string? Delegation { get; init; }

    /// <summary>The Azure service that is reached directly, such as <c>Microsoft.Storage</c>.</summary>
    public string? ServiceEndpoint { get; init; }

    /// <summary>The NAT gateway that outbound traffic leaves by.</summary>
    public Input<string>? NatGatewayId { get; init; }

    /// <summary>The id of the route table that outbound traffic goes by.</summary>
    public Input<string>? RouteTableId { get; init; }

    /// <summary>Whether what leaves for the internet is denied where no rule lets it out.</summary>
    public bool IsClosedToInternet { get; init; }

    /// <summary>The subnet that is declared before this one.</summary>
    public GuardedSubnet? After { get; init; }

    /// <summary>What must be there before anything is in the subnet: the way out, where names are resolved.</summary>
    public Resource? Needs { get; init; }
}

/// <summary>A subnet with its network security group: what is not admitted stays out.</summary>
internal sealed class GuardedSubnet : ComponentResource
{
    private const int FirstPriority = 100;
    private const int PriorityStep = 10;
    private const int LastPriority = 4096;

    private readonly string _name;
    private readonly GuardedSubnetArgs _args;
    private readonly NetworkSecurityGroup _securityGroup;
    private readonly Subnet _subnet;
    private readonly List<Resource> _rules = [];
    private int _admitted;
    private int _released;

    /// <summary>Declares the subnet.</summary>
    public GuardedSubnet(string name, GuardedSubnetArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:network:GuardedSubnet", name, options)
    {
        _name = name;
        _args = args;
        AddressPrefix = args.AddressPrefix;
        var azureName = args.Azure.Names.Subnet(args.Purpose);
        AzureName = azureName;
        _securityGroup = new NetworkSecurityGroup(
            name,
            new Pulumi.AzureNative.Network.NetworkSecurityGroupArgs
            {
                NetworkSecurityGroupName = args.Azure.Names.NetworkSecurityGroup(args.Purpose),
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions
            {
                Parent = this,

                // Rules are resources of their own; the group's inline list would fight with them.
                IgnoreChanges = { "securityRules" },
            });
        Rule("deny", LastPriority, SecurityRuleAccess.Deny, new InboundFlow(
            "deny-inbound", ["*"], ["*"], "What no other rule admits stays out.", IsTcpOnly: false));
        if (args.IsClosedToInternet)
        {
            Rule("deny-internet", LastPriority, SecurityRuleAccess.Deny, new OutboundFlow(
                "deny-internet", "Internet", ["*"], "What no other rule lets out stays in the network."));
        }

        _subnet = new Subnet(
            name,
            new Pulumi.AzureNative.Network.SubnetArgs
            {
                SubnetName = azureName,
                ResourceGroupName = args.ResourceGroupName,
                VirtualNetworkName = args.VirtualNetworkName,
                AddressPrefix = args.AddressPrefix,
                NetworkSecurityGroup = new Pulumi.AzureNative.Network.Inputs.NetworkSecurityGroupArgs { Id = _securityGroup.Id },
                NatGateway = args.NatGatewayId is { } nat ? (Input<SubResourceArgs>)new SubResourceArgs { Id = nat } : null,
                RouteTable = args.RouteTableId is { } routes
                    ? (Input<Pulumi.AzureNative.Network.Inputs.RouteTableArgs>)
                        new Pulumi.AzureNative.Network.Inputs.RouteTableArgs { Id = routes }
                    : null,
                Delegations = args.Delegation is { } service
                    ? [new DelegationArgs { Name = "service", ServiceName = service }]
                    : [],
                ServiceEndpoints = args.ServiceEndpoint is { } endpoint
                    ? [new ServiceEndpointPropertiesFormatArgs { Service = endpoint }]
                    : [],

                // Security groups and routes hold for private endpoints too.
                PrivateEndpointNetworkPolicies = VirtualNetworkPrivateEndpointNetworkPolicies.Enabled,

                // Services that have a subnet for themselves bring their own way out.
                DefaultOutboundAccess = args.Delegation is null ? (Input<bool>)false : null,
            },
            new CustomResourceOptions
            {
                Parent = this,

                // A virtual network takes one change of its subnets at a time.
                DependsOn = [.. new[] { args.After?._subnet, args.Needs }.OfType<Resource>()],
            });
        Id = _subnet.Id;
        Scope = new AccessScope(azureName, _subnet.Id, args.Azure.SubscriptionId);
        RegisterOutputs();
    }

    /// <summary>The id.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>The addresses.</summary>
    public string AddressPrefix { get; }

    /// <summary>The name in Azure.</summary>
    public string AzureName { get; }

    /// <summary>The subnet as something that roles are given on.</summary>
    public AccessScope Scope { get; }

    /// <summary>The rules so far. What needs traffic while it is made depends on them: until then all is denied.</summary>
    public ImmutableArray<Resource> Rules => [.. _rules];

    /// <summary>Logs which rules were in force, and how often each matched (A24).</summary>
    public void LogTo(LogAnalytics logs) =>
        logs.Receive($"subnet-{_name}-logs", _securityGroup.Id, LogCategories.NetworkSecurityGroup, this);

    /// <summary>Lets traffic in.</summary>
    public void Admit(InboundFlow flow) =>
        Rule(flow.Name, FirstPriority + (PriorityStep * _admitted++), SecurityRuleAccess.Allow, flow);

    /// <summary>Lets traffic out to the internet, from a subnet that is closed to it.</summary>
    public void Release(OutboundFlow flow) =>
        Rule(flow.Name, FirstPriority + (PriorityStep * _released++), SecurityRuleAccess.Allow, flow);

    private void Rule(string name, int priority, SecurityRuleAccess access, InboundFlow flow)
    {
        var args = Rule(flow.Name, priority, access, SecurityRuleDirection.Inbound, flow.Ports, flow.Why);
        args.Protocol = flow.IsTcpOnly ? SecurityRuleProtocol.Tcp : SecurityRuleProtocol.Asterisk;
        args.DestinationAddressPrefix = "*";

        // Azure takes service tags and the star only in the singular.
        if (flow.From is [var source])
        {
            args.SourceAddressPrefix = source;
        }
        else
        {
            args.SourceAddressPrefixes = flow.From;
        }

        Declare(name, args);
    }

    private void Rule(string name, int priority, SecurityRuleAccess access, OutboundFlow flow)
    {
        var args = Rule(flow.Name, priority, access, SecurityRuleDirection.Outbound, flow.Ports, flow.Why);
        args.Protocol = access == SecurityRuleAccess.Allow ? SecurityRuleProtocol.Tcp : SecurityRuleProtocol.Asterisk;
        args.SourceAddressPrefix = "*";
        args.DestinationAddressPrefix = flow.To;
        Declare(name, args);
    }

    private Pulumi.AzureNative.Network.SecurityRuleArgs Rule(
        string name,
        int priority,
        SecurityRuleAccess access,
        SecurityRuleDirection direction,
        ImmutableArray<string> ports,
        string why)
    {
        var args = new Pulumi.AzureNative.Network.SecurityRuleArgs
        {
            SecurityRuleName = name,
            NetworkSecurityGroupName = _securityGroup.Name,
            ResourceGroupName = _args.ResourceGroupName,
            Direction = direction,
            Access = access,
            Priority = priority,
            SourcePortRange = "*",
            Description = why,
        };
        if (ports is [var port])
        {
            args.DestinationPortRange = port;
        }
        else
        {
            args.DestinationPortRanges = ports;
        }

        return args;
    }

    private void Declare(string name, Pulumi.AzureNative.Network.SecurityRuleArgs args) =>
        _rules.Add(new SecurityRule($"{_name}-{name}", args, new CustomResourceOptions { Parent = this }));
}
