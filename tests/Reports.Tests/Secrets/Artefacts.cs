using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CantonInfra.Reachability.Graph;
using CantonInfra.Reports.Connections;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Tests.Browser;
using CantonInfra.Reports.Topology;
using CantonInfra.Tools.Commands;
using CantonInfra.Tools.Connections;

namespace CantonInfra.Reports.Tests.Secrets;

/// <summary>Everything that is written of a report, as it is and as its readers decode it.</summary>
internal static partial class Artefacts
{
    /// <summary>The names of all but the printed one.</summary>
    public static readonly string[] Names =
        ["json", "markdown", "junit", "sarif", "html", "topology.svg", "topology.json", "topology.mmd", "connections.svg", "connections.json", "connections.mmd"];

    /// <summary>What an artefact of a report holds, decoded too.</summary>
    public static string Text(string name, Report report)
    {
        using var stream = new MemoryStream();
        var stack = report.Stacks[^1];
        switch (name)
        {
            case "topology.svg":
                stream.Write(Encoding.UTF8.GetBytes(TopologySvg.Write(stack.Topology, isInPage: false)));
                break;
            case "topology.json":
                using (var writer = new Utf8JsonWriter(stream))
                {
                    TopologyJson.Write(writer, stack.Topology, position => stack.Resources[position].Urn);
                }

                break;
            case "topology.mmd":
                stream.Write(Encoding.UTF8.GetBytes(TopologyMermaid.Write(stack.Topology)));
                break;
            case "connections.svg":
                stream.Write(Encoding.UTF8.GetBytes(stack.Connections.Map is { } map ? ConnectionSvg.Write(map, stack.Name, isInPage: false) : ""));
                break;
            case "connections.json":
                WriteJson(stream, stack.Connections.Graph);
                break;
            case "connections.mmd":
                stream.Write(Encoding.UTF8.GetBytes(stack.Connections.Graph is { } graph ? ConnectionMermaid.Write(graph) : ""));
                break;
            default:
                ReportFiles.Write(stream, name, report);
                break;
        }

        return Decoded(name, Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>What the printed page of a report holds: its text, and every stream inflated.</summary>
    public static string PrintedText(string file)
    {
        var (code, output) = NpmWorkspace.RunScript("pdf-text.mjs", new Dictionary<string, string>(), file);
        Assert.True(code == 0, output);

        // Words stand one by one in a page, and lines end anywhere.
        return output + string.Concat(output.Where(character => !char.IsWhiteSpace(character)));
    }

    /// <summary>A text as it is and as readers of its format decode it.</summary>
    public static string Decoded(string name, string text)
    {
        var all = new StringBuilder(text).Append('\n');
        switch (Path.GetExtension($".{name}"))
        {
            case ".json" or ".sarif" when text.Length > 0:
                AppendJson(all, text);
                break;
            case ".html":
                AppendJson(all, Data().Match(text).Groups[1].Value);
                break;
            case ".svg" or ".junit" when text.Length > 0:
                AppendXml(all, text);
                break;
            case ".mmd":
                all.Append(Entity().Replace(text, match => ((char)int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToString()));
                break;
            case ".markdown":
                all.Append(System.Net.WebUtility.HtmlDecode(text).Replace("\\", "", StringComparison.Ordinal));
                break;
            default:
                break;
        }

        return all.ToString();
    }

    private static void WriteJson(Stream stream, ConnectionGraph? graph)
    {
        if (graph is not null)
        {
            ConnectionJson.Write(stream, graph, null);
        }
    }

    private static void AppendXml(StringBuilder all, string text)
    {
        var root = XDocument.Parse(text.TrimStart('\uFEFF')).Root!;
        foreach (var element in root.DescendantsAndSelf())
        {
            all.AppendJoin('\n', element.Attributes().Select(attribute => attribute.Value)).Append('\n').Append(element.HasElements ? "" : element.Value).Append('\n');
        }
    }

    private static void AppendJson(StringBuilder all, string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
        Append(all, document.RootElement);
    }

    private static void Append(StringBuilder all, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    all.Append(member.Name).Append('\n');
                    Append(all, member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Append(all, item);
                }

                break;
            case JsonValueKind.String:
                // A picture in the page is a document of its own.
                var value = element.GetString()!;
                all.Append(value).Append('\n');
                if (value.StartsWith("<svg", StringComparison.Ordinal))
                {
                    AppendXml(all, value);
                }

                break;
            default:
                all.Append(element.GetRawText()).Append('\n');
                break;
        }
    }

    [GeneratedRegex("""<script type="application/json" id="data">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("#([0-9]+);")]
    private static partial Regex Entity();
}
