using System.Text;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Ledger;

public sealed class ChartOverridePageTests
{
    private const string Begin = "<!-- overrides -->\n";
    private const string End = "<!-- /overrides -->";
    private const string Accept = "CANTON_INFRA_ACCEPT_GOLDENS";

    private static string Page { get; } = Path.Combine(ProjectFolder.Repository, "docs", "validators.md");

    [Fact]
    public void The_page_has_the_table_of_overrides()
    {
        var text = File.ReadAllText(Page).ReplaceLineEndings("\n");
        var table = new StringBuilder("| chart | value | default | here | why |\n| --- | --- | --- | --- | --- |\n");
        foreach (var each in ChartOverride.All)
        {
            table.Append($"| `{each.Chart}` | `{each.Key}` | {each.Default} | {each.Ours} | {each.Reason} |\n");
        }

        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(Page, text[..begin] + table + text[end..]);
        }
        else
        {
            Assert.Equal(table.ToString(), text[begin..end]);
        }
    }

    // The table of what works, as the page shows it.
    [Fact]
    public void The_page_has_the_modes_of_keys_that_work()
    {
        var text = File.ReadAllText(Page);

        Assert.Contains("| `off` | every version | every version |", text, StringComparison.Ordinal);
        Assert.All(SpliceRelease.All, release => Assert.Null(KmsSupport.WhyNot(KmsMode.External, KmsProvider.Driver, release)));
        Assert.All(SpliceRelease.All, release => Assert.NotNull(KmsSupport.WhyNot(KmsMode.Envelope, KmsProvider.Driver, release)));
        Assert.All(SpliceRelease.All, release => Assert.Equal(
            release.HasScanClient, KmsSupport.WhyNot(KmsMode.External, KmsProvider.Aws, release) is null));
    }
}
