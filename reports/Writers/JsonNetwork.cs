using System.Text.Json;
using CantonInfra.Reports.Connections;
using CantonInfra.Reports.Internet;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Writers;

/// <summary>The part of the report's JSON about who reaches whom.</summary>
internal static class JsonNetwork
{
    /// <summary>Writes the members <c>internet</c> and <c>connections</c>, and the picture where it is for the page.</summary>
    public static void Write(Utf8JsonWriter writer, StackReport stack, bool isInPage)
    {
        Write(writer, stack.Internet);
        if (stack.Connections.Graph is not { } graph)
        {
            if (stack.Connections.Problem.Length > 0)
            {
                writer.WriteString("connectionsProblem", stack.Connections.Problem);
            }

            return;
        }

        var zones = new ConnectionZones(graph);
        writer.WriteStartObject("connections");
        if (graph.Holds is { } holds)
        {
            writer.WriteBoolean("holds", holds);
        }

        writer.WriteString("semantics", JsonReport.Word(graph.Semantics));
        JsonReport.WriteTexts(writer, "unread", graph.Unread);
        JsonReport.WriteArray(writer, "ends", graph.Nodes, node =>
        {
            writer.WriteString("name", node.Name);
            writer.WriteString("kind", JsonReport.Word(node.Kind));
            writer.WriteString("zone", zones.Of(node.Name));
            if (node.Basis is { } basis)
            {
                writer.WriteString("basis", JsonReport.Word(basis));
            }

            JsonReport.WriteTexts(writer, "detail", node.Detail);
        });
        JsonReport.WriteArray(writer, "edges", graph.Edges, edge =>
        {
            writer.WriteString("from", edge.From);
            writer.WriteString("to", edge.To);
            writer.WriteString("fromZone", zones.Of(edge.From));
            writer.WriteString("toZone", zones.Of(edge.To));
            writer.WriteString("ports", edge.Ports);
            writer.WriteString("state", JsonReport.Word(edge.State));
            writer.WriteString("requirement", edge.Requirement);
            writer.WriteString("why", edge.Why);
            JsonReport.WriteTexts(writer, "policies", edge.Policies);
        });
        if (isInPage)
        {
            writer.WriteString("picture", ConnectionSvg.Write(stack.Connections.Map!, stack.Name, isInPage: true));
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, InternetReport internet)
    {
        writer.WriteStartObject("internet");
        JsonReport.WriteArray(writer, "addresses", internet.Addresses, address =>
        {
            writer.WriteString("name", address.Name);
            writer.WriteString("use", address.Use);
            if (address.LetsIn is { } letsIn)
            {
                writer.WriteBoolean("letsIn", letsIn);
            }

            WriteResource(writer, address.Resource);
        });
        JsonReport.WriteArray(writer, "entrances", internet.Entrances, entrance =>
        {
            writer.WriteString("host", entrance.Host);
            JsonReport.WriteTexts(writer, "paths", entrance.Paths);
            writer.WriteString("port", entrance.Port);
            writer.WriteString("from", entrance.From);
            JsonReport.WriteTexts(writer, "way", entrance.Way);
            writer.WriteString("target", entrance.Target);
            writer.WriteString("asks", entrance.Asks);
            WriteResource(writer, entrance.Resource);
        });
        JsonReport.WriteArray(writer, "doors", internet.Doors, door =>
        {
            writer.WriteString("name", door.Name);
            writer.WriteString("kind", door.Kind);
            writer.WriteString("state", JsonReport.Word(door.State));
            WriteResource(writer, door.Resource);
        });
        JsonReport.WriteArray(writer, "ways", internet.Ways, way =>
        {
            writer.WriteString("subnet", way.Subnet);
            writer.WriteString("prefix", way.Prefix);
            writer.WriteString("way", way.Way);
            writer.WriteBoolean("byHost", way.IsByHost);
            WriteResource(writer, way.Resource);
        });
        JsonReport.WriteArray(writer, "allowed", internet.Allowed, allowed =>
        {
            writer.WriteString("rule", allowed.Rule);
            JsonReport.WriteTexts(writer, "from", allowed.From);
            JsonReport.WriteTexts(writer, "hosts", allowed.Hosts);
            JsonReport.WriteTexts(writer, "ports", allowed.Ports);
            writer.WriteString("why", allowed.Why);
            WriteResource(writer, allowed.Resource);
        });
        writer.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter writer, int resource)
    {
        if (resource >= 0)
        {
            writer.WriteNumber("resource", resource);
        }
    }
}
