using System.Collections.Immutable;
using System.Text;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Settings.Reference;

/// <summary>docs/settings.md is made from what the program reads and from the documentation of what it reads into.</summary>
public sealed class SettingsReferenceTests
{
    private const string Accept = "CANTON_INFRA_ACCEPT_GOLDENS";

    // Settings of the policy pack, which the program leaves to it.
    private static readonly ImmutableArray<(SettingUse Use, string Meaning)> OfThePolicies =
    [
        (new("canton-infra:allowedRegions", "a list of regions", "those of policy/limits.yaml"),
            "the regions of this stack, some of those that policy/limits.yaml allows."),
    ];

    private static string Page { get; } = Path.Combine(ProjectFolder.Repository, "docs", "settings.md");

    [Theory]
    [InlineData("environment")]
    [InlineData("subscription")]
    public void Every_setting_is_explained(string kind)
    {
        var meanings = SettingMeanings.Read();

        Assert.Empty(Leaves(SettingUses.Of(kind)).Where(use => SettingMeanings.Of(use.Path, meanings) is null).Select(use => use.Path));
    }

    [Fact]
    public void Nothing_is_explained_that_is_not_read() => Assert.Empty(
        SettingMeanings.Read().Keys.Except(SettingUses.Of("environment").Keys).Except(SettingUses.Of("subscription").Keys));

    [Fact]
    public void The_page_is_what_the_program_reads()
    {
        var text = Write();
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(Page, text);
        }

        Assert.True(
            File.Exists(Page) && File.ReadAllText(Page).ReplaceLineEndings("\n") == text,
            "docs/settings.md is not what the program reads now. If the change is meant, accept it and review the difference:\n"
            + $"  {Accept}=1 dotnet test -c Release tests/Infra.Tests --filter SettingsReference && git diff docs/settings.md");
    }

    private static string Write()
    {
        var meanings = SettingMeanings.Read();
        var rows = SettingMeanings.ReadRows();
        var page = new StringBuilder("""
            # Settings

            <!-- Made from infra/Settings; a test holds the two together and says how to accept a change. -->

            All that a stack file can say. What has no default must be said; what has one is as an environment needs it that holds money.
            `[]` stands for each item of a list; a row is the requirement behind it. Mistakes are told all at once, with file and line.

            """);
        foreach (var kind in new[] { "environment", "subscription" })
        {
            page.Append($"\n## Stacks of the kind `{kind}`\n");
            var all = SettingUses.Of(kind);
            var areas = Leaves(all).Select(use => (use, meaning: SettingMeanings.Of(use.Path, meanings) ?? ""))
                .Concat(OfThePolicies.Where(_ => kind == "environment"))
                .GroupBy(entry => Area(entry.Item1.Path, all))
                .OrderBy(area => area.Key, StringComparer.Ordinal);
            foreach (var area in areas)
            {
                page.Append(area.Key.Length == 0 ? "\n" : $"\n### `{area.Key}`\n\n");
                page.Append("| setting | allowed | default | meaning | row |\n| --- | --- | --- | --- | --- |\n");
                foreach (var (use, meaning) in area.OrderBy(entry => entry.Item1.Path, StringComparer.Ordinal))
                {
                    var name = area.Key.Length == 0 ? use.Path : use.Path[area.Key.Length..];
                    page.Append($"| `{name}` | {Cell(use.Form)} | {Cell(use.Default ?? "")} | {Cell(Sentence(meaning, use.Default))} | {SettingMeanings.RowsOf(use.Path, rows)} |\n");
                }
            }
        }

        return page.ToString();
    }

    // Maps are explained by what is in them.
    private static IEnumerable<SettingUse> Leaves(ImmutableSortedDictionary<string, SettingUse> uses) => uses.Values.Where(
        use => !uses.Keys.Any(other => other.StartsWith(use.Path + ".", StringComparison.Ordinal)
            || other.StartsWith(use.Path + "[]", StringComparison.Ordinal)));

    // A key with a map has a table of its own, plain keys share one.
    private static string Area(string path, ImmutableSortedDictionary<string, SettingUse> uses)
    {
        var key = path.Split('.', '[')[0];
        return key != path || uses.Keys.Any(other => other.StartsWith(key + ".", StringComparison.Ordinal)) ? key : "";
    }

    // What stands in a column of its own need not be said again.
    private static string Sentence(string meaning, string? standing)
    {
        foreach (var ending in new[] { $"; {standing}.", " No default." })
        {
            meaning = meaning.EndsWith(ending, StringComparison.Ordinal) ? meaning[..^ending.Length].TrimEnd('.') + "." : meaning;
        }

        return meaning.Length == 0 ? "" : char.ToUpperInvariant(meaning[0]) + meaning[1..];
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
