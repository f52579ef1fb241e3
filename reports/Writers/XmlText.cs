using System.Text;
using System.Xml;

namespace CantonInfra.Reports.Writers;

/// <summary>Text that XML can hold.</summary>
internal static class XmlText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text, with what XML has no way to write replaced.</summary>
    public static string Valid(string text)
    {
        StringBuilder? valid = null;
        for (var index = 0; index < text.Length; index++)
        {
            if (XmlConvert.IsXmlChar(text[index]))
            {
                continue;
            }

            if (index + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index]))
            {
                index++;
                continue;
            }

            (valid ??= new StringBuilder(text))[index] = Replacement;
        }

        return valid?.ToString() ?? text;
    }
}
