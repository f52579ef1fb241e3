using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;
using FirewallSubResource = Pulumi.AzureNative.Network.Inputs.SubResourceArgs;

namespace CantonInfra.Infra.Components.Network;

/// <summary>What <see cref="FirewallEgress"/> needs.</summary>
internal sealed record FirewallEgressArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The name of the virtual network.</summary>
    public required Input<string> VirtualNetworkName { get; init; }

    /// <summary>The addresses of the firewall's subnet.</summary>
    public required string AddressPrefix { get; init; }

    /// <summary>The address that the firewall has within the network, which routes and DNS lead to.</summary>
    public required string PrivateAddress { get; init; }

    /// <summary>The networks of the nodes.</summary>
    public required ImmutableArray<string> Nodes { get; init; }

    /// <summary>The address that traffic comes from.</summary>
    public required EgressAddress Address { get; init; }

    /// <summary>Whether it also looks for attacks in the traffic, and stops them.</summary>
    public required bool HasIntrusionDetection { get; init; }
}

/// <summary>The way out of the network by a firewall (A10): hosts are allowed by name, and every connection is logged.</summary>
internal sealed class FirewallEgress : ComponentResource
{
    // Azure knows the subnet by this name.
    private const string SubnetName = "AzureFirewallSubnet";
    private const string Purpose = "egress";
    private const int FirstPriority = 200;
    private const int PriorityStep = 10;
    private const int TranslationRules = 100;
    private const int ApplicationRules = 200;
    private const string HttpsPort = "443";

    private readonly FirewallEgressArgs _args;
    private readonly FirewallPolicy _policy;
    private readonly AzureFirewall _firewall;
    private Resource _last;
    private int _groups;

    /// <summary>Declares the firewall, what the platform needs to reach through it, and the route to it.</summary>
    public FirewallEgress(string name, FirewallEgressArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:network:FirewallEgress", name, options)
    {
        _args = args;
        var subnet = new Subnet(
            "firewall",
            new Pulumi.AzureNative.Network.SubnetArgs
            {
                SubnetName = SubnetName,
                ResourceGroupName = args.ResourceGroupName,
                VirtualNetworkName = args.VirtualNetworkName,
                AddressPrefix = args.AddressPrefix,
            },
            new CustomResourceOptions { Parent = this });
        _policy = Policy();

        // The firewall comes up with the rules in place: a policy and its firewall take one change at a time.
        _last = Group("platform", PlatformRules(), _policy);
        _firewall = Firewall(subnet, _last);
        _last = _firewall;
        RouteTableId = Route().Id;
        Routes = new AccessScope(args.Azure.Names.RouteTable(Purpose), RouteTableId, args.Azure.SubscriptionId);
        Id = _firewall.Id;
        RegisterOutputs();
    }

    /// <summary>The id of the firewall.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>The id of the route table whose default route leads to the firewall.</summary>
    [Output("routeTableId")]
    public Output<string> RouteTableId { get; private set; }

    /// <summary>The route table as something that roles are given on.</summary>
    public AccessScope Routes { get; }

    /// <summary>The firewall. Who needs names or the way out waits for it: without it there are neither.</summary>
    public Resource Ready => _firewall;

    /// <summary>Lets traffic out to hosts.</summary>
    /// <returns>The rules; what needs the hosts while it is made depends on them.</returns>
    public Resource Allow(OutboundHosts hosts) => _last = Group(
        hosts.Name,
        [Collection("application", ApplicationRules, [Rule(hosts)])],
        _last);

    /// <summary>Lets web clients in at the firewall's own address, and hands them on to an address within the network.</summary>
    /// <param name="to">The address, which sees the firewall as its client.</param>
    /// <returns>The rule.</returns>
    public Resource Admit(string to) => _last = Group(
        "web-clients",
        [
            new FirewallPolicyNatRuleCollectionArgs
            {
                Name = "admit-web-clients",
                RuleCollectionType = "FirewallPolicyNatRuleCollection",
                Priority = TranslationRules,
                Action = new FirewallPolicyNatRuleCollectionActionArgs { Type = FirewallPolicyNatRuleCollectionActionType.DNAT },
                Rules = new object[]
                {
                    new NatRuleArgs
                    {
                        Name = "https",
                        RuleType = "NatRule",
                        Description = "Web clients to the public gateway.",
                        SourceAddresses = { "*" },
                        DestinationAddresses = { _args.Address.IpAddress },
                        DestinationPorts = { HttpsPort },
                        IpProtocols = { FirewallPolicyRuleNetworkProtocol.TCP },
                        TranslatedAddress = to,
                        TranslatedPort = HttpsPort,
                    },
                },
            },
        ],
        _last);

    /// <summary>Logs every connection, by name and by rule (A24).</summary>
    public void LogTo(LogAnalytics logs) => logs.Receive("firewall-logs", Id, LogCategories.Firewall, this);

    /// <summary>Tells when the firewall is unwell or runs out of ports.</summary>
    public void AlertTo(Alerting alerts) => alerts.Watch(AlertTarget.Firewall, "firewall", Id, this);

    private FirewallPolicy Policy() => new(
        "policy",
        new Pulumi.AzureNative.Network.FirewallPolicyArgs
        {
            FirewallPolicyName = _args.Azure.Names.FirewallPolicy(Purpose),
            ResourceGroupName = _args.ResourceGroupName,
            Location = _args.Azure.Location,
            Sku = new FirewallPolicySkuArgs
            {
                Tier = _args.HasIntrusionDetection ? FirewallPolicySkuTier.Premium : FirewallPolicySkuTier.Standard,
            },

            // Clients and the firewall resolve names alike, so that a name means the same hosts to both.
            DnsSettings = new DnsSettingsArgs { EnableProxy = true },
            ThreatIntelMode = AzureFirewallThreatIntelMode.Deny,
            IntrusionDetection = _args.HasIntrusionDetection
                ? (Input<FirewallPolicyIntrusionDetectionArgs>)new FirewallPolicyIntrusionDetectionArgs
                {
                    Mode = FirewallPolicyIntrusionDetectionStateType.Deny,
                }
                : null,
            Tags = _args.Azure.Tags,
        },
        new CustomResourceOptions { Parent = this });

    private AzureFirewall Firewall(Subnet subnet, Resource rules) => new(
        "firewall",
        new AzureFirewallArgs
        {
            AzureFirewallName = _args.Azure.Names.Firewall(Purpose),
            ResourceGroupName = _args.ResourceGroupName,
            Location = _args.Azure.Location,
            Sku = new AzureFirewallSkuArgs
            {
                Name = AzureFirewallSkuName.AZFW_VNet,
                Tier = _args.HasIntrusionDetection ? AzureFirewallSkuTier.Premium : AzureFirewallSkuTier.Standard,
            },
            FirewallPolicy = new FirewallSubResource { Id = _policy.Id },
            IpConfigurations =
            {
                new AzureFirewallIPConfigurationArgs
                {
                    Name = Purpose,
                    Subnet = new FirewallSubResource { Id = subnet.Id },
                    PublicIPAddress = new FirewallSubResource { Id = _args.Address.Id },
                },
            },
            Zones = { "1", "2", "3" },
            Tags = _args.Azure.Tags,
        },
        new CustomResourceOptions { Parent = this, DependsOn = { rules } });

    private RouteTable Route() => new(
        "routes",
        new Pulumi.AzureNative.Network.RouteTableArgs
        {
            RouteTableName = _args.Azure.Names.RouteTable(Purpose),
            ResourceGroupName = _args.ResourceGroupName,
            Location = _args.Azure.Location,
            DisableBgpRoutePropagation = true,
            Routes =
            {
                new Pulumi.AzureNative.Network.Inputs.RouteArgs
                {
                    Name = "default",
                    AddressPrefix = "0.0.0.0/0",
                    NextHopType = RouteNextHopType.VirtualAppliance,
                    NextHopIpAddress = _firewall.IpConfigurations.Apply(CheckedAddress),
                },
            },
            Tags = _args.Azure.Tags,
        },
        new CustomResourceOptions { Parent = this });

    // The network's DNS has to name the address before the firewall exists, so it is computed; here it is known.
    private string CheckedAddress(ImmutableArray<Pulumi.AzureNative.Network.Outputs.AzureFirewallIPConfigurationResponse> configurations)
    {
        var actual = configurations.IsDefaultOrEmpty ? null : configurations[0].PrivateIPAddress;
        return string.IsNullOrEmpty(actual) || actual == _args.PrivateAddress
            ? _args.PrivateAddress
            : throw new InvalidOperationException(
                $"Azure gave the firewall the address {actual}, and the network's DNS leads to {_args.PrivateAddress}.");
    }

    private ImmutableArray<Union<FirewallPolicyFilterRuleCollectionArgs, FirewallPolicyNatRuleCollectionArgs>> PlatformRules() =>
    [
        Collection("application", ApplicationRules,
            [
                new ApplicationRuleArgs
                {
                    Name = "cluster",
                    RuleType = "ApplicationRule",
                    Description = "What every AKS cluster needs; Microsoft keeps the list.",
                    SourceAddresses = _args.Nodes,
                    FqdnTags = { PlatformHosts.ClusterTag },
                    Protocols = Protocols(isPlain: true),
                },
                .. PlatformHosts.Of(_args.Azure.Location, _args.Nodes).Select(Rule),
            ]),
    ];

    private FirewallPolicyRuleCollectionGroup Group(
        string name,
        ImmutableArray<Union<FirewallPolicyFilterRuleCollectionArgs, FirewallPolicyNatRuleCollectionArgs>> collections,
        Resource after) => new(
        $"rules-{name}",
        new FirewallPolicyRuleCollectionGroupArgs
        {
            RuleCollectionGroupName = name,
            FirewallPolicyName = _policy.Name,
            ResourceGroupName = _args.ResourceGroupName,
            Priority = FirstPriority + (PriorityStep * _groups++),
            RuleCollections = collections,
        },
        new CustomResourceOptions { Parent = this, DependsOn = { after } });

    private static FirewallPolicyFilterRuleCollectionArgs Collection(string name, int priority, object[] rules) => new()
    {
        Name = $"allow-{name}",
        RuleCollectionType = "FirewallPolicyFilterRuleCollection",
        Priority = priority,
        Action = new FirewallPolicyFilterRuleCollectionActionArgs { Type = FirewallPolicyFilterRuleCollectionActionType.Allow },
        Rules = rules,
    };

    private static ApplicationRuleArgs Rule(OutboundHosts hosts) => new()
    {
        Name = hosts.Name,
        RuleType = "ApplicationRule",
        Description = hosts.Why,
        SourceAddresses = hosts.From,
        TargetFqdns = hosts.Hosts,
        Protocols = Protocols(hosts.IsPlain),
    };

    private static FirewallPolicyRuleApplicationProtocolArgs[] Protocols(bool isPlain)
    {
        var secure = new FirewallPolicyRuleApplicationProtocolArgs
        {
            ProtocolType = FirewallPolicyRuleApplicationProtocolType.Https,
            Port = 443,
        };
        return isPlain
            ? [new() { ProtocolType = FirewallPolicyRuleApplicationProtocolType.Http, Port = 80 }, secure]
            : [secure];
    }
}
