using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Reachability.Graph;
using CantonInfra.Reports.Internet;

namespace CantonInfra.Reports.Connections;

/// <summary>What a zone of the picture is.</summary>
internal enum ZoneKind
{
    /// <summary>What the internet reaches: it stands first.</summary>
    Entrance,

    /// <summary>Addresses that are no pod's.</summary>
    Addresses,

    /// <summary>A namespace.</summary>
    Namespace,

    /// <summary>What only a finding names.</summary>
    Unknown,

    /// <summary>Hosts on the internet that are connected to: they stand last.</summary>
    Hosts,
}

/// <summary>Something in a zone.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Detail">What else is to be known at a glance; empty for nothing.</param>
internal sealed record ZoneItem(string Title, string Detail);

/// <summary>A box of the picture.</summary>
/// <param name="Id">Its name, unique in the picture, as <see cref="ConnectionZones.Of"/> gives it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Detail">What else is to be known at a glance; empty for nothing.</param>
/// <param name="Items">What is in it.</param>
internal sealed record Zone(string Id, ZoneKind Kind, string Title, string Detail, ImmutableArray<ZoneItem> Items);

/// <summary>All connections of one kind from a zone to another.</summary>
/// <param name="From">The id of the zone that connects.</param>
/// <param name="To">The id of the zone that it connects to.</param>
/// <param name="State">What is said of them.</param>
/// <param name="Ports">The ports, such as <c>5432</c> or <c>UDP 53</c>.</param>
/// <param name="Connections">How many there are.</param>
internal sealed record ZoneLine(string From, string To, EdgeState State, ImmutableArray<string> Ports, int Connections);

/// <summary>
/// The connections of an environment as a picture has them: a box for each namespace, a line for all connections between two of them. What
/// Azure runs in every cluster is told in words, for lines to it would be most of them.
/// </summary>
/// <param name="Zones">The boxes.</param>
/// <param name="Lines">The lines between different boxes.</param>
/// <param name="Common">What is told in words.</param>
internal sealed record ConnectionMap(ImmutableArray<Zone> Zones, ImmutableArray<ZoneLine> Lines, ImmutableArray<ZoneItem> Common)
{
    private const string PlatformNamespace = "kube-system";
    private const string GatewayLabel = "gateway.envoyproxy.io/owning-gateway-name=";
    private const int MostHosts = 8;

    /// <summary>Makes it.</summary>
    /// <param name="graph">The connections.</param>
    /// <param name="internet">What the internet reaches.</param>
    /// <param name="trustZoneOf">The trust zone of a namespace; empty for none.</param>
    public static ConnectionMap Of(ConnectionGraph graph, InternetReport internet, Func<string, string> trustZoneOf)
    {
        var zones = new ConnectionZones(graph);
        var isCommon = new Func<ConnectionEdge, bool>(edge =>
            edge.State == EdgeState.Works && (zones.Of(edge.From) == PlatformNamespace || zones.Of(edge.To) == PlatformNamespace));
        var gateways = internet.Entrances.Select(entrance => entrance.Gateway).Where(gateway => gateway.Length > 0).Distinct(StringComparer.Ordinal)
            .Select(gateway => (gateway, Node: GatewayNode(graph, gateway)))
            .Where(entry => entry.Node is not null)
            .ToDictionary(entry => entry.gateway, entry => entry.Node!.Name, StringComparer.Ordinal);
        bool IsEntrance(ConnectionEdge edge) => edge.State == EdgeState.Works && gateways.ContainsValue(edge.To) && IsOutside(graph, internet, edge.From);
        var drawn = graph.Edges.Where(edge => !isCommon(edge) && !IsEntrance(edge)).ToList();
        var lines = drawn
            .Select(edge => (From: zones.Of(edge.From), To: zones.Of(edge.To), edge.State, edge.Ports))
            .Concat(internet.Entrances
                .Where(entrance => gateways.ContainsKey(entrance.Gateway))
                .Select(entrance => (From: ConnectionZones.Entrance, To: zones.Of(gateways[entrance.Gateway]), State: EdgeState.Works, Ports: entrance.Port))
                .Distinct())
            .ToList();
        var inside = drawn.Where(edge => zones.Of(edge.From) == zones.Of(edge.To)).ToLookup(edge => zones.Of(edge.From), StringComparer.Ordinal);
        var known = lines.SelectMany(line => new[] { line.From, line.To })
            .Concat(graph.Nodes.Select(node => zones.Of(node.Name)).Where(id => id != PlatformNamespace && id != ConnectionZones.Hosts && id != ConnectionZones.Entrance))
            .Distinct(StringComparer.Ordinal)
            .Where(id => !IsReplaced(graph, internet, gateways, zones, id))
            .Select(id => Box(graph, internet, zones, id, [.. inside[id]], trustZoneOf))
            .OrderBy(zone => zone.Kind).ThenBy(zone => zone.Id, StringComparer.Ordinal);
        return new ConnectionMap(
            [.. known],
            [
                .. lines.Where(line => line.From != line.To)
                    .GroupBy(line => (line.From, line.To, line.State))
                    .OrderBy(group => group.Key.From, StringComparer.Ordinal).ThenBy(group => group.Key.To, StringComparer.Ordinal).ThenBy(group => group.Key.State)
                    .Select(group => new ZoneLine(
                        group.Key.From, group.Key.To, group.Key.State,
                        [.. group.Select(line => Short(line.Ports)).Distinct(StringComparer.Ordinal).OrderBy(port => port.Length).ThenBy(port => port, StringComparer.Ordinal)],
                        group.Count())),
            ],
            [.. CommonTexts(graph, zones, [.. graph.Edges.Where(isCommon)])]);
    }

    private static ConnectionNode? GatewayNode(ConnectionGraph graph, string gateway)
    {
        var slash = gateway.IndexOf('/', StringComparison.Ordinal);
        return graph.Nodes.FirstOrDefault(node =>
            node.Namespace == gateway[..slash] && node.Detail.Contains(GatewayLabel + gateway[(slash + 1)..], StringComparer.Ordinal));
    }

    // Everybody, or the subnet of the firewall that hands on what everybody sends.
    private static bool IsOutside(ConnectionGraph graph, InternetReport internet, string name) =>
        graph.Nodes.FirstOrDefault(node => node.Name == name) is { } node
        && (node.Kind == NodeKind.Hosts
            || (node.Kind == NodeKind.Addresses && node.Detail.Length > 0 && node.Detail.All(prefix => internet.Ways.Any(way => way.Prefix == prefix && way.Way == SubnetWay.FirewallsOwn))));

    private static bool IsReplaced(
        ConnectionGraph graph, InternetReport internet, Dictionary<string, string> gateways, ConnectionZones zones, string id) =>
        graph.Nodes.FirstOrDefault(node => node.Kind == NodeKind.Addresses && zones.Of(node.Name) == id) is { } node
        && IsOutside(graph, internet, node.Name)
        && graph.Edges.All(edge => edge.To != node.Name && (edge.From != node.Name || (edge.State == EdgeState.Works && gateways.ContainsValue(edge.To))));

    private static Zone Box(
        ConnectionGraph graph, InternetReport internet, ConnectionZones zones, string id, ImmutableArray<ConnectionEdge> inside, Func<string, string> trustZoneOf)
    {
        var nodes = graph.Nodes.Where(node => zones.Of(node.Name) == id).ToList();
        if (id == ConnectionZones.Entrance)
        {
            var byHost = internet.Entrances.Where(entrance => entrance.Gateway.Length > 0).GroupBy(entrance => entrance.Host, StringComparer.Ordinal).ToList();
            var domain = CommonDomain([.. byHost.Select(group => group.Key)]);
            var hosts = byHost
                .Select(group => new ZoneItem(domain.Length > 0 ? group.Key[..^domain.Length] : group.Key, $"{group.First().Port} from {string.Join(", ", group.Select(entrance => entrance.From).Distinct(StringComparer.Ordinal))}"))
                .ToList();
            var way = internet.Entrances.Where(entrance => entrance.Gateway.Length > 0)
                .Select(entrance => entrance.Way.FirstOrDefault(hop => hop.StartsWith("firewall", StringComparison.Ordinal)) ?? "load balancer")
                .Distinct(StringComparer.Ordinal);
            return new Zone(id, ZoneKind.Entrance, "From the internet", domain.Length > 0 ? $"below {domain[1..]}" : hosts.Count > 0 ? $"by {string.Join(", ", way)}" : "", Shown(hosts));
        }

        if (id == ConnectionZones.Hosts)
        {
            var isByHost = internet.Ways.Any(way => way.IsByHost) && !internet.Ways.Any(way => way.Way.EndsWith(SubnetWay.EveryHost, StringComparison.Ordinal));
            return new Zone(
                id, ZoneKind.Hosts, "To the internet", isByHost ? "these hosts, by the firewall" : "as policies go, every host on these ports",
                Shown([.. nodes.SelectMany(node => node.Detail.DefaultIfEmpty("any host").Select(host => new ZoneItem(host, Last(node.Name))))]));
        }

        if (nodes.Count == 0)
        {
            return new Zone(id, ZoneKind.Unknown, id, "only findings name it", []);
        }

        if (nodes[0].Namespace is null)
        {
            return new Zone(id, ZoneKind.Addresses, id, string.Join(", ", nodes.SelectMany(node => node.Detail)), []);
        }

        var pods = nodes.Where(node => node.Kind == NodeKind.Pods).OrderBy(node => node.Name, StringComparer.Ordinal)
            .Select(node => new ZoneItem(Last(node.Name), Inside(node.Name, inside)));
        return new Zone(id, ZoneKind.Namespace, id, trustZoneOf(id), [.. pods]);
    }

    // '.mainnet.example.com' of several hosts below one domain, which would fill the picture with the same words.
    private static string CommonDomain(ImmutableArray<string> hosts)
    {
        if (hosts.Length < 2)
        {
            return "";
        }

        var parts = hosts.Select(host => host.Split('.').Reverse().ToArray()).ToList();
        var least = parts.Min(labels => labels.Length);
        var common = Enumerable.Range(0, least - 1).TakeWhile(index => parts.TrueForAll(labels => labels[index] == parts[0][index])).Count();
        return common < 2 ? "" : $".{string.Join('.', parts[0].Take(common).Reverse())}";
    }

    private static ImmutableArray<ZoneItem> Shown(List<ZoneItem> items) => items.Count <= MostHosts
        ? [.. items]
        : [.. items.Take(MostHosts - 1), new ZoneItem(string.Create(CultureInfo.InvariantCulture, $"and {items.Count - MostHosts + 1} more"), "")];

    // What connects to it from within its own namespace needs no line.
    private static string Inside(string name, ImmutableArray<ConnectionEdge> inside)
    {
        var from = inside.Where(edge => edge.To == name).GroupBy(edge => edge.From, StringComparer.Ordinal)
            .Select(group => $"← {(group.Key == name ? "itself" : Last(group.Key))} {string.Join(", ", group.Select(edge => Short(edge.Ports)))}{(group.All(edge => edge.State == EdgeState.Works) ? "" : " !")}");
        return string.Join("; ", from);
    }

    private static IEnumerable<ZoneItem> CommonTexts(ConnectionGraph graph, ConnectionZones zones, ImmutableArray<ConnectionEdge> edges)
    {
        foreach (var node in graph.Nodes.Where(node => node.Namespace == PlatformNamespace && node.Kind == NodeKind.Pods))
        {
            var from = edges.Where(edge => edge.To == node.Name).ToList();
            var to = edges.Where(edge => edge.From == node.Name).ToList();
            if (from.Count > 0)
            {
                yield return new ZoneItem(Last(node.Name), string.Create(
                    CultureInfo.InvariantCulture,
                    $"← {from.Select(edge => zones.Of(edge.From)).Distinct(StringComparer.Ordinal).Count()} namespaces, {string.Join(", ", from.Select(edge => edge.Ports).Distinct(StringComparer.Ordinal))}"));
            }

            if (to.Count > 0)
            {
                yield return new ZoneItem(Last(node.Name), string.Create(
                    CultureInfo.InvariantCulture,
                    $"→ {to.Select(edge => edge.To).Distinct(StringComparer.Ordinal).Count()} workloads in {to.Select(edge => zones.Of(edge.To)).Distinct(StringComparer.Ordinal).Count()} namespaces"));
            }
        }
    }

    private static string Last(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static string Short(string ports) => ports.StartsWith("TCP ", StringComparison.Ordinal) ? ports[4..] : ports;
}

/// <summary>Which box each end of connections stands in.</summary>
/// <param name="graph">The connections.</param>
internal sealed class ConnectionZones(ConnectionGraph graph)
{
    /// <summary>The box of what the internet reaches.</summary>
    public const string Entrance = "from the internet";

    /// <summary>The box of hosts that are connected to.</summary>
    public const string Hosts = "to the internet";

    private readonly Dictionary<string, ConnectionNode> _nodes = graph.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _connecting = [.. graph.Edges.Select(edge => edge.From)];

    /// <summary>The box of an end; the end's own name where it is no node of the graph.</summary>
    public string Of(string name) => _nodes.GetValueOrDefault(name) switch
    {
        { Namespace: { } place } => place,
        { Kind: NodeKind.Hosts } => _connecting.Contains(name) ? Entrance : Hosts,
        _ => name,
    };
}
