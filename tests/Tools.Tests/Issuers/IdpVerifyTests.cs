using System.Text.Json.Nodes;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.ProtocolConformance.Tests.Node;

namespace CantonInfra.Tools.Tests.Issuers;

/// <summary><c>idp verify</c> against a certified OpenID provider, right and wrong in many ways.</summary>
public sealed class IdpVerifyTests
{
    [OfficialFact]
    public async Task A_right_issuer_meets_every_requirement()
    {
        var (run, checks) = await VerifyAsync("none");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(14, checks.Count);
        Assert.All(checks, check => Assert.Equal("ok", check.Value.State));
    }

    [OfficialTheory]
    [InlineData("discovery", "discovery")]
    [InlineData("issuer", "issuer", "token-iss")]
    [InlineData("jwks", "jwks")]
    [InlineData("es256", "rs256", "token-signature")]
    [InlineData("pkce", "pkce")]
    [InlineData("grant", "client-credentials", "token")]
    [InlineData("opaque", "token")]
    [InlineData("keys", "token-signature")]
    [InlineData("forged", "token-signature")]
    [InlineData("iss", "token-iss")]
    [InlineData("sub", "token-sub")]
    [InlineData("audience", "token-aud")]
    [InlineData("eternal", "token-lifetime")]
    [InlineData("future", "token-lifetime")]
    [InlineData("scope", "token-scope")]
    public async Task Each_flaw_fails_its_check_and_says_what_to_do(string flaw, params string[] failed)
    {
        var (run, checks) = await VerifyAsync(flaw);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(failed, checks.Where(check => check.Value.State == "failed").Select(check => check.Key));
        Assert.All(failed, id => Assert.NotEqual("", checks[id].Fix));
    }

    [OfficialTheory]
    [InlineData("long")]
    [InlineData("short")]
    public async Task A_lifetime_that_works_but_is_not_good_is_a_warning(string flaw)
    {
        var (run, checks) = await VerifyAsync(flaw);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("warning", checks["token-lifetime"].State);
    }

    [OfficialFact]
    public async Task A_wrong_secret_and_a_wrong_subject_are_told_and_no_secret_is_shown()
    {
        var (denied, checks) = await VerifyAsync("none", secret: Canary.Text + "x");
        var (other, subjects) = await VerifyAsync("none", secret: Canary.Text, "--expected-subject", "somebody");

        Assert.Equal("failed", checks["token"].State);
        Assert.Contains("invalid_client", checks["token"].Found, StringComparison.Ordinal);
        Assert.Equal("failed", subjects["token-sub"].State);
        Canary.AssertAbsent(denied.Output + denied.Error + other.Output + other.Error);
    }

    [OfficialFact]
    public async Task Without_a_client_the_token_is_not_looked_at()
    {
        await using var issuer = await NodePeer.StartAsync("issuer.mjs", "none");
        var address = (string)(await issuer.ReadAsync())["issuer"]!;

        var run = await CommandRun.InvokeAsync("idp", "verify", "--issuer", address);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no client is named", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://issuer")]
    [InlineData("http://issuer.example.com")]
    public async Task An_issuer_that_cannot_be_one_is_refused(string issuer)
    {
        var run = await CommandRun.InvokeAsync("idp", "verify", "--issuer", issuer);

        Assert.Equal(2, run.ExitCode);
    }

    private static async Task<(CommandRun Run, Dictionary<string, (string State, string Found, string Fix)> Checks)> VerifyAsync(
        string flaw, string secret = Canary.Text, params string[] more)
    {
        await using var issuer = await NodePeer.StartAsync("issuer.mjs", flaw);
        var address = (string)(await issuer.ReadAsync())["issuer"]!;
        var run = await CommandRun.InvokeAsync(
            name => name == "SECRET" ? secret : null,
            hasColors: false,
            [
                "idp", "verify", "--issuer", address, "--client-id", "validator-app-backend", "--client-secret-env", "SECRET", "--scope",
                flaw == "scope" ? "other" : "daml_ledger_api", "--expected-audience", "https://ledger-api.test.canton", "--retry-seconds", "1", "--format", "json",
                .. more,
            ]);
        var checks = JsonNode.Parse(run.Output)!["checks"]!.AsArray().ToDictionary(
            check => (string)check!["check"]!, check => ((string)check!["state"]!, (string)check["found"]!, (string)check["fix"]!));
        return (run, checks);
    }
}
