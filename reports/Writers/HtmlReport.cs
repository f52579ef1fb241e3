using System.Security.Cryptography;
using System.Text;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Writers;

/// <summary>
/// The report as one page that needs nothing else: its style and script are in it, and a policy in it forbids everything from outside. What
/// it shows is the JSON of the report, which stands in it once; the script makes text of it, never markup.
/// </summary>
internal static class HtmlReport
{
    // In the order in which they build on each other.
    private static readonly string[] Scripts =
        ["dom.js", "state.js", "overview.js", "controls.js", "resources.js", "topology.js", "connections.js", "internet.js", "areas.js", "records.js", "app.js"];

    /// <summary>Writes the page.</summary>
    public static void Write(Stream stream, Report report)
    {
        var style = Resource("report.css");
        var script = $"(() => {{\n\"use strict\";\nconst views = {{}};\n{string.Concat(Scripts.Select(Resource))}}})();\n";
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var title = System.Net.WebUtility.HtmlEncode($"Compliance report of {report.Project}");
        writer.Write($$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{{Hash(style)}}'; script-src '{{Hash(script)}}'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{{title}}</title>
            <style>{{style}}</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the report</a>
            <header id="top"></header>
            <main id="main" tabindex="-1"><noscript>This page shows its data with a script of its own; turn scripts on, or read report.md.</noscript></main>
            <script type="application/json" id="data">
            """);
        writer.Flush();
        JsonReport.Write(stream, report, isInPage: true);
        writer.Write($"</script>\n<script>{script}</script>\n</body>\n</html>\n");
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
