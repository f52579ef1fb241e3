using System.Text.RegularExpressions;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Runbooks;

/// <summary>What runbooks name is there.</summary>
public sealed partial class RunbookTests
{
    private static readonly string Docs = Path.Combine(ProjectFolder.Repository, "docs");

    public static TheoryData<string> Pages => new(
        Directory.EnumerateFiles(Path.Combine(Docs, "runbooks"), "*.md").Select(path => $"runbooks/{Path.GetFileName(path)}")
            .Concat(["regions.md", "concepts.md", "extending.md", "architecture.md", "pipelines/README.md", "../README.md"]));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_and_scripts_lead_to_files(string page)
    {
        var path = Path.Combine(Docs, page);
        var text = File.ReadAllText(path);

        Assert.All(Link().Matches(text), match => Assert.True(
            Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, match.Groups["target"].Value)), match.Value));
        Assert.All(Script().Matches(text), match => Assert.True(
            File.Exists(Path.Combine(ProjectFolder.Repository, match.Value)), match.Value));
    }

    [Fact]
    public async Task Outputs_that_runbooks_read_are_outputs_of_the_stack()
    {
        using var folder = new ProjectFolder("mainnet", ProjectFolder.StackFile("mainnet"));
        var outputs = (await folder.PreviewAsync()).Plan.Outputs.Entries.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);

        var read = Directory.EnumerateFiles(Path.Combine(Docs, "runbooks"), "*", SearchOption.AllDirectories)
            .SelectMany(path => Output().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.Contains("databaseServers", read);
        Assert.Empty(read.Except(outputs));
    }

    [GeneratedRegex(@"\]\((?<target>[^):#]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("docs/runbooks/scripts/[a-z-]+")]
    private static partial Regex Script();

    [GeneratedRegex("stack outputs? `?(?<name>[a-z][A-Za-z]+)")]
    private static partial Regex Output();
}
