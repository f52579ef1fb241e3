using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;

namespace CantonInfra.Infra.Components.Network;

/// <summary>What <see cref="EnvironmentNetwork"/> needs.</summary>
internal sealed record EnvironmentNetworkArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The address space, an IPv4 network.</summary>
    public required string AddressSpace { get; init; }

    /// <summary>How outbound traffic leaves.</summary>
    public required EgressPlan Egress { get; init; }
}

/// <summary>The virtual network that isolates an environment (A7, A10).</summary>
internal sealed class EnvironmentNetwork : ComponentResource
{
    private const string HttpsPort = "443";
    private const string PostgreSqlPort = "5432";

    private static readonly ImmutableArray<string> AllPorts = ["*"];

    private readonly string _name;
    private readonly EnvironmentNetworkArgs _args;
    private readonly VirtualNetwork _network;
    private readonly AddressPlan _plan;
    private readonly EgressAddress _address;
    private readonly NatEgress? _nat;
    private readonly FirewallEgress? _firewall;
    private readonly Dictionary<string, PrivateDnsZone> _zones = new(StringComparer.Ordinal);
    private readonly List<GuardedSubnet> _subnets = [];
    private readonly List<string> _deploymentSources = [];
    private LogAnalytics? _logs;

    /// <summary>Declares the network.</summary>
    public EnvironmentNetwork(string name, EnvironmentNetworkArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:network:EnvironmentNetwork", name, options)
    {
        _name = name;
        _args = args;
        _plan = AddressPlan.Create(args.AddressSpace);
        var hasFirewall = args.Egress.Mode == EgressMode.Firewall;
        _network = new VirtualNetwork(
            "vnet",
            new VirtualNetworkArgs
            {
                VirtualNetworkName = args.Azure.Names.VirtualNetwork,
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                AddressSpace = new AddressSpaceArgs { AddressPrefixes = { args.AddressSpace } },

                // The firewall resolves for everybody, so that it knows what the addresses are that it lets traffic out to.
                DhcpOptions = hasFirewall
                    ? (Input<DhcpOptionsArgs>)new DhcpOptionsArgs { DnsServers = { _plan.FirewallAddress } }
                    : null,
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions
            {
                Parent = this,

                // Subnets are resources of their own; the network's inline list would fight with them.
                IgnoreChanges = { "subnets" },
            });
        _address = new EgressAddress(
            "egress",
            new EgressAddressArgs { Azure = args.Azure, ResourceGroupName = args.ResourceGroupName },
            new ComponentResourceOptions { Parent = this });
        if (hasFirewall)
        {
            _firewall = Firewall();
        }
        else
        {
            _nat = new NatEgress(
                "nat",
                new NatEgressArgs { Azure = args.Azure, ResourceGroupName = args.ResourceGroupName, Address = _address },
                new ComponentResourceOptions { Parent = this });
        }

        SystemNodes = Subnet("aks-system", _plan.SystemNodes, hasEgress: true);
        UserNodes = Subnet("aks-user", _plan.UserNodes, hasEgress: true);
        ApiServer = Subnet("aks-api", _plan.ApiServer, delegation: "Microsoft.ContainerService/managedClusters");
        KeycloakDatabase = DatabaseSubnet("psql-keycloak", _plan.KeycloakDatabase);
        LedgerDatabase = DatabaseSubnet("psql-ledger", _plan.LedgerDatabase);
        PrivateEndpoints = Subnet("pep", _plan.PrivateEndpoints);
        Ingress = Subnet("ingress", _plan.Ingress);
        AdmitClusterTraffic();

        KeyVaultZone = Zone("vault-zone", "privatelink.vaultcore.azure.net");
        PostgreSqlZone = Zone("psql-zone", args.Azure.Names.PostgreSqlZone);

        VirtualNetworkId = _network.Id;
        EgressIpAddress = _address.IpAddress;
        RegisterOutputs();
    }

    /// <summary>The id of the virtual network.</summary>
    [Output("virtualNetworkId")]
    public Output<string> VirtualNetworkId { get; private set; }

    /// <summary>The one address that the environment's outbound traffic comes from.</summary>
    [Output("egressIpAddress")]
    public Output<string> EgressIpAddress { get; private set; }

    /// <summary>The addresses of the network.</summary>
    public string AddressSpace => _args.AddressSpace;

    /// <summary>What outbound traffic leaves by.</summary>
    public EgressMode EgressMode => _args.Egress.Mode;

    /// <summary>The id of the address that the environment's outbound traffic comes from.</summary>
    public Output<string> EgressAddressId => _address.Id;

    /// <summary>The nodes that run the cluster's own workloads.</summary>
    public GuardedSubnet SystemNodes { get; }

    /// <summary>The nodes that run Canton and its services.</summary>
    public GuardedSubnet UserNodes { get; }

    /// <summary>The cluster's API server.</summary>
    public GuardedSubnet ApiServer { get; }

    /// <summary>Keycloak's PostgreSQL server.</summary>
    public GuardedSubnet KeycloakDatabase { get; }

    /// <summary>The ledger's PostgreSQL server.</summary>
    public GuardedSubnet LedgerDatabase { get; }

    /// <summary>Private endpoints.</summary>
    public GuardedSubnet PrivateEndpoints { get; }

    /// <summary>The addresses that lead to gateways in the cluster.</summary>
    public GuardedSubnet Ingress { get; }

    /// <summary>The place of the gateway that is for this network alone.</summary>
    public GatewayPlace InternalGateway => InternalPlace(_plan.InternalGateway);

    /// <summary>Where deployments come from; empty where the program knows nothing of it.</summary>
    public ImmutableArray<string> DeploymentSources => [.. _deploymentSources];

    /// <summary>The names of key vaults.</summary>
    public PrivateDnsZone KeyVaultZone { get; }

    /// <summary>The names of PostgreSQL servers.</summary>
    public PrivateDnsZone PostgreSqlZone { get; }

    /// <summary>The names of blobs in storage accounts; there is such a zone once somebody asks for it.</summary>
    public PrivateDnsZone BlobZone => Zone("blob-zone", "privatelink.blob.core.windows.net");

    /// <summary>The routes that lead to the firewall, as something that roles are given on; null without a firewall.</summary>
    public AccessScope? Routes => _firewall?.Routes;

    /// <summary>Lets traffic out to hosts. Without a firewall all hosts can be reached, and there is nothing to do.</summary>
    /// <returns>What needs the hosts while it is made depends on these; empty without a firewall.</returns>
    public ImmutableArray<Resource> Allow(OutboundHosts hosts) => _firewall is { } firewall ? [firewall.Allow(hosts)] : [];

    /// <summary>
    /// Lets a machine deploy from within the network: to the API server, the databases, what has a private endpoint, and by
    /// the cluster's internal load balancer to what has an interface of its own there, such as Keycloak and the ledger.
    /// </summary>
    /// <param name="addressPrefix">The addresses of the machine.</param>
    public void AdmitDeployment(string addressPrefix)
    {
        _deploymentSources.Add(addressPrefix);
        Admit(ApiServer, HttpsPort);
        Admit(PrivateEndpoints, HttpsPort);
        Admit(SystemNodes, HttpsPort);
        Admit(UserNodes, HttpsPort);
        Admit(KeycloakDatabase, PostgreSqlPort);
        Admit(LedgerDatabase, PostgreSqlPort);

        void Admit(GuardedSubnet subnet, string port) =>
            subnet.Admit(new InboundFlow("runner", [addressPrefix], [port], "Deployments from within the network."));
    }

    /// <summary>
    /// Lets web clients in, to the public gateway and by HTTPS alone (A8): with a firewall at its address, which is the egress address
    /// as well; otherwise at an address of the gateway's own.
    /// </summary>
    /// <param name="cluster">What manages the cluster's load balancers, which gets what it needs for that.</param>
    public PublicEntrance AdmitWebClients(ManagedIdentity cluster)
    {
        if (_firewall is { } firewall)
        {
            UserNodes.Admit(new InboundFlow(
                "web-clients", [_plan.Firewall], [HttpsPort], "Web clients by the firewall, which hands them on to the public gateway."));
            var rule = firewall.Admit(_plan.PublicGateway);
            return new PublicEntrance(InternalPlace(_plan.PublicGateway) with { Clients = [_plan.Firewall] }, _address.IpAddress, rule);
        }

        UserNodes.Admit(new InboundFlow("web-clients", ["Internet"], [HttpsPort], "Web clients to the public gateway."));
        var address = new IngressAddress(
            "ingress-address",
            new IngressAddressArgs { Azure = _args.Azure, ResourceGroupName = _args.ResourceGroupName },
            new ComponentResourceOptions { Parent = this });
        if (_logs is { } logs)
        {
            address.LogTo(logs);
        }

        return new PublicEntrance(address.Place, address.IpAddress, address.GrantUse(cluster));
    }

    /// <summary>Has a name lead to the internal gateway, for this network alone: others see what public names say.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="host">The name; it and nothing beside it is answered from here.</param>
    public Resource ResolveToInternalGateway(string name, string host) =>
        Zone(name, host).AddAddress($"{name}-address", _plan.InternalGateway);

    /// <summary>Declares the subnet of the machine that deploys; nothing is admitted to it.</summary>
    public GuardedSubnet AddRunnerSubnet() => Subnet("runner", _plan.Runner, hasEgress: true);

    /// <summary>Logs what is admitted and what leaves, and attacks on the address that it leaves by (A24): also of subnets to come.</summary>
    public void LogTo(LogAnalytics logs)
    {
        _logs = logs;
        logs.Receive($"{_name}-logs", VirtualNetworkId, LogCategories.VirtualNetwork, this);
        _subnets.ForEach(subnet => subnet.LogTo(logs));
        _address.LogTo(logs);
        _firewall?.LogTo(logs);
    }

    /// <summary>Tells when connections to the outside fail for want of ports.</summary>
    public void AlertTo(Alerting alerts)
    {
        _nat?.AlertTo(alerts);
        _firewall?.AlertTo(alerts);
    }

    /// <summary>A private DNS zone that the network resolves: whoever asks first declares it, all others get the same.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="domainName">The domain name, such as <c>privatelink.managedhsm.azure.net</c>.</param>
    public PrivateDnsZone Zone(string name, string domainName)
    {
        if (!_zones.TryGetValue(domainName, out var zone))
        {
            zone = new PrivateDnsZone(
                name,
                new PrivateDnsZoneArgs
                {
                    Azure = _args.Azure,
                    ResourceGroupName = _args.ResourceGroupName,
                    VirtualNetworkId = _network.Id,
                    DomainName = domainName,
                },
                new ComponentResourceOptions { Parent = this });
            _zones.Add(domainName, zone);
        }

        return zone;
    }

    /// <summary>Gives a service a private address here, and its name.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="purpose">What it leads to, a part of its name in Azure.</param>
    /// <param name="resourceId">The id of the service's resource.</param>
    /// <param name="groupId">The part of the resource, such as <c>vault</c>.</param>
    /// <param name="zone">The zone that has its name.</param>
    /// <param name="parent">The component of the service.</param>
    public PrivateLink Connect(
        string name, string purpose, Input<string> resourceId, string groupId, PrivateDnsZone zone, Resource parent) =>
        Connect(name, purpose, resourceId, groupId, [zone], parent);

    /// <summary>Gives a service with names in several zones a private address here.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="purpose">What it leads to, a part of its name in Azure.</param>
    /// <param name="resourceId">The id of the service's resource.</param>
    /// <param name="groupId">The part of the resource, such as <c>azuremonitor</c>.</param>
    /// <param name="zones">The zones that have its names.</param>
    /// <param name="parent">The component of the service.</param>
    public PrivateLink Connect(
        string name,
        string purpose,
        Input<string> resourceId,
        string groupId,
        ImmutableArray<PrivateDnsZone> zones,
        Resource parent) => new(
        name,
        new PrivateLinkArgs
        {
            Azure = _args.Azure,
            ResourceGroupName = _args.ResourceGroupName,
            Purpose = purpose,
            ResourceId = resourceId,
            GroupId = groupId,
            SubnetId = PrivateEndpoints.Id,
            Zones = zones,
        },
        new ComponentResourceOptions { Parent = parent });

    /// <summary>Connects another virtual network with this one, in both directions and for nothing beyond the two.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="other">The other network.</param>
    /// <param name="otherResourceGroupName">The name of its resource group.</param>
    /// <param name="parent">The component of the other network.</param>
    /// <returns>Both directions; what talks across depends on them.</returns>
    public ImmutableArray<Resource> Peer(
        string name, VirtualNetwork other, Input<string> otherResourceGroupName, Resource parent)
    {
        return [
            Direction($"{name}-there", _network, _args.ResourceGroupName, other),
            Direction($"{name}-back", other, otherResourceGroupName, _network),
        ];

        Resource Direction(string direction, VirtualNetwork from, Input<string> resourceGroupName, VirtualNetwork to) =>
            new VirtualNetworkPeering(
                direction,
                new Pulumi.AzureNative.Network.VirtualNetworkPeeringArgs
                {
                    VirtualNetworkPeeringName = direction,
                    VirtualNetworkName = from.Name,
                    ResourceGroupName = resourceGroupName,
                    RemoteVirtualNetwork = new Pulumi.AzureNative.Network.Inputs.SubResourceArgs { Id = to.Id },
                    AllowVirtualNetworkAccess = true,
                    AllowForwardedTraffic = false,
                    AllowGatewayTransit = false,
                    UseRemoteGateways = false,
                },
                new CustomResourceOptions { Parent = parent });
    }

    private GatewayPlace InternalPlace(string ipAddress) => GatewayPlace.Within(Ingress, ipAddress);

    // What AKS with an overlay asks for, and nothing else: nodes among themselves, pods among themselves, the API server.
    private void AdmitClusterTraffic()
    {
        ImmutableArray<string> nodes = [SystemNodes.AddressPrefix, UserNodes.AddressPrefix];
        foreach (var subnet in new[] { SystemNodes, UserNodes })
        {
            subnet.Admit(new InboundFlow(
                "cluster", [.. nodes, OverlayAddresses.Pods], AllPorts, "Nodes and pods among themselves.", IsTcpOnly: false));
            subnet.Admit(new InboundFlow(
                "api-server", [ApiServer.AddressPrefix], AllPorts, "The API server to kubelets and webhooks."));
            subnet.Admit(new InboundFlow(
                "load-balancer", ["AzureLoadBalancer"], AllPorts, "Health probes of Azure's load balancer.", IsTcpOnly: false));
        }

        ApiServer.Admit(new InboundFlow("nodes", nodes, [HttpsPort, "4443"], "Kubelets and pods to the API server."));
        ApiServer.Admit(new InboundFlow("load-balancer", ["AzureLoadBalancer"], ["9988"], "Health probes of the API server."));
        PrivateEndpoints.Admit(new InboundFlow("nodes", nodes, [HttpsPort], "Nodes and pods to services with a private endpoint."));

        // The API server unwraps the key of its store with it: without this the cluster does not come up.
        PrivateEndpoints.Admit(new InboundFlow(
            "api-server", [ApiServer.AddressPrefix], [HttpsPort], "The API server to the vault of its store's key."));
    }

    private GuardedSubnet Subnet(
        string purpose,
        string prefix,
        bool hasEgress = false,
        string? delegation = null,
        string? endpoint = null,
        bool isClosedToInternet = false)
    {
        var subnet = new GuardedSubnet(
            purpose,
            new GuardedSubnetArgs
            {
                Azure = _args.Azure,
                ResourceGroupName = _args.ResourceGroupName,
                VirtualNetworkName = _network.Name,
                Purpose = purpose,
                AddressPrefix = prefix,
                Delegation = delegation,
                ServiceEndpoint = endpoint,
                NatGatewayId = hasEgress && _nat is { } nat ? (Input<string>)nat.NatGatewayId : null,
                RouteTableId = hasEgress && _firewall is { } firewall ? (Input<string>)firewall.RouteTableId : null,
                IsClosedToInternet = isClosedToInternet,
                After = _subnets.LastOrDefault(),
                Needs = _firewall?.Ready,
            },
            new ComponentResourceOptions { Parent = this });
        _subnets.Add(subnet);
        if (_logs is { } logs)
        {
            subnet.LogTo(logs);
        }

        return subnet;
    }

    private FirewallEgress Firewall()
    {
        ImmutableArray<string> nodes = [_plan.SystemNodes, _plan.UserNodes];
        var firewall = new FirewallEgress(
            "firewall",
            new FirewallEgressArgs
            {
                Azure = _args.Azure,
                ResourceGroupName = _args.ResourceGroupName,
                VirtualNetworkName = _network.Name,
                AddressPrefix = _plan.Firewall,
                PrivateAddress = _plan.FirewallAddress,
                Nodes = nodes,
                Address = _address,
                HasIntrusionDetection = _args.Egress.HasIntrusionDetection,
            },
            new ComponentResourceOptions { Parent = this });
        if (!_args.Egress.AllowedHosts.IsEmpty)
        {
            firewall.Allow(new OutboundHosts(
                "allowed-hosts", nodes, _args.Egress.AllowedHosts, "Hosts that the environment's settings name."));
        }

        return firewall;
    }

    // Backups and write-ahead logs go straight to storage, sign-ins to Entra. No route leads databases through the firewall:
    // Azure runs the servers, and what they may reach is for the security group to say.
    private GuardedSubnet DatabaseSubnet(string purpose, string prefix)
    {
        var subnet = Subnet(
            purpose,
            prefix,
            delegation: "Microsoft.DBforPostgreSQL/flexibleServers",
            endpoint: "Microsoft.Storage",
            isClosedToInternet: true);
        subnet.Release(new OutboundFlow("storage", "Storage", [HttpsPort], "Backups and write-ahead logs."));
        subnet.Release(new OutboundFlow("entra", "AzureActiveDirectory", [HttpsPort], "Sign-ins with Entra."));
        return subnet;
    }
}
