using System.Globalization;
using System.Text;
using System.Xml;
using CantonInfra.Reachability.Graph;
using XmlText = CantonInfra.Reports.Writers.XmlText;

namespace CantonInfra.Reports.Connections;

/// <summary>The picture of connections as SVG.</summary>
internal static class ConnectionSvg
{
    private const int Margin = 10;
    private const int ShownPorts = 3;

    // Light and dark as the reader's system has it; in a page the page's own style counts.
    private const string Style = """
        svg{background:#fff;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        .box{fill:#f7f9fa;stroke:#9aa7b4}.item{fill:#fff;stroke:#c3ccd5}.t{fill:#17212b;font-size:13px;font-weight:600}.i{fill:#17212b;font-size:12.5px}.d,.p{fill:#52606d;font-size:11.5px}.p{paint-order:stroke;stroke:#fff;stroke-width:2px}
        .entrance>.box,.hosts>.box{fill:#fdf0e3;stroke:#cf8f45}.namespace>.box,.common>.box{fill:#f3f1fc;stroke:#9d8fd9}.addresses>.box{fill:#e3eefa;stroke:#7fa9d6}
        .common>.box{stroke-dasharray:4 3}.unknown>.box{fill:#fdeae8;stroke:#b3221c}
        .edge path{fill:none;stroke:#52606d;stroke-width:1.4}.edge polygon{fill:#52606d}
        .fails path,.undeclared path{stroke:#b3221c;stroke-width:2}.fails polygon,.undeclared polygon,.fails .p,.undeclared .p{fill:#b3221c}
        .undecided path{stroke:#7a5200}.undecided polygon,.undecided .p{fill:#7a5200}.undecided path,.undeclared path{stroke-dasharray:5 4}
        @media(prefers-color-scheme:dark){svg{background:#12181e}.box{fill:#151c23;stroke:#5b6b7a}.item{fill:#1a222a;stroke:#465563}.t,.i{fill:#eaf0f5}.d,.p{fill:#a5b3c0}.p{stroke:#12181e}
        .entrance>.box,.hosts>.box{fill:#3a2813;stroke:#a5743a}.namespace>.box,.common>.box{fill:#25204a;stroke:#7a6cbf}.addresses>.box{fill:#152a40;stroke:#47719d}
        .unknown>.box{fill:#42191a;stroke:#ff9d94}.edge path{stroke:#a5b3c0}.edge polygon{fill:#a5b3c0}
        .fails path,.undeclared path{stroke:#ff9d94}.fails polygon,.undeclared polygon,.fails .p,.undeclared .p{fill:#ff9d94}
        .undecided path{stroke:#f0c46a}.undecided polygon,.undecided .p{fill:#f0c46a}}
        """;

    /// <summary>The picture.</summary>
    /// <param name="map">The connections.</param>
    /// <param name="title">What they are of.</param>
    /// <param name="isInPage">Whether it stands in a page that has the style.</param>
    public static string Write(ConnectionMap map, string title, bool isInPage)
    {
        var placed = ConnectionLayout.Place(map);
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = !isInPage, NewLineChars = "\n" }))
        {
            writer.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            var (width, height) = (placed.Width + (2 * Margin), placed.Height + (2 * Margin));
            writer.WriteAttributeString("viewBox", Invariant($"{-Margin} {-Margin} {width} {height}"));
            Attribute(writer, "width", width);
            Attribute(writer, "height", height);
            writer.WriteAttributeString("role", "img");
            writer.WriteAttributeString("aria-label", XmlText.Valid(Invariant(
                $"Connections of {title}: {map.Zones.Length} zones, {map.Lines.Sum(line => line.Connections)} connections between them in {map.Lines.Length} lines")));
            if (!isInPage)
            {
                writer.WriteElementString("style", Style);
            }

            foreach (var line in placed.Lines)
            {
                Write(writer, line);
            }

            foreach (var zone in placed.Zones)
            {
                Write(writer, zone);
            }

            WriteCommon(writer, placed);
            writer.WriteEndElement();
        }

        return text.ToString() + (isInPage ? "" : "\n");
    }

    private static void Write(XmlWriter writer, PlacedZone placed)
    {
        writer.WriteStartElement("g");
        writer.WriteAttributeString("class", placed.Zone.Kind.ToString().ToLowerInvariant());
        writer.WriteAttributeString("data-zone", XmlText.Valid(placed.Zone.Id));
        writer.WriteElementString("title", XmlText.Valid($"{placed.Zone.Title} {placed.Zone.Detail}".TrimEnd()));
        Rectangle(writer, "box", placed.X, placed.Y, placed.Width, placed.Height, 8);
        Text(writer, "t", placed.X + 10, placed.Y + 18, placed.Zone.Title);
        Text(writer, "d", placed.X + 10, placed.Y + 34, placed.Zone.Detail);
        foreach (var item in placed.Items)
        {
            Write(writer, item);
        }

        writer.WriteEndElement();
    }

    private static void Write(XmlWriter writer, PlacedItem placed)
    {
        writer.WriteStartElement("g");
        writer.WriteElementString("title", XmlText.Valid($"{placed.Item.Title} {placed.Item.Detail}".TrimEnd()));
        Rectangle(writer, "item", placed.X, placed.Y, placed.Width, placed.Height, 5);
        Text(writer, "i", placed.X + 10, placed.Y + 17, placed.Item.Title);
        Text(writer, "d", placed.X + 10, placed.Y + 33, placed.Item.Detail);
        writer.WriteEndElement();
    }

    private static void WriteCommon(XmlWriter writer, PlacedMap placed)
    {
        if (placed.Common.IsEmpty)
        {
            return;
        }

        writer.WriteStartElement("g");
        writer.WriteAttributeString("class", "common");
        Rectangle(writer, "box", 0, placed.CommonTop, placed.Common[^1].X + placed.Common[^1].Width + 10, placed.Height - placed.CommonTop, 8);
        Text(writer, "t", 10, placed.CommonTop + 20, "kube-system: in every cluster");
        foreach (var item in placed.Common)
        {
            Write(writer, item);
        }

        writer.WriteEndElement();
    }

    private static void Write(XmlWriter writer, PlacedLine placed)
    {
        var line = placed.Line;
        writer.WriteStartElement("g");
        writer.WriteAttributeString("class", $"edge {line.State.ToString().ToLowerInvariant()}");
        writer.WriteAttributeString("data-from", XmlText.Valid(line.From));
        writer.WriteAttributeString("data-to", XmlText.Valid(line.To));
        writer.WriteElementString("title", XmlText.Valid(Invariant(
            $"{line.From} to {line.To}: {line.Connections} {(line.Connections == 1 ? "connection" : "connections")}, {string.Join(", ", line.Ports)}{(line.State == EdgeState.Works ? "" : $", {line.State.ToString().ToLowerInvariant()}")}")));
        writer.WriteStartElement("path");
        writer.WriteAttributeString("d", PathOf(placed));
        writer.WriteEndElement();
        var (tip, direction) = placed.IsBack ? (placed.Points[0], 1) : (placed.Points[^1], -1);
        writer.WriteStartElement("polygon");
        writer.WriteAttributeString("points", Invariant(
            $"{tip.X},{tip.Y} {tip.X + (8 * direction)},{tip.Y - 4} {tip.X + (8 * direction)},{tip.Y + 4}"));
        writer.WriteEndElement();
        writer.WriteStartElement("text");
        writer.WriteAttributeString("class", "p");
        Attribute(writer, "x", tip.X + (11 * direction));
        Attribute(writer, "y", placed.IsBack ? tip.Y + 13 : tip.Y - 4);
        if (direction < 0)
        {
            writer.WriteAttributeString("text-anchor", "end");
        }

        writer.WriteString(XmlText.Valid(Ports(line)));
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static string Ports(ZoneLine line)
    {
        var shown = string.Join(", ", line.Ports.Take(ShownPorts)) + (line.Ports.Length > ShownPorts ? ", …" : "");
        return line.State switch
        {
            EdgeState.Works => shown,
            EdgeState.Fails => $"✕ {shown}",
            EdgeState.Undecided => $"? {shown}",
            _ => $"! {shown}",
        };
    }

    // Curves between columns leave and arrive level; within a column a line is straight. The points alternate.
    private static string PathOf(PlacedLine placed)
    {
        var path = new StringBuilder(Invariant($"M{placed.Points[0].X} {placed.Points[0].Y}"));
        for (var index = 1; index < placed.Points.Length; index++)
        {
            var (from, to) = (placed.Points[index - 1], placed.Points[index]);
            if (index % 2 == 1)
            {
                var middle = (from.X + to.X) / 2;
                path.Append(CultureInfo.InvariantCulture, $"C{middle} {from.Y} {middle} {to.Y} {to.X} {to.Y}");
            }
            else
            {
                path.Append(CultureInfo.InvariantCulture, $"L{to.X} {to.Y}");
            }
        }

        return path.ToString();
    }

    private static void Rectangle(XmlWriter writer, string style, int x, int y, int width, int height, int radius)
    {
        writer.WriteStartElement("rect");
        writer.WriteAttributeString("class", style);
        Attribute(writer, "x", x);
        Attribute(writer, "y", y);
        Attribute(writer, "width", width);
        Attribute(writer, "height", height);
        Attribute(writer, "rx", radius);
        writer.WriteEndElement();
    }

    private static void Text(XmlWriter writer, string style, int x, int y, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        writer.WriteStartElement("text");
        writer.WriteAttributeString("class", style);
        Attribute(writer, "x", x);
        Attribute(writer, "y", y);
        writer.WriteString(XmlText.Valid(text.Length > ConnectionLayout.LongestText ? $"{text[..(ConnectionLayout.LongestText - 1)]}…" : text));
        writer.WriteEndElement();
    }

    private static void Attribute(XmlWriter writer, string name, int value) =>
        writer.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
