using System.Text.Json;
using CantonInfra.Reachability.Graph;
using CantonInfra.Tools.Rendering;

namespace CantonInfra.Tools.Connections;

/// <summary>The graph of connections as JSON.</summary>
internal static class ConnectionJson
{
    /// <summary>Writes it.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="differences">How a cluster differs from the plan; null where none was asked.</param>
    public static void Write(Stream stream, ConnectionGraph graph, IReadOnlyCollection<LiveDifference>? differences)
    {
        using var writer = new Utf8JsonWriter(stream, PreviewJson.Options);
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteString("semantics", Name(graph.Semantics));
        if (graph.Holds is { } holds)
        {
            writer.WriteBoolean("holds", holds);
        }
        else
        {
            writer.WriteNull("holds");
        }

        writer.WriteStartArray("nodes");
        foreach (var node in graph.Nodes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", node.Name);
            writer.WriteString("kind", Name(node.Kind));
            writer.WriteString("namespace", node.Namespace);
            writer.WriteString("basis", node.Basis is { } basis ? Name(basis) : null);
            Texts(writer, "detail", node.Detail);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("edges");
        foreach (var edge in graph.Edges)
        {
            writer.WriteStartObject();
            writer.WriteString("from", edge.From);
            writer.WriteString("to", edge.To);
            writer.WriteString("ports", edge.Ports);
            writer.WriteString("state", Name(edge.State));
            writer.WriteString("requirement", edge.Requirement);
            writer.WriteString("why", edge.Why);
            Texts(writer, "policies", edge.Policies);
            Write(writer, edge.Mesh);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Texts(writer, "unread", graph.Unread);
        if (differences is not null)
        {
            writer.WriteStartArray("live");
            foreach (var difference in differences)
            {
                writer.WriteStartObject();
                writer.WriteString("object", difference.Object);
                writer.WriteString("difference", difference.What);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter writer, MeshPassage? mesh)
    {
        if (mesh is null)
        {
            return;
        }

        writer.WriteStartObject("mesh");
        writer.WriteString("way", Name(mesh.Way));
        writer.WriteString("principal", mesh.Principal);
        Texts(writer, "policies", mesh.Policies);
        writer.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
