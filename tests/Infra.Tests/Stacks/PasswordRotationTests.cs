using System.Text.RegularExpressions;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>What a new password changes is what the runbook lists.</summary>
public sealed partial class PasswordRotationTests
{
    private const string Validators = """{"validators":[{"name":"validator"},{"name":"beta"}]}""";

    private static readonly Lazy<Task<SortedDictionary<string, string>>> Before = new(() => RunAsync("{}"));

    private static string Runbook => File.ReadAllText(Path.Combine(ProjectFolder.Repository, "docs", "runbooks", "rotate-database-password.md"));

    [Fact]
    public void The_runbook_has_every_account()
    {
        var accounts = Account().Matches(Runbook).Select(match => match.Groups["account"].Value);

        Assert.Equal(["cnadmin", "cnadmin_beta", "keycloakadmin", "ledger-pgadmin", "keycloak-pgadmin"], accounts);
    }

    [Theory]
    [InlineData("cnadmin")]
    [InlineData("cnadmin_beta")]
    [InlineData("keycloakadmin")]
    [InlineData("ledger-pgadmin")]
    [InlineData("keycloak-pgadmin")]
    public async Task A_rotation_changes_what_the_runbook_lists_and_nothing_else(string account)
    {
        var before = await Before.Value;
        var after = await RunAsync($$"""{ "passwordGenerations": { "{{account}}": 2 } }""");

        Assert.Equal(before.Keys, after.Keys);
        Assert.Equal(Listed(account), after.Keys.Where(label => after[label] != before[label]));
    }

    private static IEnumerable<string> Listed(string account)
    {
        var section = Runbook.Split("\n### ").Single(part => part.StartsWith($"{account}\n", StringComparison.Ordinal));
        return Item().Matches(section)
            .Select(match => $"{match.Groups["type"].Value} {match.Groups["name"].Value}")
            .Order(StringComparer.Ordinal);
    }

    private static async Task<SortedDictionary<string, string>> RunAsync(string data)
    {
        using var folder = new ProjectFolder("mainnet", ProjectFolder.StackFile("mainnet"));
        var configuration = folder.Load().Entries.Values.ToDictionary(entry => entry.Key.ToString(), entry => entry.Text!);
        configuration["canton-infra:data"] = data;
        configuration["canton-infra:ledger"] = Validators;
        var engine = await KnowingEngine.RunAsync("mainnet", configuration);

        // As on the wire, where secrets are in clear: masked they would all look the same.
        return new SortedDictionary<string, string>(
            engine.Requests.Where(request => request.Custom).ToDictionary(
                request => $"{request.Type} {request.Name}", request => request.Object?.ToString() ?? ""),
            StringComparer.Ordinal);
    }

    [GeneratedRegex("^### (?<account>.+)$", RegexOptions.Multiline)]
    private static partial Regex Account();

    [GeneratedRegex("^\\* `(?<type>[^`]+)` `(?<name>[^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Item();
}
