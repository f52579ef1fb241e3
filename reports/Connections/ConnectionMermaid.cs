using System.Globalization;
using System.Text;
using CantonInfra.Reachability.Graph;
using CantonInfra.Reports.Topology;

namespace CantonInfra.Reports.Connections;

/// <summary>The graph of connections as a Mermaid flowchart, a box for each namespace.</summary>
internal static class ConnectionMermaid
{
    /// <summary>Writes it.</summary>
    public static string Write(ConnectionGraph graph)
    {
        var edges = graph.Edges.Where(edge => !IsOfWholeNamespace(graph, edge)).ToList();
        var shown = edges.SelectMany(edge => new[] { edge.From, edge.To }).ToHashSet(StringComparer.Ordinal);
        var nodes = graph.Nodes.Where(node => node.Kind != NodeKind.Namespace && shown.Contains(node.Name)).ToList();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = new StringBuilder("flowchart LR\n");
        foreach (var place in nodes.Where(node => node.Namespace is not null).GroupBy(node => node.Namespace!, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph {Id($"namespace {place.Key}")}[\"{MermaidText.Label(place.Key)}\"]\n");
            foreach (var node in place)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {Id(node.Name)}[\"{MermaidText.Label(node.Name[(node.Name.IndexOf('/', StringComparison.Ordinal) + 1)..])}\"]\n");
            }

            text.Append("  end\n");
        }

        foreach (var node in nodes.Where(node => node.Namespace is null))
        {
            var (open, close) = node.Kind == NodeKind.Hosts ? ("([", "])") : ("[(", ")]");
            text.Append(CultureInfo.InvariantCulture, $"  {Id(node.Name)}{open}\"{MermaidText.Label(node.Name)}\"{close}\n");
        }

        // What only a finding names is no node of the graph.
        foreach (var name in shown.Where(name => !graph.Nodes.Any(node => node.Name == name)).Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Id(name)}{{{{\"{MermaidText.Label(name)}\"}}}}\n");
        }

        foreach (var edge in edges)
        {
            var arrow = edge.State switch { EdgeState.Works => "-->", EdgeState.Fails => "--x", _ => "-.->" };
            var label = edge.State == EdgeState.Works ? edge.Ports : $"{edge.Ports} ({edge.State.ToString().ToLowerInvariant()})";
            text.Append(CultureInfo.InvariantCulture, $"  {Id(edge.From)} {arrow}|\"{MermaidText.Label(label)}\"| {Id(edge.To)}\n");
        }

        return text.ToString();

        string Id(string name)
        {
            if (!ids.TryGetValue(name, out var id))
            {
                id = string.Create(CultureInfo.InvariantCulture, $"n{ids.Count}");
                ids.Add(name, id);
            }

            return id;
        }
    }

    // That every namespace resolves names would be most of the lines, and says nothing.
    private static bool IsOfWholeNamespace(ConnectionGraph graph, ConnectionEdge edge) =>
        edge.State == EdgeState.Works && graph.Nodes.Any(node => node.Name == edge.From && node.Kind == NodeKind.Namespace);
}
