using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Topology;
using CantonInfra.Reports.Writers.Sarif;
using CantonInfra.Tools.Commands;

namespace CantonInfra.Reports.Tests.Writers;

public sealed partial class WriterTests
{
    public static TheoryData<string> TextFormats => ["json", "markdown", "junit", "sarif", "html"];

    private static Report Report { get; } = Sample.Report();

    [Theory]
    [MemberData(nameof(TextFormats))]
    public void The_same_report_gives_the_same_bytes(string format)
    {
        var reversed = ReportBuilder.Build(Sample.Input() with { Runs = [.. Sample.Input().Runs.Reverse()] });

        Assert.Equal(Text(format), Text(format, reversed));
    }

    [Theory]
    [MemberData(nameof(TextFormats))]
    public void No_secret_is_in_it(string format) => Canary.AssertAbsent(Text(format));

    [Fact]
    public void No_secret_is_in_the_pictures()
    {
        var box = Report.Stacks[0].Topology;

        Canary.AssertAbsent(TopologySvg.Write(box, isInPage: false));
        Canary.AssertAbsent(TopologyMermaid.Write(box));
    }

    [Fact]
    public void All_writers_have_the_same_numbers()
    {
        var counts = Report.Counts;
        var overdue = Report.OverdueDuties;
        var manual = Report.Stacks.Sum(stack => stack.Duties.Count(duty => duty.Status == ControlStatus.Manual));
        var done = Report.Stacks.Sum(stack => stack.Duties.Length) - overdue - manual;
        Assert.Equal(new CheckCounts(6, 4, 4, 2, 2, counts.NotApplicable), counts);

        using var json = JsonDocument.Parse(Text("json"));
        var checks = json.RootElement.GetProperty("checks");
        Assert.Equal(
            (counts.Pass, counts.Fail, counts.Fault, counts.Undecided, counts.Waived),
            (Number(checks, "pass"), Number(checks, "fail"), Number(checks, "fault"), Number(checks, "undecided"), Number(checks, "waived")));

        // Recounted from the parts of the document.
        var findings = json.RootElement.GetProperty("stacks").EnumerateArray().SelectMany(stack => stack.GetProperty("findings").EnumerateArray())
            .CountBy(finding => finding.GetProperty("state").GetString()!).ToDictionary();
        Assert.Equal(counts.Fail, findings["fail"]);
        Assert.Equal(counts.Undecided, findings["undecided"]);
        Assert.Equal(counts.Pass, json.RootElement.GetProperty("stacks").EnumerateArray()
            .SelectMany(stack => stack.GetProperty("rules").EnumerateArray()).Sum(rule => rule.GetProperty("passed").GetArrayLength()));

        using var page = JsonDocument.Parse(DataOf(Text("html")));
        Assert.Equal(JsonSerializer.Serialize(checks), JsonSerializer.Serialize(page.RootElement.GetProperty("checks")));

        var suites = XDocument.Parse(Text("junit")).Root!;
        Assert.Equal(counts.Applicable + overdue + manual + done, (int)suites.Attribute("tests")!);
        Assert.Equal(counts.Fail + overdue, suites.Descendants("failure").Count());
        Assert.Equal(counts.Fault, suites.Descendants("error").Count());
        Assert.Equal(counts.Undecided + counts.Waived + manual, suites.Elements("testsuite").Sum(suite => (int)suite.Attribute("skipped")!));

        using var sarif = JsonDocument.Parse(Text("sarif"));
        var results = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(counts.Fail + counts.Fault + counts.Waived + overdue, results.Count(result => result.GetProperty("kind").GetString() == "fail"));
        Assert.Equal(counts.Undecided, results.Count(result => result.GetProperty("kind").GetString() == "open"));
        Assert.Equal(counts.Waived, results.Count(result => result.TryGetProperty("suppressions", out _)));

        var row = $"| all | {counts.Applicable} | {counts.Pass} | {counts.Fail} | {counts.Fault} | {counts.Undecided} | {counts.Waived} | {counts.Score.Percent} % | {overdue} |";
        Assert.Contains(row, Text("markdown"), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_cannot_end_the_data_of_the_page()
    {
        var html = Text("html");

        Assert.Equal(2, Regex.Count(html, "</script>"));
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        using var data = JsonDocument.Parse(DataOf(html));
        Assert.Contains(
            data.RootElement.GetProperty("stacks")[0].GetProperty("resources").EnumerateArray(), resource => resource.GetProperty("name").GetString() == Sample.Hostile);
    }

    [Fact]
    public void The_page_allows_nothing_but_itself()
    {
        var html = Text("html");

        Assert.Matches("""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'""", html);
        Assert.DoesNotContain("unsafe-", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("""(src|href)="?https?:""", html);
    }

    [Fact]
    public void Names_are_no_markup_of_markdown()
    {
        var text = Text("markdown");

        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.All(
            text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)),
            line => Assert.EndsWith(" |", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Sarif_keeps_within_what_is_taken()
    {
        using var sarif = JsonDocument.Parse(Text("sarif"));
        var run = sarif.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        var results = run.GetProperty("results").EnumerateArray().ToList();

        Assert.All(rules, rule => Assert.InRange(rule.GetProperty("properties").GetProperty("tags").GetArrayLength(), 1, 10));
        Assert.All(results, result => Assert.Equal(
            result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()));
        Assert.Equal(["Pulumi.yaml", "evidence/review.yaml"], results.Select(UriOf).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(results.Count, results.Select(result => result.GetProperty("partialFingerprints").GetProperty("cantonInfraCheck/v1").GetString()).Distinct().Count());
    }

    [Fact]
    public void Sarif_writes_the_gravest_results_where_there_are_too_many()
    {
        var stack = Report.Stacks[0];
        var open = stack.Checks.First(check => check.State == CheckState.Undecided);
        var failed = stack.Checks.First(check => check.State == CheckState.Fail && check.IsMandatory);
        var many = stack with { Checks = [.. Enumerable.Range(0, SarifWriter.MostResults + 10).Select(number => open with { Fingerprint = $"{number}" }), failed] };
        using var sarif = JsonDocument.Parse(Text("sarif", Report with { Stacks = [many] }));
        var run = sarif.RootElement.GetProperty("runs")[0];

        Assert.Equal(SarifWriter.MostResults, run.GetProperty("results").GetArrayLength());
        Assert.Equal("error", run.GetProperty("results")[0].GetProperty("level").GetString());
        Assert.Contains("report.json", run.GetProperty("invocations")[0].GetProperty("toolExecutionNotifications")[0].GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sarif_is_small_enough_packed_whatever_is_said()
    {
        var stack = Report.Stacks[0];
        var open = stack.Checks.First(check => check.State == CheckState.Undecided);
        var random = new Random(1);
        var many = stack with
        {
            Checks = [.. Enumerable.Range(0, 30_000).Select(number => open with { Fingerprint = $"{number}", Notes = [Convert.ToBase64String(Bytes(random, 3000))] })],
        };
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Text("sarif", Report with { Stacks = [many] })));
        }

        Assert.InRange(packed.Length, 1_000_000, 10_000_000);
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public void A_fingerprint_does_not_depend_on_what_is_said()
    {
        var before = Report.Stacks[0].Checks.Select(check => check.Fingerprint);
        var input = Sample.Input();
        var run = input.Runs[1];
        var said = run with { Policies = run.Policies with { Findings = [.. run.Policies.Findings.Select(finding => finding with { Message = finding.IsFault ? finding.Message : "Other words." })] } };

        Assert.Equal(before, ReportBuilder.Build(input with { Runs = [input.Runs[0], said] }).Stacks[0].Checks.Select(check => check.Fingerprint));
    }

    internal static string Text(string format, Report? report = null)
    {
        using var stream = new MemoryStream();
        ReportFiles.Write(stream, format, report ?? Report);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string UriOf(JsonElement result) => result.GetProperty("locations")[0].GetProperty("physicalLocation")
        .GetProperty("artifactLocation").GetProperty("uri").GetString()!;

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static string DataOf(string html) => Data().Match(html).Groups[1].Value;

    [GeneratedRegex("""<script type="application/json" id="data">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex Data();
}
