using System.Text.Json;
using CantonInfra.Engine.Policies;
using CantonInfra.Reports.Rules;
using CantonInfra.Tools.Rules;

namespace CantonInfra.Tools.Tests;

public sealed class RulesCommandTests
{
    private const string Accept = "CANTON_INFRA_ACCEPT_GOLDENS";

    private static string Folder { get; } = Path.Combine(CommandRun.Repository, "docs", "rules");

    [Fact]
    public async Task The_pages_are_what_the_rules_say()
    {
        var json = await PolicyCatalogueSource.ReadAsync(Path.Combine(CommandRun.Repository, "policy"), null, CancellationToken.None);
        var files = RuleMarkdown.Files(RuleCatalogue.Parse(json)).ToDictionary(file => file.Name, file => file.Text, StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            WriteAll(files);
        }

        var stale = files.Keys.Union(Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)))
            .Where(name => !files.TryGetValue(name, out var text) || Read(name) != text)
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.True(
            stale.Count == 0,
            $"docs/rules is not what the rules say now: {string.Join(", ", stale)}. If the change is meant, accept it and review the difference:\n"
            + $"  {Accept}=1 dotnet test -c Release tests/Tools.Tests --filter RulesCommand && git diff docs/rules");
    }

    [Fact]
    public async Task All_rules_are_listed()
    {
        var run = await CommandRun.InvokeAsync("rules", "-C", CommandRun.Repository);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("regions-allowed ", run.Output, StringComparison.Ordinal);
        Assert.Contains("critical  Azure resources are in allowed regions only", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "disk-encryption: ")]
    [InlineData("markdown", "# disk-encryption\n")]
    [InlineData("json", "\"id\": \"disk-encryption\"")]
    public async Task One_rule_is_shown_in_each_format(string format, string expected)
    {
        var run = await CommandRun.InvokeAsync("rules", "disk-encryption", "--format", format, "-C", CommandRun.Repository);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("regions-allowed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_the_packs_own_catalogue()
    {
        var run = await CommandRun.InvokeAsync("rules", "--format", "json", "-C", CommandRun.Repository);

        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("canton-guardrails", document.RootElement.GetProperty("pack").GetString());
    }

    [Theory]
    [InlineData("There is no rule 'no-such'", "rules", "no-such")]
    [InlineData("'yaml'", "rules", "--format", "yaml")]
    [InlineData("is no policy pack", "rules", "--policy-pack", "no-such-folder")]
    public async Task What_cannot_be_shown_is_said(string message, params string[] arguments)
    {
        var run = await CommandRun.InvokeAsync([.. arguments, "-C", CommandRun.Repository]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static string Read(string name)
    {
        var path = Path.Combine(Folder, name);
        return File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
    }

    private static void WriteAll(Dictionary<string, string> files)
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        Directory.CreateDirectory(Folder);
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(Folder, name), text);
        }
    }
}
