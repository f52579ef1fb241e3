using System.Text.Json;

namespace CantonInfra.Reports.Topology;

/// <summary>The picture of a stack as JSON: boxes with their places.</summary>
internal static class TopologyJson
{
    /// <summary>Writes the picture as one document.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="box">The stack's box.</param>
    /// <param name="urnOf">Gives the URN of a position in the stack's resources.</param>
    public static void Write(Utf8JsonWriter writer, Box box, Func<int, string> urnOf)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteString("kind", "topology");
        writer.WriteString("stack", box.Title);
        writer.WriteNumber("resources", box.Total);
        writer.WritePropertyName("box");
        Write(writer, BoxLayout.Place(box), urnOf);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PlacedBox placed, Func<int, string> urnOf)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(placed.Box.Kind.ToString()));
        writer.WriteString("title", placed.Box.Title);
        if (placed.Box.Detail.Length > 0)
        {
            writer.WriteString("detail", placed.Box.Detail);
        }

        if (placed.Box.Resource >= 0)
        {
            writer.WriteString("urn", urnOf(placed.Box.Resource));
        }

        writer.WriteNumber("resources", placed.Box.Total);
        writer.WriteNumber("x", placed.X);
        writer.WriteNumber("y", placed.Y);
        writer.WriteNumber("width", placed.Width);
        writer.WriteNumber("height", placed.Height);
        if (placed.Children.Length > 0)
        {
            writer.WriteStartArray("boxes");
            foreach (var child in placed.Children)
            {
                Write(writer, child, urnOf);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
