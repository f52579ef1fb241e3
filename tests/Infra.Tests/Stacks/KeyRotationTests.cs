using System.Text.RegularExpressions;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>What a newer generation of a key changes is what the runbooks list.</summary>
public sealed partial class KeyRotationTests
{
    private static readonly Lazy<Task<SortedDictionary<string, string>>> Before = new(() => RunAsync("{}"));

    private static string Runbooks => string.Concat(
        new[] { "rotate-cmk.md", "rotate-etcd-key.md" }
            .Select(name => File.ReadAllText(Path.Combine(ProjectFolder.Repository, "docs", "runbooks", name))));

    // Mainnet as it is has no replica.
    public static TheoryData<string> Keys => new(KeySettings.EncryptionKeys
        .Concat(KeySettings.RecoveryKeys.Where(name => !name.EndsWith("-replica", StringComparison.Ordinal)))
        .Append(KeySettings.EtcdKey));

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_newer_key_changes_what_the_runbook_lists_and_removes_nothing(string key)
    {
        var before = await Before.Value;
        var after = await RunAsync($$"""{ "generations": { "{{key}}": 2 } }""");

        Assert.Empty(before.Keys.Except(after.Keys));
        Assert.Equal(Listed(key), after.Keys.Where(label => after[label] != before.GetValueOrDefault(label)));
    }

    private static IEnumerable<string> Listed(string key)
    {
        var section = Runbooks.Split("\n### ").Single(part => part.StartsWith($"{key}\n", StringComparison.Ordinal)).Split("\n## ")[0];
        return Item().Matches(section)
            .Select(match => $"{match.Groups["type"].Value} {match.Groups["name"].Value}")
            .Order(StringComparer.Ordinal);
    }

    private static async Task<SortedDictionary<string, string>> RunAsync(string keys)
    {
        using var folder = new ProjectFolder("mainnet", ProjectFolder.StackFile("mainnet"));
        var configuration = folder.Load().Entries.Values.ToDictionary(entry => entry.Key.ToString(), entry => entry.Text!);
        configuration["canton-infra:keys"] = keys;
        var engine = await KnowingEngine.RunAsync("mainnet", configuration);
        return new SortedDictionary<string, string>(
            engine.Requests.Where(request => request.Custom).ToDictionary(
                request => $"{request.Type} {request.Name}", request => request.Object?.ToString() ?? ""),
            StringComparer.Ordinal);
    }

    [GeneratedRegex("^\\* `(?<type>[^`]+)` `(?<name>[^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Item();
}
