using System.Globalization;
using System.Text;

namespace CantonInfra.Reports.Topology;

/// <summary>Text in labels of Mermaid.</summary>
internal static class MermaidText
{
    /// <summary>The text, of which nothing is taken for markup. Mermaid knows HTML's entities with '#' in place of '&amp;'.</summary>
    public static string Label(string text)
    {
        var label = new StringBuilder();
        foreach (var character in text)
        {
            _ = character switch
            {
                '\n' => label.Append("<br/>"),
                _ when char.IsControl(character) => label.Append(' '),
                '"' or '<' or '>' or '#' or '&' or ';' or '`' or '\\' or '[' or ']' or '{' or '}' or '|' =>
                    label.Append(CultureInfo.InvariantCulture, $"#{(int)character};"),
                _ => label.Append(character),
            };
        }

        return label.ToString();
    }
}
