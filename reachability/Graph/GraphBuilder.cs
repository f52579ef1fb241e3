using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Contracts;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Proof;
using CantonInfra.Reachability.Reading;

namespace CantonInfra.Reachability.Graph;

/// <summary>Makes the graph of a plan's connections.</summary>
public static class GraphBuilder
{
    private const string NotRestricted = " Not host-restricted: every host on this port.";

    // Where objects and releases say what they are called.
    private static readonly ImmutableArray<string> Naming = ["metadata", "name", "namespace", "chart", "version"];

    /// <summary>Makes it, with the proof run.</summary>
    /// <param name="resources">The resources of the plan.</param>
    /// <param name="contracts">The contracts of charts.</param>
    /// <returns>The graph; or what is wrong with the table of connections; neither where the program declares none.</returns>
    public static (ConnectionGraph? Graph, string? Problem) Build(ImmutableArray<ClusterResource> resources, ChartContracts contracts)
    {
        var (declared, problem) = DeclarationReader.Read(resources);
        var mask = resources.SelectMany(Shown).Aggregate(SecretMask.None, (known, value) => known.With(value));
        return declared is null
            ? (null, problem is null ? null : mask.Apply(problem))
            : (Masked(Build(new ConnectionProof(ClusterReader.Read(resources, contracts), declared), declared, new MeshObjects(resources)), mask), null);
    }

    private static ConnectionGraph Build(ConnectionProof proof, Declarations declared, MeshObjects mesh)
    {
        var result = proof.Run();
        var bases = proof.Pods.SelectMany(pods => pods.Ends.Select(end => (End: end, pods.Basis)))
            .GroupBy(each => each.End, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(each => each.Basis), StringComparer.Ordinal);
        var nodes = declared.Ends.Values.Select(end => Node(end, bases)).Concat(proof.Pods.Where(pods => pods.Ends.IsEmpty).Select(Node));
        return new ConnectionGraph(
            [.. nodes.DistinctBy(node => node.Name).OrderBy(node => node.Name, StringComparer.Ordinal)],
            [
                .. result.Connections.Select(state => Edge(state, declared) with { Mesh = mesh.Of(state.Connection, declared) })
                    .Concat(result.Findings.Select(Edge))
                    .OrderBy(edge => edge.From, StringComparer.Ordinal)
                    .ThenBy(edge => edge.To, StringComparer.Ordinal)
                    .ThenBy(edge => edge.Ports, StringComparer.Ordinal),
            ],
            result.Unread,
            result.Semantics,
            result.Holds);
    }

    // What the graph shows parts of. Secrets elsewhere may have the text of a name that is none, as the id of a client has.
    private static IEnumerable<PropertyValue> Shown(ClusterResource resource)
    {
        if (resource.Type == DeclarationReader.Type || resource.Type.EndsWith(":NetworkPolicy", StringComparison.Ordinal))
        {
            return [resource.Properties];
        }

        return resource.Type.StartsWith("kubernetes:", StringComparison.Ordinal)
            ? Naming.Select(name => resource.Properties[name]).OfType<PropertyValue>()
            : [];
    }

    // The proof needs labels, addresses and hosts as they are; who looks at the graph does not get what the program calls secret.
    private static ConnectionGraph Masked(ConnectionGraph graph, SecretMask mask) => mask == SecretMask.None ? graph : graph with
    {
        Nodes =
        [
            .. graph.Nodes.Select(node => node with
            {
                Name = mask.Apply(node.Name),
                Namespace = node.Namespace is null ? null : mask.Apply(node.Namespace),
                Detail = [.. node.Detail.Select(mask.Apply)],
            }).DistinctBy(node => node.Name),
        ],
        Edges =
        [
            .. graph.Edges.Select(edge => edge with
            {
                From = mask.Apply(edge.From),
                To = mask.Apply(edge.To),
                Ports = mask.Apply(edge.Ports),
                Requirement = mask.Apply(edge.Requirement),
                Why = mask.Apply(edge.Why),
                Policies = [.. edge.Policies.Select(mask.Apply)],
                Mesh = edge.Mesh is not { } mesh ? null : mesh with
                {
                    Principal = mask.Apply(mesh.Principal),
                    Policies = [.. mesh.Policies.Select(mask.Apply)],
                },
            }),
        ],
        Unread = [.. graph.Unread.Select(mask.Apply)],
    };

    private static ConnectionNode Node(DeclaredEnd end, Dictionary<string, Basis> bases) => end switch
    {
        DeclaredPods pods => new ConnectionNode(
            end.Name, NodeKind.Pods, pods.Namespace, bases.GetValueOrDefault(end.Name, Basis.Declaration),
            [.. pods.Labels.Select(label => $"{label.Key}={label.Value}")]),
        DeclaredNamespace place => new ConnectionNode(end.Name, NodeKind.Namespace, place.Namespace, null, []),
        DeclaredAddresses addresses => new ConnectionNode(
            end.Name, NodeKind.Addresses, null, null, [.. addresses.Networks.Select(network => network.ToString())]),
        DeclaredHosts hosts => new ConnectionNode(end.Name, NodeKind.Hosts, null, null, hosts.Hosts),
        _ => throw new ArgumentOutOfRangeException(nameof(end), end.Name, "No node is such an end."),
    };

    private static ConnectionNode Node(PodSet pods) => new(pods.Name, NodeKind.Pods, pods.Namespace, pods.Basis, []);

    private static ConnectionEdge Edge(ConnectionState state, Declarations declared)
    {
        var connection = state.Connection;

        // Whoever reads the row must not take the hosts' names for a bound: policies have addresses and ports only.
        var bound = declared.Ends.GetValueOrDefault(connection.To) is DeclaredHosts { IsRestricted: false } ? NotRestricted : "";
        return new ConnectionEdge(
            connection.From,
            connection.To,
            string.Create(CultureInfo.InvariantCulture, $"{connection.Protocol} {connection.Port}"),
            state.Works switch { true => EdgeState.Works, false => EdgeState.Fails, null => EdgeState.Undecided },
            connection.Requirement,
            state.Works == true ? connection.Why + bound : string.Join(' ', state.WhyNot),
            state.Policies);
    }

    private static ConnectionEdge Edge(ProofFinding finding) => new(
        finding.Direction == Direction.Ingress ? finding.Peer : finding.Subject.Name,
        finding.Direction == Direction.Ingress ? finding.Subject.Name : finding.Peer,
        finding.Ports,
        finding.Kind == ProofFindingKind.Undecided ? EdgeState.Undecided : EdgeState.Undeclared,
        "",
        finding.ToString(),
        [.. finding.Policies.Select(policy => policy.Name)]);
}
