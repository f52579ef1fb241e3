using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Internet;

/// <summary>
/// Follows what the internet sends: from a public address through what has it, a firewall, a load balancer, to a gateway of the cluster and
/// by its routes to what answers. What cannot be followed is told as not known, never as closed.
/// </summary>
internal sealed class EntranceReader
{
    private const string Anybody = "anybody";
    private const string AnyHost = "any host";
    private const string NotKnown = "not known";
    private const string InternalLoadBalancer = "service.beta.kubernetes.io/azure-load-balancer-internal";
    private const string LoadBalancerAddress = "service.beta.kubernetes.io/azure-load-balancer-ipv4";
    private const string PublicAddressType = "azure-native:network:PublicIPAddress";
    private const string RuleGroupType = "azure-native:network:FirewallPolicyRuleCollectionGroup";

    private readonly PlanIndex _plan;
    private readonly ImmutableArray<GatewayDoor> _gateways;

    public EntranceReader(PlanIndex plan)
    {
        _plan = plan;
        _gateways = [.. Objects("gateway.networking.k8s.io", "Gateway").Select(Door)];
    }

    /// <summary>The public addresses, and what answers behind them.</summary>
    public (ImmutableArray<PublicAddress> Addresses, ImmutableArray<Entrance> Entrances) Read()
    {
        var addresses = new List<PublicAddress>();
        var entrances = new List<Entrance>();
        var found = _plan.OfType(PublicAddressType).OrderBy(address => address.Name, StringComparer.Ordinal)
            .Select(address => (Address: address, Users: UsersOf(address))).ToList();
        foreach (var (address, users) in found)
        {
            var ways = users.SelectMany(user => WaysBehind(address, user)).ToList();
            entrances.AddRange(ways);
            addresses.Add(new PublicAddress(
                AddressName(address),
                _plan.Positions[address.Urn],
                string.Join(", ", users.Select(Describe)),
                users.Any(user => IsUnread(user)) ? null : ways.Count > 0));
        }

        // Load balancers for which Azure picks an address by itself.
        foreach (var gateway in _gateways.Where(gateway => gateway is { IsPublic: true, Address: null }))
        {
            addresses.Add(new PublicAddress("an address that Azure gives", -1, $"gateway '{gateway.Name}'", true));
            entrances.AddRange(Behind(gateway, ["an address that Azure gives", "load balancer"], Anybody, null));
        }

        foreach (var service in Objects("core", "Service").Where(IsPublicService))
        {
            var owned = found.Exists(entry => entry.Users.Contains(service));
            if (!owned)
            {
                addresses.Add(new PublicAddress("an address that Azure gives", -1, Describe(service), true));
                entrances.AddRange(OfService(service, ["an address that Azure gives", "load balancer"]));
            }
        }

        entrances.AddRange(Objects("networking.k8s.io", "Ingress").Concat(Objects("extensions", "Ingress")).SelectMany(OfIngress));
        return (
            [.. addresses],
            [
                .. entrances.OrderBy(entrance => entrance.Host, StringComparer.Ordinal)
                    .ThenByDescending(entrance => entrance.Paths.Length > 0 ? entrance.Paths[0].Length : 0)
                    .ThenBy(entrance => string.Join(' ', entrance.Paths), StringComparer.Ordinal)
                    .ThenBy(entrance => entrance.Target, StringComparer.Ordinal),
            ]);
    }

    private static string Kind(PlannedResource resource) => resource.Type[(resource.Type.LastIndexOf(':') + 1)..];

    private static bool IsPublicService(PlannedResource service) =>
        PlanIndex.Text(service, "spec", "type") == "LoadBalancer" && PlanIndex.Text(service, "metadata", "annotations", InternalLoadBalancer) != "true";

    private static string Id(PlannedResource resource) =>
        $"{PlanIndex.Text(resource, "metadata", "namespace")}/{PlanIndex.Text(resource, "metadata", "name")}";

    // What only sends, and what has no way further that could be followed here.
    private static bool IsUnread(PlannedResource user) => Kind(user) is not ("AzureFirewall" or "NatGateway" or "EnvoyProxy" or "Service");

    private static string Describe(PlannedResource user) => Kind(user) switch
    {
        "AzureFirewall" => $"firewall '{InternetReport.NameOf(user, "azureFirewallName")}'",
        "NatGateway" => $"NAT gateway '{InternetReport.NameOf(user, "natGatewayName")}', which only sends",
        "EnvoyProxy" => $"load balancer of the gateway '{PlanIndex.Text(user, "metadata", "name")}'",
        "Service" => $"load balancer of the service '{Id(user)}'",
        var kind => $"{kind} '{user.Name}'",
    };

    private static string AddressName(PlannedResource address) => InternetReport.NameOf(address, "publicIpAddressName");

    private static string PortText(PropertyValue? port) => port is NumberValue { Value: var number } ? number.ToString(CultureInfo.InvariantCulture) : "";

    private IEnumerable<PlannedResource> Objects(string group, string kind) => _plan.Plan.Resources.Where(resource =>
        resource.Kind == ResourceKind.Custom
        && resource.Type.StartsWith($"kubernetes:{group}/", StringComparison.Ordinal)
        && Kind(resource) == kind);

    // Who has an address: what names it, without what only reads it.
    private List<PlannedResource> UsersOf(PlannedResource address) =>
    [
        .. _plan.Plan.Resources.Where(resource => resource.Kind == ResourceKind.Custom
            && resource.PropertyDependencies.Any(entry => entry.Value.Contains(address.Urn))
            && Kind(resource) is not ("FirewallPolicyRuleCollectionGroup" or "RecordSet" or "PrivateRecordSet" or "RoleAssignment" or "DiagnosticSetting"
                or "ManagementLockByScope" or "SecurityRule" or "MetricAlert" or "NetworkPolicy" or "ConfigMap" or "PolicyAssignment")),
    ];

    private IEnumerable<Entrance> WaysBehind(PlannedResource address, PlannedResource user) => Kind(user) switch
    {
        "NatGateway" => [],
        "AzureFirewall" => Translated(address, user),
        "EnvoyProxy" => _gateways.Where(gateway => gateway.Proxy == user).SelectMany(gateway => Behind(gateway, [AddressName(address), "load balancer"], Anybody, null)),
        "Service" => OfService(user, [AddressName(address), "load balancer"]),
        _ =>
        [
            new Entrance(AnyHost, [], NotKnown, Anybody, [AddressName(address)], $"{Kind(user)} '{user.Name}': what it lets in is not followed here", "", "", _plan.Positions[user.Urn]),
        ],
    };

    // What a firewall hands on: by rules that replace the address that something was sent to.
    private IEnumerable<Entrance> Translated(PlannedResource address, PlannedResource firewall)
    {
        var policy = _plan.Source(firewall, "firewallPolicy");
        return
            from @group in _plan.OfType(RuleGroupType)
            where policy is null || _plan.Source(@group, "firewallPolicyName") is not { } owner || owner == policy
            from collection in PlanIndex.Maps(PlanIndex.Value(@group, "ruleCollections"))
            where PlanIndex.Member(collection, "ruleCollectionType") == "FirewallPolicyNatRuleCollection"
            from rule in PlanIndex.Maps(PlanIndex.Plain(collection["rules"]))
            let sources = PlanIndex.Members(rule, "sourceAddresses").ToList()
            let translated = PlanIndex.Member(rule, "translatedAddress") is { Length: > 0 } known ? known : PlanIndex.Member(rule, "translatedFqdn")
            let port = PlanIndex.Member(rule, "translatedPort")
            let senders = sources.Contains("*") || sources.Count == 0 ? Anybody : string.Join(", ", sources)
            let open = string.Join(", ", PlanIndex.Members(rule, "destinationPorts"))
            let way = (ImmutableArray<string>)[AddressName(address), Describe(firewall), $"load balancer {translated}:{port}"]
            let gateways = _gateways.Where(gateway => gateway.InternalAddress.Length > 0 && gateway.InternalAddress == translated).ToList()
            from entrance in gateways.Count > 0
                ? gateways.SelectMany(gateway => Behind(gateway, way, senders, $"TCP {open}"))
                :
                [
                    new Entrance(AnyHost, [], $"{string.Join("/", PlanIndex.Members(rule, "ipProtocols"))} {open}", senders, way[..2],
                        $"{(translated.Length > 0 ? translated : NotKnown)}:{port}", "", "", _plan.Positions[@group.Urn]),
                ]
            select entrance;
    }

    private IEnumerable<Entrance> OfService(PlannedResource service, ImmutableArray<string> way)
    {
        var sources = PlanIndex.Texts(PlanIndex.Value(service, "spec", "loadBalancerSourceRanges")).ToList();
        return PlanIndex.Maps(PlanIndex.Value(service, "spec", "ports")).Select(port => new Entrance(
            AnyHost,
            [],
            $"{(PlanIndex.Member(port, "protocol") is { Length: > 0 } protocol ? protocol : "TCP")} {PortText(PlanIndex.Plain(port["port"]))}",
            sources.Count == 0 || sources.Contains("0.0.0.0/0") ? Anybody : string.Join(", ", sources),
            way,
            $"{Id(service)}:{PortText(PlanIndex.Plain(port["port"]))}",
            "",
            "",
            _plan.Positions[service.Urn]));
    }

    private IEnumerable<Entrance> OfIngress(PlannedResource ingress)
    {
        var place = PlanIndex.Text(ingress, "metadata", "namespace");
        var controller = PlanIndex.Text(ingress, "spec", "ingressClassName");
        var asks = PlanIndex.Maps(PlanIndex.Value(ingress, "spec", "tls")).Any() ? "TLS" : "";
        return
            from rule in PlanIndex.Maps(PlanIndex.Value(ingress, "spec", "rules"))
            from path in PlanIndex.Maps(PlanIndex.Plain(rule["http"]) is MapValue http ? PlanIndex.Plain(http["paths"]) : null)
            let service = PlanIndex.Plain(path["backend"]) is MapValue backend && PlanIndex.Plain(backend["service"]) is MapValue named
                ? PlanIndex.Member(named, "name") : NotKnown
            select new Entrance(
                PlanIndex.Member(rule, "host") is { Length: > 0 } host ? host : AnyHost,
                PlanIndex.Member(path, "path") is { Length: > 0 } start ? [start] : [],
                asks.Length > 0 ? "TCP 443" : "TCP 80",
                Anybody,
                [$"ingress controller '{(controller.Length > 0 ? controller : "default")}', whose address is not followed here"],
                $"{place}/{service}",
                asks,
                "",
                _plan.Positions[ingress.Urn]);
    }

    private GatewayDoor Door(PlannedResource gateway)
    {
        var reference = PlanIndex.Text(gateway, "spec", "infrastructure", "parametersRef", "name");
        var place = PlanIndex.Text(gateway, "metadata", "namespace");
        var proxy = Objects("gateway.envoyproxy.io", "EnvoyProxy").FirstOrDefault(each =>
            reference.Length > 0 && PlanIndex.Text(each, "metadata", "name") == reference && PlanIndex.Text(each, "metadata", "namespace") == place);
        string Annotation(string name) => proxy is null ? "" : PlanIndex.Text(proxy, "spec", "provider", "kubernetes", "envoyService", "annotations", name);
        var type = proxy is null ? "" : PlanIndex.Text(proxy, "spec", "provider", "kubernetes", "envoyService", "type");
        var isInternal = Annotation(InternalLoadBalancer) == "true" || type is "ClusterIP" or "NodePort";
        return new GatewayDoor(
            PlanIndex.Text(gateway, "metadata", "name"),
            place,
            gateway,
            proxy,
            !isInternal,
            isInternal ? Annotation(LoadBalancerAddress) : "",
            proxy is null ? null : _plan.OfType(PublicAddressType).FirstOrDefault(address => proxy.PropertyDependencies.Any(entry => entry.Value.Contains(address.Urn))));
    }

    private IEnumerable<Entrance> Behind(GatewayDoor gateway, ImmutableArray<string> way, string senders, string? port)
    {
        var listeners = PlanIndex.Maps(PlanIndex.Value(gateway.Resource, "spec", "listeners")).ToList();
        return
            from route in _plan.Plan.Resources
            where route.Type.StartsWith("kubernetes:gateway.networking.k8s.io/", StringComparison.Ordinal) && Kind(route).EndsWith("Route", StringComparison.Ordinal)
            let parents = PlanIndex.Maps(PlanIndex.Value(route, "spec", "parentRefs")).Where(parent => IsOf(gateway, route, parent)).ToList()
            where parents.Count > 0
            let sections = parents.Select(parent => PlanIndex.Member(parent, "sectionName")).ToList()
            let own = listeners.Where(listener => sections.Contains("") || sections.Contains(PlanIndex.Member(listener, "name"))).ToList()
            let open = port ?? string.Join(", ", own.Select(listener => $"TCP {PortText(PlanIndex.Plain(listener["port"]))}").Distinct())
            from entrance in OfRoute(gateway, route, own, way.Add($"gateway '{gateway.Name}'"), Narrowed(route, senders), open)
            select entrance;
    }

    private static bool IsOf(GatewayDoor gateway, PlannedResource route, MapValue parent) =>
        PlanIndex.Member(parent, "kind") is "" or "Gateway"
        && PlanIndex.Member(parent, "name") == gateway.Name
        && (PlanIndex.Member(parent, "namespace") is { Length: > 0 } place ? place : PlanIndex.Text(route, "metadata", "namespace")) == gateway.Namespace;

    private IEnumerable<Entrance> OfRoute(
        GatewayDoor gateway, PlannedResource route, List<MapValue> listeners, ImmutableArray<string> way, string senders, string port)
    {
        var place = PlanIndex.Text(route, "metadata", "namespace");
        var named = PlanIndex.Texts(PlanIndex.Value(route, "spec", "hostnames")).ToList();
        var hosts = named.Count > 0 ? named
            : listeners.Select(listener => PlanIndex.Member(listener, "hostname") is { Length: > 0 } host ? host : AnyHost).Distinct().ToList();
        return
            from rule in PlanIndex.Maps(PlanIndex.Value(route, "spec", "rules"))
            let paths = PlanIndex.Maps(PlanIndex.Plain(rule["matches"]))
                .Select(match => PlanIndex.Plain(match["path"]) is MapValue path ? PlanIndex.Member(path, "value") : "")
                .Where(path => path.Length > 0).ToImmutableArray()
            let targets = PlanIndex.Maps(PlanIndex.Plain(rule["backendRefs"])).Select(backend =>
                $"{(PlanIndex.Member(backend, "namespace") is { Length: > 0 } other ? other : place)}/{PlanIndex.Member(backend, "name")}:{PortText(PlanIndex.Plain(backend["port"]))}").ToList()
            from host in hosts
            select new Entrance(
                host, paths, port, senders, way, targets.Count > 0 ? string.Join(", ", targets) : "nothing: the gateway refuses", Asked(gateway, listeners),
                $"{gateway.Namespace}/{gateway.Name}", _plan.Positions[route.Urn]);
    }

    // A policy on the route may admit some networks only.
    private string Narrowed(PlannedResource route, string senders)
    {
        var networks =
            from policy in Objects("gateway.envoyproxy.io", "SecurityPolicy")
            where PlanIndex.Text(policy, "metadata", "namespace") == PlanIndex.Text(route, "metadata", "namespace")
                && PlanIndex.Text(policy, "spec", "authorization", "defaultAction") == "Deny"
                && PlanIndex.Maps(PlanIndex.Value(policy, "spec", "targetRefs")).Any(target =>
                    PlanIndex.Member(target, "kind") == Kind(route) && PlanIndex.Member(target, "name") == PlanIndex.Text(route, "metadata", "name"))
            from rule in PlanIndex.Maps(PlanIndex.Value(policy, "spec", "authorization", "rules"))
            from network in PlanIndex.Plain(rule["principal"]) is MapValue principal ? PlanIndex.Members(principal, "clientCIDRs") : []
            select network;
        return networks.ToList() is { Count: > 0 } some ? string.Join(", ", some) : senders;
    }

    private string Asked(GatewayDoor gateway, List<MapValue> listeners)
    {
        var policies = Objects("gateway.envoyproxy.io", "ClientTrafficPolicy")
            .Where(policy => PlanIndex.Text(policy, "metadata", "namespace") == gateway.Namespace)
            .Select(policy => (Policy: policy, Targets: PlanIndex.Maps(PlanIndex.Value(policy, "spec", "targetRefs"))
                .Where(target => PlanIndex.Member(target, "name") == gateway.Name).Select(target => PlanIndex.Member(target, "sectionName")).ToList()))
            .Where(entry => entry.Targets.Count > 0)
            .ToList();
        var asks = listeners.Select(listener =>
        {
            var name = PlanIndex.Member(listener, "name");
            if (PlanIndex.Member(listener, "protocol") is not ("HTTPS" or "TLS"))
            {
                return "nothing: no TLS";
            }

            // What is for the listener itself wins over what is for the whole gateway.
            var policy = policies.Find(entry => entry.Targets.Contains(name)).Policy ?? policies.Find(entry => entry.Targets.Contains("")).Policy;
            var least = policy is null ? "" : PlanIndex.Text(policy, "spec", "tls", "minVersion");
            var certificate = policy is not null && PlanIndex.Value(policy, "spec", "tls", "clientValidation") is MapValue validation
                && PlanIndex.Plain(validation["optional"]) is not BoolValue { Value: true };
            return $"TLS{(least.Length > 0 ? $" {least} or later" : "")}{(certificate ? ", a client's certificate" : "")}";
        });
        return string.Join("; ", asks.Distinct(StringComparer.Ordinal));
    }

    /// <summary>
    /// A gateway and how it is reached: <c>InternalAddress</c> is that at which a firewall finds it, empty for none; <c>Address</c> its own
    /// public one, null for none that is known.
    /// </summary>
    private sealed record GatewayDoor(
        string Name, string Namespace, PlannedResource Resource, PlannedResource? Proxy, bool IsPublic, string InternalAddress, PlannedResource? Address);
}
