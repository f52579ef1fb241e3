using System.Globalization;
using System.Text;
using System.Xml;

namespace CantonInfra.Reports.Topology;

/// <summary>The picture of a stack as SVG.</summary>
internal static class TopologySvg
{
    private const int Margin = 8;

    // Light and dark as the reader's system has it; in a page the page's own style counts.
    private const string Style = """
        svg{background:#fff;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        .box{fill:#fff;stroke:#c3ccd5;stroke-width:1}.t{fill:#17212b;font-size:13px;font-weight:600}.d{fill:#52606d;font-size:11.5px}
        .stack>.box{fill:#f7f9fa}.region>.box{fill:#eef2f5}.network>.box{fill:#e3eefa;stroke:#8db4dd}.subnet>.box{fill:#f4f9ff;stroke:#a9c7e8}
        .cluster>.box{fill:#ebe8f9;stroke:#ab9fe0}.namespace>.box{fill:#f8f6ff;stroke:#c3bbeb}.internet>.box{fill:#fdf0e3;stroke:#dfa668}
        .group>.box{fill:#f7f9fa}.service>.box{fill:#e8f3ee;stroke:#93c4ac}.count>.box{fill:none;stroke:#d8dee4;stroke-dasharray:3 3}
        @media(prefers-color-scheme:dark){svg{background:#12181e}.box{fill:#1a222a;stroke:#465563}.t{fill:#eaf0f5}.d{fill:#a5b3c0}
        .stack>.box{fill:#151c23}.region>.box{fill:#1a232b}.network>.box{fill:#152a40;stroke:#3f6c9c}.subnet>.box{fill:#1a2f45;stroke:#47719d}
        .cluster>.box{fill:#25204a;stroke:#6a5cb0}.namespace>.box{fill:#2d2755;stroke:#7a6cbf}.internet>.box{fill:#3a2813;stroke:#a5743a}
        .group>.box{fill:#151c23}.service>.box{fill:#143024;stroke:#3f7d5f}.count>.box{fill:none;stroke:#3d4a56}}
        """;

    /// <summary>The picture.</summary>
    /// <param name="box">The stack's box.</param>
    /// <param name="isInPage">Whether it stands in a page that has the style.</param>
    public static string Write(Box box, bool isInPage)
    {
        var placed = BoxLayout.Place(box);
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = !isInPage, NewLineChars = "\n" }))
        {
            writer.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            var (width, height) = (placed.Width + (2 * Margin), placed.Height + (2 * Margin));
            writer.WriteAttributeString("viewBox", string.Create(CultureInfo.InvariantCulture, $"{-Margin} {-Margin} {width} {height}"));
            Attribute(writer, "width", width);
            Attribute(writer, "height", height);
            writer.WriteAttributeString("role", "img");
            var label = string.Create(
                CultureInfo.InvariantCulture, $"Topology of {box.Title}: {box.Total} resources in nested boxes");
            writer.WriteAttributeString("aria-label", Xml(label));
            if (!isInPage)
            {
                writer.WriteElementString("style", Style);
            }

            Write(writer, placed);
            writer.WriteEndElement();
        }

        return text.ToString() + (isInPage ? "" : "\n");
    }

    private static void Write(XmlWriter writer, PlacedBox placed)
    {
        var box = placed.Box;
        writer.WriteStartElement("g");
        writer.WriteAttributeString("class", box.Kind.ToString().ToLowerInvariant());
        if (box.Resource >= 0)
        {
            Attribute(writer, "data-resource", box.Resource);
        }

        writer.WriteElementString("title", Xml($"{box.Title} {box.Detail}".TrimEnd()));
        writer.WriteStartElement("rect");
        writer.WriteAttributeString("class", "box");
        Attribute(writer, "x", placed.X);
        Attribute(writer, "y", placed.Y);
        Attribute(writer, "width", placed.Width);
        Attribute(writer, "height", placed.Height);
        Attribute(writer, "rx", box.Children.Length > 0 ? 8 : 5);
        writer.WriteEndElement();
        if (box.Kind == BoxKind.Count)
        {
            Text(writer, "d", placed.X + 12, placed.Y + 17, $"{box.Title} {box.Detail}");
        }
        else
        {
            Text(writer, "t", placed.X + 12, placed.Y + 19, Short(box.Title));
            Text(writer, "d", placed.X + 12, placed.Y + 35, Short(box.Detail));
        }

        foreach (var child in placed.Children)
        {
            Write(writer, child);
        }

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
        writer.WriteString(Xml(text));
        writer.WriteEndElement();
    }

    private static string Short(string text) => text.Length > BoxLayout.LongestText ? $"{text[..(BoxLayout.LongestText - 1)]}…" : text;

    private static void Attribute(XmlWriter writer, string name, int value) =>
        writer.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    private static string Xml(string text) => Writers.XmlText.Valid(text);
}
