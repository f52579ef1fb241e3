using System.Text;

namespace CantonInfra.Goldens.Tests;

/// <summary>docs/environments.md names the setting behind every difference between the environments.</summary>
public sealed class EnvironmentComparisonTests
{
    private const string Reference = "mainnet";

    private static readonly string[] Others = ["testnet", "devnet"];

    [Fact]
    public async Task Every_difference_has_a_setting_behind_it()
    {
        var sections = await Task.WhenAll(Others.Select(SectionAsync));

        Golden.CheckPage("docs/environments.md", $"""
            # How the environments differ

            <!-- Made from previews of the stack files; a test holds the two together and says how to accept a change. -->

            Each section goes from {Reference} to another environment, one setting at a time, and says what the setting changes in the plan.
            Nothing else tells the environments apart but the stack's name in names and tags.
            {string.Concat(sections.Select(section => section.Text))}
            """);
        Golden.CheckPage("reports/Sources/setting-effects.txt", SettingEffectTable.Write([.. sections.SelectMany(section => section.Rows), .. await RegionRowsAsync()]));
    }

    // All environments are in one region, and what is wrong with a region is what auditors look for first.
    private static async Task<IEnumerable<string>> RegionRowsAsync()
    {
        using var comparison = new EnvironmentComparison();
        var rows = await comparison.RowsAsync(Reference, "azure-native:location", "uksouth");
        return rows.Where(row => row.Contains(" location ", StringComparison.Ordinal));
    }

    private static async Task<(string Text, List<string> Rows)> SectionAsync(string environment)
    {
        using var comparison = new EnvironmentComparison();
        var text = new StringBuilder($"\n## From {Reference} to {environment}\n\n| setting | {Reference} | {environment} | changes |\n| --- | --- | --- | --- |\n");
        List<string> rows = [];
        foreach (var effect in await comparison.RunAsync(Reference, environment))
        {
            rows.AddRange(effect.Rows);
            var changes = effect.Changes.IsEmpty ? "nothing that is deployed" : string.Join("<br>", effect.Changes);
            text.Append($"| `{effect.Path}` | {Value(effect.From)} | {Value(effect.To)} | {changes} |\n");
        }

        return (text.ToString(), rows);
    }

    private static string Value(string? value) => value is null ? "default" : $"`{value.Replace("|", "\\|", StringComparison.Ordinal)}`";
}
