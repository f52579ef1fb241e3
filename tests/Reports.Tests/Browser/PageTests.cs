using System.Text;
using System.Text.Json;
using CantonInfra.Tools.Commands;

namespace CantonInfra.Reports.Tests.Browser;

/// <summary>The page in a real browser.</summary>
public sealed class PageTests : IClassFixture<PageTests.SampleLook>
{
    private readonly SampleLook _look;

    public PageTests(SampleLook look) => _look = look;

    private JsonElement Checks => _look.Result.GetProperty("checks");

    [BrowserFact]
    public void No_view_has_a_serious_finding_or_is_too_wide_or_empty() => Assert.Empty(_look.Result.Problems());

    [BrowserFact]
    public void Nothing_is_asked_of_the_network_and_nothing_goes_wrong()
    {
        Assert.Empty(_look.Result.GetProperty("requests").Texts());
        Assert.Empty(_look.Result.GetProperty("errors").Texts());
    }

    [BrowserFact]
    public void Every_view_has_the_parts_that_were_reviewed()
    {
        var text = new StringBuilder("# The parts of every view of the sample, as a browser has them; see Browser/PageTests.cs\n");
        foreach (var view in _look.Result.GetProperty("structure").EnumerateObject())
        {
            text.Append("\n## ").Append(view.Name).Append("\n\n");
            foreach (var part in view.Value.Texts())
            {
                text.Append(JsonSerializer.Serialize(part)).Append('\n');
            }
        }

        Repository.CheckFile("tests/Reports.Tests/Browser/structure.txt", text.ToString(), "PageTests");
    }

    [BrowserFact]
    public void The_keyboard_is_enough()
    {
        Assert.Equal("Skip to the report", Checks.GetProperty("firstStop").GetString());
        Assert.Equal("main", Checks.GetProperty("skipped").GetString());
        Assert.True(Checks.GetProperty("afterSkip").GetBoolean());
        Assert.Equal("Controls", Checks.GetProperty("told").GetString());
        var chosen = Checks.GetProperty("chosen");
        Assert.NotEqual(chosen.GetProperty("before").GetString(), chosen.GetProperty("after").GetString());
        Assert.Contains("?framework=", chosen.GetProperty("hash").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(Checks.GetProperty("pressed")[0].GetString(), Checks.GetProperty("pressed")[1].GetString());
        Assert.True(Checks.GetProperty("scrolled").GetDouble() > 0);
    }

    [BrowserFact]
    public void The_keyboard_comes_to_everything_in_order_visibly_and_out_again()
    {
        var views = _look.Result.GetProperty("keyboard").EnumerateObject().ToList();

        Assert.True(views.Count >= 18, string.Join(", ", views.Select(view => view.Name)));
        Assert.Empty(views.SelectMany(KeyboardProblems));
        Assert.True(views.Sum(view => view.Value.GetProperty("stops").GetInt32()) > 300);
    }

    private static IEnumerable<string> KeyboardProblems(JsonProperty view)
    {
        foreach (var list in (string[])["missed", "unseen", "nameless"])
        {
            foreach (var text in view.Value.GetProperty(list).Texts())
            {
                yield return $"{view.Name}: {list}: {text}";
            }
        }

        foreach (var flag in (string[])["isInOrder", "isBack", "isOut"])
        {
            if (!view.Value.GetProperty(flag).GetBoolean())
            {
                yield return $"{view.Name}: not {flag}";
            }
        }
    }

    [BrowserFact]
    public void A_filter_is_in_the_address_and_comes_back_from_it()
    {
        var filter = Checks.GetProperty("filter");

        Assert.Equal(filter.GetProperty("before").GetString(), filter.GetProperty("after").GetString());
        Assert.Equal("3 of 10 resources", filter.GetProperty("after").GetString());
        Assert.Contains("?q=", filter.GetProperty("hash").GetString(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public void A_report_of_several_stacks_opens_on_all_of_them_and_knows_no_others()
    {
        Assert.Equal("Compliance of sample", Checks.GetProperty("opens").GetString());
        Assert.Equal("Not here", Checks.GetProperty("stranger").GetString());
    }

    [BrowserFact]
    public void Names_stay_text()
    {
        Assert.True(Checks.GetProperty("injected").GetBoolean());
        Assert.StartsWith("</script>", Checks.GetProperty("heading").GetString(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public void Light_and_dark_can_be_chosen() =>
        Assert.NotEqual(Checks.GetProperty("theme")[0].GetString(), Checks.GetProperty("theme")[1].GetString());

    [BrowserFact]
    public void The_page_of_a_real_stack_is_as_good()
    {
        var folder = Directory.CreateTempSubdirectory("canton-infra-report-");
        try
        {
            var run = ReportRun.InvokeAsync("report", "--out", folder.FullName, "--stack", "mainnet", "--format", "html", "-C", Repository.Root).GetAwaiter().GetResult();
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            var result = Look.At(stream => stream.Write(File.ReadAllBytes(Path.Combine(folder.FullName, "index.html"))), "mainnet");

            Assert.Empty(result.Problems());
            Assert.Empty(result.GetProperty("requests").Texts());
            Assert.Empty(result.GetProperty("errors").Texts());
            Assert.Empty(result.GetProperty("keyboard").EnumerateObject().SelectMany(KeyboardProblems));
            Assert.Contains(result.GetProperty("keyboard").EnumerateObject(), view => view.Name == "connections");
            Assert.Equal(
                ("mainnet", "Not here"),
                (result.GetProperty("checks").GetProperty("opens").GetString(), result.GetProperty("checks").GetProperty("stranger").GetString()));
            Assert.Equal(("true", "false"), (result.GetProperty("checks").GetProperty("opened").GetString(), result.GetProperty("checks").GetProperty("closed").GetString()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [BrowserFact]
    public void Ten_thousand_resources_are_small_and_quick_enough()
    {
        using var stream = new MemoryStream();
        ReportFiles.Write(stream, "html", LargeSample.Report(10_000));
        var result = Look.At(target => target.Write(stream.ToArray()), "large", "filters");
        var times = result.GetProperty("filters").EnumerateArray().Select(filter => filter.GetProperty("ms").GetDouble()).Order().ToList();

        Assert.InRange(stream.Length, 1, 15_000_000);

        // The budget is 200 ms a filter; on a busy machine a single one may have to wait for its turn.
        Assert.True(times.Count > 30, $"{times.Count}");
        Assert.InRange(times[times.Count * 9 / 10], 0, 200);
    }

    [BrowserFact]
    public async Task The_page_is_printed()
    {
        NpmWorkspace.RequireBrowser();
        var file = Path.Combine(Directory.CreateTempSubdirectory("canton-infra-pdf-").FullName, "report.pdf");

        var problem = await Pdf.Chromium.Find(Environment.GetEnvironmentVariable)!.PrintAsync(
            stream => ReportFiles.Write(stream, "html", Sample.Report()), file, CancellationToken.None);

        Assert.Null(problem);
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(File.ReadAllBytes(file), 0, 5));
        Assert.True(new FileInfo(file).Length > 20_000);
    }

    /// <summary>The sample, looked at once for all tests.</summary>
    public sealed class SampleLook
    {
        private readonly Lazy<JsonElement> _result = new(() => Look.At(stream => ReportFiles.Write(stream, "html", Sample.Report()), "sample"));

        public JsonElement Result => _result.Value;
    }
}
