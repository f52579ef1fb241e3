using System.Collections.Immutable;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>The policies that connections come to: one for each workload and direction, a rule for each peer.</summary>
internal static class ConnectionPolicies
{
    /// <summary>Declares them.</summary>
    /// <param name="connections">The connections, in an order that does not change.</param>
    /// <param name="ownSpaces">Networks of our own.</param>
    public static void Declare(ImmutableArray<Connection> connections, ImmutableArray<string> ownSpaces)
    {
        foreach (var (workload, home, ends) in By(connections, connection => connection.To))
        {
            var spec = Spec(workload, "Ingress");
            spec.Ingress = ends.GroupBy(connection => connection.From)
                .Select(peer => new NetworkPolicyIngressRuleArgs { From = Peers(peer.Key, ownSpaces), Ports = Ports(peer) })
                .ToArray();
            home.AddPolicy($"{workload.ShortName}-ingress", spec);
        }

        // That all pods of a namespace resolve names, the namespace allows by itself.
        foreach (var (workload, home, ends) in By(connections, connection => connection.From))
        {
            var spec = Spec(workload, "Egress");
            spec.Egress = ends.GroupBy(connection => Target(connection.To))
                .Select(peer => new NetworkPolicyEgressRuleArgs { To = Peers(peer.First().To, ownSpaces), Ports = Ports(peer) })
                .ToArray();
            home.AddPolicy($"{workload.ShortName}-egress", spec);
        }
    }

    private static IEnumerable<(Workload Workload, TrustZoneNamespace Home, List<Connection> Connections)> By(
        ImmutableArray<Connection> connections, Func<Connection, ConnectionEnd> end) =>
        from connection in connections
        group connection by end(connection) into ends
        let workload = ends.Key as Workload
        where workload?.Home is not null
        orderby workload.Name
        select (workload, workload.Home, ends.ToList());

    // To a policy all hosts on the internet are the same.
    private static string Target(ConnectionEnd end) => end is InternetHosts ? "internet" : end.Name;

    private static NetworkPolicySpecArgs Spec(Workload workload, string type) =>
        new() { PodSelector = workload.Selector(), PolicyTypes = { type } };

    private static NetworkPolicyPeerArgs[] Peers(ConnectionEnd end, ImmutableArray<string> ownSpaces) => end switch
    {
        Workload workload => [workload.Peer()],
        AddressRange range => [.. range.Prefixes.Select(AddressBlocks.Of)],
        InternetHosts or InternetClients => [AddressBlocks.Internet(ownSpaces)],
        _ => throw new ArgumentOutOfRangeException(nameof(end), end.Name, "No policy knows what this is."),
    };

    private static NetworkPolicyPortArgs[] Ports(IEnumerable<Connection> connections) =>
    [
        .. connections.Select(connection => (connection.Protocol, connection.Port)).Distinct().Order()
            .Select(port => new NetworkPolicyPortArgs { Protocol = port.Protocol, Port = port.Port }),
    ];
}
