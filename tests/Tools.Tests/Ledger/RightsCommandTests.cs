using System.Text.Json.Nodes;
using CantonInfra.ParticipantStandIn;
using CantonInfra.PolicySdk.Tests;

namespace CantonInfra.Tools.Tests.Ledger;

public sealed class RightsCommandTests
{
    private const string Party = "bridge-operator::1220bb";

    [Fact]
    public async Task The_baseline_of_users_is_listed_in_three_forms_and_changes_nothing()
    {
        await using var participant = await Participant.StartAsync();
        participant.Users.Add("auth0|shared", "CanReadAsAnyParty", $"CanActAs={Party}");
        participant.Users.Add("bare");

        var text = await RunAsync(participant, "rights", "list", "--user", "auth0|shared", "--user", "bare");
        var json = await RunAsync(participant, "rights", "list", "--user", "auth0|shared", "--format", "json");
        var markdown = await RunAsync(participant, "rights", "list", "--user", "auth0|shared", "--format", "markdown");
        var all = await RunAsync(participant, "rights", "list", "--all", "--format", "json");

        Assert.Equal(0, text.ExitCode);
        Assert.Equal(
            """
            USER          STATE   PRIMARY PARTY  RIGHT
            auth0|shared  active                 CanActAs=bridge-operator::1220bb
            auth0|shared  active                 CanReadAsAnyParty
            bare          active                 -

            """,
            text.Output,
            ignoreLineEndingDifferences: true);
        var rows = JsonNode.Parse(json.Output)!["rights"]!.AsArray();
        Assert.Equal([$"CanActAs={Party}", "CanReadAsAnyParty"], rows.Select(row => (string?)row!["right"]));
        Assert.Contains($"| auth0\\|shared | active |  | CanActAs={Party} |", markdown.Output, StringComparison.Ordinal);
        Assert.Equal(4, JsonNode.Parse(all.Output)!["rights"]!.AsArray().Count);
        Assert.Empty(participant.Changes);
    }

    [Fact]
    public async Task A_plan_shows_what_is_missing_and_what_is_too_much_in_red()
    {
        await using var participant = await Participant.StartAsync();
        participant.Users.Add("idx", "CanExecuteAsAnyParty");
        participant.Users.Add("rel", $"CanActAs={Party}");

        var run = await CommandRun.InvokeAsync(
            Variables(participant), hasColors: true, "rights", "plan", "--service", "indexer=idx", "--service", "relayer=rel", "--party", "bridge-operator");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n');
        Assert.StartsWith("\u001b[31m", Assert.Single(lines, line => line.Contains("over-granted", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("CanReadAsAnyParty", Assert.Single(lines, line => line.Contains("missing", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains($"CanActAs={Party}", Assert.Single(lines, line => line.Contains("held", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Empty(participant.Changes);
    }

    [Theory]
    [InlineData("CanReadAsAnyParty", 0)]
    [InlineData("", 1)]
    [InlineData("CanReadAsAnyParty,CanExecuteAsAnyParty", 1)]
    public async Task A_difference_is_an_error_where_none_is_expected(string rights, int expected)
    {
        await using var participant = await Participant.StartAsync();
        participant.Users.Add("idx", rights.Split(',', StringSplitOptions.RemoveEmptyEntries));

        var run = await RunAsync(participant, "rights", "plan", "--service", "indexer=idx", "--expect-no-changes");

        Assert.Equal(expected, run.ExitCode);
        Assert.Equal(0, (await RunAsync(participant, "rights", "plan", "--service", "indexer=idx")).ExitCode);
        Assert.Empty(participant.Changes);
    }

    [Fact]
    public async Task Extras_are_planned_only_where_they_are_named()
    {
        await using var participant = await Participant.StartAsync();
        participant.Users.Add("api", "CanExecuteAsAnyParty", "CanReadAsAnyParty");

        var plain = await RunAsync(participant, "rights", "plan", "--service", "api-server=api", "--format", "json");
        var extra = await RunAsync(
            participant, "rights", "plan", "--service", "api-server=api", "--extra", "user-registration", "--party", Party, "--format", "json");

        Assert.All(JsonNode.Parse(plain.Output)!["plan"]!.AsArray(), row => Assert.Equal("held", (string?)row!["state"]));
        var missing = Assert.Single(JsonNode.Parse(extra.Output)!["plan"]!.AsArray(), row => (string?)row!["state"] == "missing");
        Assert.Equal($"CanActAs={Party}", (string?)missing!["right"]);
    }

    [Fact]
    public async Task Apply_grants_what_is_missing_revokes_only_where_asked_and_is_idempotent()
    {
        await using var participant = await Participant.StartAsync();
        participant.Users.Add("idx", "CanExecuteAsAnyParty");
        participant.Users.Add("autopilot", "CanReadAsAnyParty");
        string[] apply = ["rights", "apply", "--user", "idx", "--rights", "CanReadAsAnyParty,CanReadAs=bridge-operator", "--untouchable", "autopilot"];

        var granted = await RunAsync(participant, apply);
        Assert.Equal((0, ""), (granted.ExitCode, granted.Error));
        Assert.Contains("over-granted", granted.Output, StringComparison.Ordinal);
        Assert.Contains("untouched autopilot: sha256:", granted.Output, StringComparison.Ordinal);
        Assert.Equal(["CanExecuteAsAnyParty", $"CanReadAs={Party}", "CanReadAsAnyParty"], participant.Users.RightsOf("idx"));

        participant.ForgetCalls();
        await RunAsync(participant, apply);
        Assert.Empty(participant.Changes);

        var revoked = await RunAsync(participant, [.. apply, "--revoke"]);
        Assert.Contains("revoked", revoked.Output, StringComparison.Ordinal);
        Assert.Equal([$"CanReadAs={Party}", "CanReadAsAnyParty"], participant.Users.RightsOf("idx"));
        Assert.Equal(["CanReadAsAnyParty"], participant.Users.RightsOf("autopilot"));
    }

    [Fact]
    public async Task An_untouchable_user_is_not_applied_to_and_a_change_of_it_is_an_error()
    {
        await using var participant = await Participant.StartAsync();
        participant.Users.Add("idx");
        participant.Users.Add("autopilot", "CanReadAsAnyParty");

        var refused = await RunAsync(participant, "rights", "apply", "--user", "autopilot", "--rights", "CanReadAsAnyParty", "--revoke", "--untouchable", "autopilot");
        Assert.Equal(1, refused.ExitCode);
        Assert.Empty(participant.Changes);

        // Somebody else changes it while this command works.
        participant.Users.ChangesAfterRead = 1;
        var changed = await RunAsync(participant, "rights", "apply", "--user", "idx", "--rights", "CanReadAsAnyParty", "--untouchable", "autopilot");
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("'autopilot' changed meanwhile", changed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("indexer", null, 0, "CanReadAsAnyParty")]
    [InlineData("indexer", null, 1, "CanExecuteAsAnyParty")]
    [InlineData("indexer", null, 0, "CanReadAsAnyParty", "CanExecuteAsAnyParty")]
    [InlineData("relayer", "bridge-operator", 0, $"CanActAs={Party}")]
    [InlineData("relayer", "bridge-operator", 1, "CanActAs=bridge-operator::1220bb", "CanActAs=bridge-operator::1220cc")]
    [InlineData("relayer", Party, 1, "CanReadAsAnyParty")]
    public async Task A_service_verifies_its_own_rights_with_its_own_token(string service, string? party, int exitCode, params string[] rights)
    {
        await using var participant = await Participant.StartAsync();
        participant.Users.Add("svc", rights);
        participant.Tokens.AddClient("canton-mw", "another secret", "svc");
        var variables = new Dictionary<string, string?>
        {
            ["CANTON_AUTH_CLIENT_ID"] = "canton-mw",
            ["CANTON_AUTH_CLIENT_SECRET"] = "another secret",
            ["CANTON_AUTH_TOKEN_URL"] = participant.TokenUrl.ToString(),
            ["CANTON_LEDGER_API_URL"] = participant.Address.ToString(),
        };

        string[] arguments = ["rights", "verify", "--service", service, .. party is null ? Array.Empty<string>() : ["--party", party]];
        var run = await CommandRun.InvokeAsync(variables.GetValueOrDefault, hasColors: false, arguments);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode == 1, run.Error.Contains("lacks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Strictly_too_much_fails_too()
    {
        await using var participant = await Participant.StartAsync();
        participant.Users.Add("svc", "CanReadAsAnyParty", "ParticipantAdmin");

        var run = await RunAsync(participant, "rights", "verify", "--service", "indexer", "--user", "svc", "--strict");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("beyond its needs ParticipantAdmin", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rights", "verify", "--service", "autopilot")]
    [InlineData("rights", "verify", "--service", "relayer")]
    [InlineData("rights", "plan", "--service", "indexer")]
    [InlineData("rights", "apply", "--user", "a", "--rights", "CanActAs")]
    [InlineData("rights", "apply", "--user", "a", "--rights", "CanReadAsAnyParty=p")]
    [InlineData("rights", "apply", "--user", "a", "--rights", "Everything")]
    [InlineData("rights", "list", "--ledger-url", "ftp://x")]
    [InlineData("rights", "list", "--ledger-url", "http://participant:7575")]
    [InlineData("rights", "list", "--client-secret-file", "/does/not/exist")]
    public async Task Mistakes_on_the_command_line_are_told_before_anything_is_sent(params string[] arguments)
    {
        await using var participant = await Participant.StartAsync();

        var run = await RunAsync(participant, arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(participant.Calls);
    }

    [Fact]
    public async Task All_that_is_missing_is_told_at_once()
    {
        var run = await CommandRun.InvokeAsync("rights", "list");

        Assert.Equal(2, run.ExitCode);
        Assert.All(
            new[] { "CANTON_LEDGER_API_URL", "CANTON_AUTH_TOKEN_URL", "CANTON_AUTH_CLIENT_ID", "CANTON_AUTH_CLIENT_SECRET" },
            name => Assert.Contains(name, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_secret_is_in_any_output()
    {
        await using var participant = await Participant.StartAsync();
        var fine = await RunAsync(participant, "rights", "list", "--all");
        participant.Faults.Plan("GET /v2/users", new Fault { Status = System.Net.HttpStatusCode.Forbidden, MediaType = "text/plain", Body = Canary.Text });
        var refused = await RunAsync(participant, "rights", "list", "--all");
        participant.Tokens.AddClient(Participant.ClientId, "another", Participant.Admin);
        var denied = await RunAsync(participant, "rights", "list", "--all");

        Assert.Equal((0, 1, 1), (fine.ExitCode, refused.ExitCode, denied.ExitCode));
        Canary.AssertAbsent(string.Concat(new[] { fine, refused, denied }.Select(run => run.Output + run.Error)));
    }

    private static Func<string, string?> Variables(Participant participant) => new Dictionary<string, string?>
    {
        ["CANTON_LEDGER_API_URL"] = participant.Address.ToString(),
        ["CANTON_AUTH_TOKEN_URL"] = participant.TokenUrl.ToString(),
        ["CANTON_AUTH_CLIENT_ID"] = Participant.ClientId,
        ["CANTON_AUTH_CLIENT_SECRET"] = participant.Tokens.Secret,
        ["CANTON_AUTH_AUDIENCE"] = Participant.Audience,
    }.GetValueOrDefault;

    private static Task<CommandRun> RunAsync(Participant participant, params string[] arguments) =>
        CommandRun.InvokeAsync(Variables(participant), hasColors: false, arguments);
}
