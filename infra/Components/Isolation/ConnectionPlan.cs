using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Network;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>
/// All connections of an environment's pods (A9). Components declare theirs with <c>AllowFrom</c>; <see cref="Declare"/> makes the
/// policies of both ends, and nobody writes one by hand.
/// </summary>
internal sealed class ConnectionPlan
{
    private const string SystemNamespace = "kube-system";

    private static readonly ImmutableArray<ContainerPort> DnsPorts =
        [new("dns", 53, Protocol: Connection.Udp), new("dns-tcp", 53, Protocol: Connection.Tcp)];

    private readonly EnvironmentNetwork _network;
    private readonly Workload _dns;
    private readonly SortedDictionary<string, ConnectionEnd> _ends = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Connection> _connections = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TrustZoneNamespace> _members = new(StringComparer.Ordinal);
    private bool _isDeclared;

    /// <summary>A plan without connections.</summary>
    /// <param name="network">The network that the cluster is in.</param>
    public ConnectionPlan(EnvironmentNetwork network)
    {
        _network = network;
        _dns = AddPlatform(SystemNamespace, "kube-dns", Label("k8s-app", "kube-dns"), DnsPorts);
        ApiServer = AddRange("api-server", [network.ApiServer.AddressPrefix]);
        PrivateEndpoints = AddRange("private-endpoints", [network.PrivateEndpoints.AddressPrefix]);
    }

    /// <summary>The cluster's API server: 443.</summary>
    public AddressRange ApiServer { get; }

    /// <summary>Vaults and whatever else has a private endpoint: 443.</summary>
    public AddressRange PrivateEndpoints { get; }

    /// <summary>The ends so far, by name.</summary>
    public ImmutableArray<ConnectionEnd> Ends => [.. _ends.Values];

    /// <summary>The connections so far, in the order of their ends' names.</summary>
    public ImmutableArray<Connection> All => [.. _connections.Values];

    /// <summary>The one label that most pods are told by.</summary>
    /// <param name="key">The label.</param>
    /// <param name="value">Its value.</param>
    public static ImmutableSortedDictionary<string, string> Label(string key, string value) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(key, value);

    /// <summary>A namespace of ours: all its pods resolve names, which it allows by itself. Adding it again changes nothing.</summary>
    /// <param name="home">The namespace.</param>
    public void AddNamespace(TrustZoneNamespace home)
    {
        if (home.Mesh is not null)
        {
            _members.TryAdd(home.NamespaceName, home);
        }

        var all = new NamespacePods(this, home);
        if (!_ends.TryAdd(all.Name, all))
        {
            return;
        }

        foreach (var port in DnsPorts)
        {
            Add(new Connection(all, _dns, port.Number, port.Protocol, "A10", "Names are resolved by the cluster."));
        }
    }

    /// <summary>Pods of a namespace. In a mesh they are known by their service account, which is called as they are.</summary>
    /// <param name="home">The namespace.</param>
    /// <param name="name">What they are called, unique in the namespace; a part of the policies' names.</param>
    /// <param name="labels">The labels that tell them from all other pods of the namespace.</param>
    /// <param name="ports">What they listen on.</param>
    public Workload AddWorkload(
        TrustZoneNamespace home, string name, ImmutableSortedDictionary<string, string> labels, params ImmutableArray<ContainerPort> ports) =>
        Add(home, name, labels, ports, serviceAccount: name);

    /// <summary>The pods that a chart makes.</summary>
    /// <param name="home">The namespace of the release.</param>
    /// <param name="release">The contract, filled in for the release.</param>
    /// <param name="name">The workload's name there.</param>
    /// <param name="serviceAccount">The service account of the pods, by which a mesh knows them; null where it is called as they are.</param>
    public Workload AddWorkload(TrustZoneNamespace home, ChartContract release, string name, string? serviceAccount = null)
    {
        var workload = release.Workload(name);
        return Add(home, name, workload.PodLabels, workload.Ports, serviceAccount ?? name);
    }

    /// <summary>Pods of a namespace that Azure fills, such as <c>kube-system</c>. No policies are made there.</summary>
    /// <param name="inNamespace">The namespace's name.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="labels">The labels that tell them from all other pods of the namespace.</param>
    /// <param name="ports">What they listen on.</param>
    public Workload AddPlatform(
        string inNamespace, string name, ImmutableSortedDictionary<string, string> labels, params ImmutableArray<ContainerPort> ports) =>
        Keep(new Workload(this, null, inNamespace, name, labels, ports));

    /// <summary>Addresses that are no pod's.</summary>
    /// <param name="name">What they are called, unique in the plan.</param>
    /// <param name="prefixes">The networks.</param>
    public AddressRange AddRange(string name, ImmutableArray<string> prefixes) => Keep(new AddressRange(this, name, prefixes));

    /// <summary>Hosts on the internet. The firewall lets nodes out to them, where there is one.</summary>
    /// <param name="name">What they are called, unique in the plan and among the rules of the firewall.</param>
    /// <param name="hosts">The host names; <c>*.</c> in front stands for all below.</param>
    /// <param name="why">What they are for.</param>
    public InternetHosts AddHosts(string name, ImmutableArray<string> hosts, string why)
    {
        var outbound = new OutboundHosts(name, [_network.UserNodes.AddressPrefix], hosts, why);
        var end = Keep(Internet(outbound));
        _network.Allow(outbound);
        return end;
    }

    /// <summary>Whoever calls from the internet.</summary>
    /// <param name="name">What they are called, unique in the plan.</param>
    public InternetClients AddInternetClients(string name) => Keep(new InternetClients(this, name, [_network.AddressSpace]));

    /// <summary>Hosts on the internet that the firewall lets all nodes out to already.</summary>
    /// <param name="name">What they are called, unique in the plan.</param>
    /// <param name="hosts">The host names.</param>
    public InternetHosts AddReleasedHosts(string name, ImmutableArray<string> hosts) =>
        Keep(Internet(new OutboundHosts(name, [], hosts, "Released for all nodes.")));

    /// <summary>A host name of ours that leads to a gateway of the cluster from outside and from inside.</summary>
    /// <param name="name">What it is called, unique in the plan.</param>
    /// <param name="gateway">The port of the gateway's pods.</param>
    /// <param name="loadBalancerAddress">
    /// The address of the load balancer, for networks that apply policies before it is replaced; Cilium replaces it at once, and
    /// null is right.
    /// </param>
    public PublicHost AddPublicHost(string name, WorkloadPort gateway, string? loadBalancerAddress = null) =>
        new(gateway, loadBalancerAddress is null ? null : AddRange($"{name}-address", [$"{loadBalancerAddress}/32"]));

    /// <summary>Makes the policies, and the table of connections that they come of. Once, when all is declared.</summary>
    public Connections Declare()
    {
        _isDeclared = true;
        ConnectionPolicies.Declare(All, [_network.AddressSpace]);
        MeshPolicies.Declare(_members.Values, All);
        return new Connections("connections", this);
    }

    internal void Add(Connection connection)
    {
        if (_isDeclared)
        {
            throw new InvalidOperationException(
                $"{connection.From.Name} to {connection.To.Name}: the policies have been made; declare connections before.");
        }

        // Several may ask for the same, each with its reason.
        var key = $"{connection.From.Name} {connection.To.Name} {connection.Port:D5}/{connection.Protocol}";
        _connections[key] = _connections.TryGetValue(key, out var before) && !before.Why.Contains(connection.Why, StringComparison.Ordinal)
            ? before with { Why = $"{before.Why} {connection.Why}" }
            : before ?? connection;
    }

    private Workload Add(
        TrustZoneNamespace home,
        string name,
        ImmutableSortedDictionary<string, string> labels,
        ImmutableArray<ContainerPort> ports,
        string serviceAccount)
    {
        AddNamespace(home);
        var workload = Keep(new Workload(this, home, home.NamespaceName, name, labels, ports));
        if (home.Mesh is { } mesh)
        {
            workload.Join(mesh, serviceAccount, isServer: true);
        }

        return workload;
    }

    private InternetHosts Internet(OutboundHosts hosts) =>
        new(this, hosts, _network.EgressMode == EgressMode.Firewall, [_network.AddressSpace]);

    private T Keep<T>(T end)
        where T : ConnectionEnd
    {
        if (!_ends.TryAdd(end.Name, end))
        {
            throw new ArgumentException($"There are two ends of connections called '{end.Name}'.");
        }

        return end;
    }
}
