namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>
/// Texts that somebody else wrote, within Markdown of ours. They are always code: nothing in code is a link, a mention, a picture,
/// an emphasis or a tag. The characters that could end code, a table's cell or begin a tag give way to others that look alike, so
/// that this holds whatever reads it.
/// </summary>
internal static class MarkdownText
{
    /// <summary>A text as a span of code.</summary>
    public static string Code(string text, int most)
    {
        var line = Tame(text, most);
        return line.Length > 0 ? $"`{line}`" : "`-`";
    }

    /// <summary>A text as code within HTML, such as the summary of details, where Markdown is not read.</summary>
    public static string HtmlCode(string text, int most)
    {
        var line = Tame(text, most);
        return $"<code>{(line.Length > 0 ? line.Replace("&", "&amp;", StringComparison.Ordinal) : "-")}</code>";
    }

    private static string Tame(string text, int most) => PlainText.Line(text, most)
        .Replace('`', '\'')
        .Replace('<', '‹')
        .Replace('>', '›')
        .Replace('|', '¦');
}
