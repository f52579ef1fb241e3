using System.Text;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Writers;
using CantonInfra.Reports.Writers.Sarif;

namespace CantonInfra.Tools.Commands;

/// <summary>The files of a report.</summary>
internal static class ReportFiles
{
    /// <summary>The page.</summary>
    public const string Page = "index.html";

    /// <summary>The page, printed.</summary>
    public const string Print = "report.pdf";

    /// <summary>The formats, in the order in which they are written.</summary>
    public static readonly string[] Formats = ["json", "markdown", "junit", "sarif", "html", "pdf"];

    /// <summary>The file of a format.</summary>
    public static string NameOf(string format) => format switch
    {
        "json" => "report.json",
        "markdown" => "report.md",
        "junit" => "report.junit.xml",
        "sarif" => "report.sarif",
        "html" => Page,
        _ => Print,
    };

    /// <summary>Writes a format other than the printed one.</summary>
    public static void Write(Stream stream, string format, Report report)
    {
        switch (format)
        {
            case "json":
                JsonReport.Write(stream, report, isInPage: false);
                break;
            case "markdown":
                stream.Write(Encoding.UTF8.GetBytes(MarkdownReport.Write(report)));
                break;
            case "junit":
                JunitReport.Write(stream, report);
                break;
            case "sarif":
                SarifReport.Write(stream, report);
                break;
            default:
                HtmlReport.Write(stream, report);
                break;
        }
    }
}
