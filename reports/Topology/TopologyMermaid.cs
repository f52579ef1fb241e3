using System.Globalization;
using System.Text;

namespace CantonInfra.Reports.Topology;

/// <summary>The picture of a stack as a Mermaid flowchart, for pages that draw those.</summary>
internal static class TopologyMermaid
{
    /// <summary>The flowchart.</summary>
    public static string Write(Box box)
    {
        var text = new StringBuilder("flowchart TB\n");
        var number = 0;
        Write(text, box, 1, ref number);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Box box, int depth, ref int number)
    {
        var indent = new string(' ', 2 * depth);
        var id = string.Create(CultureInfo.InvariantCulture, $"n{number++}");
        var label = MermaidText.Label(box.Detail.Length > 0 ? $"{box.Title}\n{box.Detail}" : box.Title);
        if (box.Children.Length == 0)
        {
            text.Append(indent).Append(id).Append("[\"").Append(label).Append("\"]\n");
            return;
        }

        text.Append(indent).Append("subgraph ").Append(id).Append(" [\"").Append(label).Append("\"]\n");
        foreach (var child in box.Children)
        {
            Write(text, child, depth + 1, ref number);
        }

        text.Append(indent).Append("end\n");
    }
}
