using System.Globalization;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Rules;
using CantonInfra.Tools.Commands;

namespace CantonInfra.Reports.Tests.Browser;

/// <summary>What readers of the page see in single places of it.</summary>
public sealed class PageDetailTests
{
    private const string Text = "document.querySelector('main').innerText";

    [BrowserFact]
    public void No_text_of_a_picture_is_smeared_by_a_line_around_it()
    {
        // A halo below the letters is fine, a line upon them is not.
        const string smeared = "[...document.querySelectorAll('.picture svg text')].filter(text => getComputedStyle(text).stroke !== 'none' && !getComputedStyle(text).paintOrder.startsWith('stroke')).length"
            + " + ' of ' + (document.querySelectorAll('.picture svg text').length > 5)";

        Assert.Equal(["0 of true", "0 of true"], Ask(Sample.Report(), ("#/mainnet/topology/places", smeared), ("#/mainnet/topology/connections", smeared)));
    }

    [BrowserFact]
    public void Skipping_to_the_report_keeps_the_address_of_what_is_shown()
    {
        var answers = Ask(
            Sample.Report(),
            ("#/mainnet/rules?q=closed", "document.querySelector('.skip').click(), location.hash + ' ' + document.activeElement.id"),
            ("#main", "document.querySelector('h1')?.textContent"));

        Assert.Equal("#/mainnet/rules?q=closed main", answers[0]);
        Assert.Equal("Not here", answers[1]);
    }

    [BrowserFact]
    public void From_the_printed_form_of_one_stack_every_view_is_one_step_away() =>
        Assert.Contains("Controls", Ask(OneStack(), ("#print", "document.querySelector('nav').innerText")).Single(), StringComparison.Ordinal);

    [BrowserFact]
    public void What_is_printed_has_every_rule_that_judged()
    {
        var text = Ask(OneStack(), ("#print", Text)).Single();

        Assert.All(OneStack().Stacks.Single().Rules, rule => Assert.Contains(rule.Id, text, StringComparison.Ordinal));
    }

    [BrowserFact]
    public void A_region_that_has_copies_only_has_data_too()
    {
        var text = Ask(Sample.Report(), ("#/mainnet/overview", Text)).Single();

        Assert.Contains("Regions with data\ncentralus, eastus2", text, StringComparison.Ordinal);
    }

    [BrowserFact]
    public void What_needs_attention_begins_with_what_is_gravest_and_words_are_explained()
    {
        // 'closed' comes first by its name, 'together' by what it weighs.
        var run = Sample.Run("mainnet");
        var pack = run.Policies.Packs.Single();
        pack = pack with { Policies = [.. pack.Policies.Select(policy => policy with { Severity = policy.Name == "together" ? "critical" : "low" })] };
        var answers = Ask(
            ReportBuilder.Build(Sample.Input() with { Runs = [run with { Policies = run.Policies with { Packs = [pack] } }] }),
            ("#/mainnet/overview", "[...document.querySelectorAll('main tbody tr')].filter(row => row.querySelector('.s-fail')).map(row => row.querySelector('.severity').textContent).join()"),
            ("#/mainnet/overview", "document.querySelectorAll('.meanings dt').length"));

        Assert.Equal(["critical,low", "8"], answers);
    }

    [BrowserFact]
    public void A_filter_that_nothing_passes_says_so() => Assert.Equal(
        ["No control is like that.", "No right is like that."],
        Ask(
            Sample.Report(),
            ("#/mainnet/controls?q=no%20such%20thing", "document.querySelector('main .none')?.textContent"),
            ("#/mainnet/access?q=no%20such%20thing", "document.querySelector('main .none')?.textContent")));

    [BrowserFact]
    public void A_duty_that_is_overdue_is_among_the_findings()
    {
        var text = Ask(Sample.Report(), ("#/mainnet/findings", Text)).Single();

        Assert.Contains("access-review", text, StringComparison.Ordinal);
        Assert.Contains("counted until 2030-04-11", text, StringComparison.Ordinal);
    }

    [BrowserFact]
    public void Waivers_stand_in_the_order_in_which_they_end_and_lead_to_their_rules()
    {
        WaiverEntry Waiver(string rule, int days) => new(rule, "the vault 'keys'", "somebody", "until the move", "T-1", Sample.Today.AddDays(days));
        var input = Sample.Input();
        var catalogue = Sample.Catalogue() with { Waivers = [Waiver("waivable", 40), Waiver("closed", 5), Waiver("elsewhere", -1)] };
        var text = Ask(
            ReportBuilder.Build(input with { Catalogues = [catalogue] }),
            ("#/mainnet/waivers", "[...document.querySelectorAll('main tbody tr')].map(row => row.children[0].textContent + (row.querySelector('th a') ? '>' : '') + row.children[6].innerText.replace(/[^ -~]/g, '').trim()).join('; ')")).Single();

        Assert.Equal("elsewhereended 1 day ago; closed>! 5 days; waivable>40", text);
    }

    [BrowserFact]
    public async Task Every_printed_page_says_which_of_how_many_it_is()
    {
        NpmWorkspace.RequireBrowser();
        var file = Path.Combine(Directory.CreateTempSubdirectory("canton-infra-pdf-").FullName, "report.pdf");
        Assert.Null(await Pdf.Chromium.Find(Environment.GetEnvironmentVariable)!.PrintAsync(
            stream => ReportFiles.Write(stream, "html", OneStack()), file, CancellationToken.None));

        var (code, output) = NpmWorkspace.RunScript("pdf-text.mjs", new Dictionary<string, string>(), file);

        Assert.Equal(0, code);
        Assert.Matches(string.Create(CultureInfo.InvariantCulture, $"Page 2 of [0-9]+"), output);
    }

    private static Report OneStack() => ReportBuilder.Build(Sample.Input() with { Runs = [Sample.Run("mainnet")] });

    private static List<string> Ask(Report report, params (string Hash, string Script)[] questions) =>
        Look.Ask(stream => ReportFiles.Write(stream, "html", report), questions);
}
