using System.Diagnostics;
using System.Net;
using CantonInfra.Canton.Ledger;
using CantonInfra.Canton.Rights;
using CantonInfra.ParticipantStandIn;
using CantonInfra.PolicySdk.Tests;

namespace CantonInfra.Canton.Tests.Ledger;

public sealed class LedgerClientTests
{
    [Theory]
    [InlineData("abc@clients", "/v2/users/abc%40clients")]
    [InlineData("auth0|64f", "/v2/users/auth0%7C64f")]
    [InlineData("a+b#c:d'(e)", "/v2/users/a%2Bb%23c%3Ad%27%28e%29")]
    public async Task Ids_are_percent_encoded(string id, string path)
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Users.Add(id, "CanReadAsAnyParty");

        var user = await connected.Client.FindUserAsync(id, "", default);
        var rights = await connected.Client.ListRightsAsync(id, default);

        Assert.Equal(id, user?.Id);
        Assert.Equal([new LedgerRight(RightKind.CanReadAsAnyParty)], rights);
        Assert.Equal([$"GET {path}", $"GET {path}/rights"], connected.Participant.Calls);
    }

    [Fact]
    public async Task A_user_that_is_not_there_is_null_and_one_without_rights_has_none()
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Users.Add("bare");

        Assert.Null(await connected.Client.FindUserAsync("nobody", "", default));
        Assert.Empty(await connected.Client.ListRightsAsync("bare", default));
    }

    [Fact]
    public async Task Listings_are_read_page_by_page()
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Users.MaxPage = 3;
        foreach (var number in Enumerable.Range(10, 20))
        {
            connected.Participant.Users.Add($"user-{number}");
        }

        var users = await connected.Client.ListUsersAsync(default);

        Assert.Equal(21, users.Length);
        Assert.Equal(7, connected.Participant.Calls.Count);
    }

    [Fact]
    public async Task A_listing_that_goes_round_in_circles_ends()
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Users.PagesInCircles = true;

        var failure = await FailsAsync(() => connected.Client.ListUsersAsync(default));

        Assert.Equal(LedgerFailure.Malformed, failure.Failure);
        Assert.Contains("circles", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bridge-operator", "bridge-operator::1220bb")]
    [InlineData("any::1220ff", "any::1220ff")]
    public async Task A_hint_leads_to_its_one_party(string hint, string party)
    {
        await using var connected = await Connected.StartAsync();

        Assert.Equal(party, await connected.Client.ResolvePartyAsync(hint, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hint_that_leads_to_no_party_or_to_several_is_an_error(bool ignoresFilter)
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Users.IgnoresPartyFilter = ignoresFilter;
        connected.Participant.Users.Parties.Add("daml-autopilot::1220cc");
        connected.Participant.Users.Parties.Add("bridge-operator-2::1220dd");

        var none = await FailsAsync(() => connected.Client.ResolvePartyAsync("bridge", default));
        var several = await FailsAsync(() => connected.Client.ResolvePartyAsync("daml-autopilot", default));

        Assert.Contains("'bridge' leads to no party", none.Message, StringComparison.Ordinal);
        Assert.Contains("2 parties", several.Message, StringComparison.Ordinal);
        Assert.Contains("daml-autopilot::1220aa, daml-autopilot::1220cc", several.Message, StringComparison.Ordinal);
        Assert.Equal("bridge-operator::1220bb", await connected.Client.ResolvePartyAsync("bridge-operator", default));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData(null)]
    public async Task What_passes_is_tried_again(HttpStatusCode? status)
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Faults.Plan("GET /v2/users", new Fault { Status = status }, times: 3);

        var users = await connected.Client.ListUsersAsync(default);

        Assert.Single(users);
        Assert.Equal(4, connected.Participant.Calls.Count);
    }

    [Fact]
    public async Task A_slow_answer_is_given_up_and_asked_for_again()
    {
        await using var connected = await Connected.StartAsync(Connected.Impatient with { Attempt = TimeSpan.FromSeconds(1) });
        connected.Participant.Faults.Plan("GET /v2/users", new Fault { Delay = TimeSpan.FromMinutes(2), Status = HttpStatusCode.OK });

        Assert.Single(await connected.Client.ListUsersAsync(default));
    }

    [Fact]
    public async Task The_wait_that_a_server_asks_for_is_kept()
    {
        await using var connected = await Connected.StartAsync(new RetryPolicy(TimeSpan.FromSeconds(30)) { FirstWait = TimeSpan.FromMilliseconds(1) });
        connected.Participant.Faults.Plan("GET /v2/users", new Fault { Status = HttpStatusCode.TooManyRequests, RetryAfter = "1" });

        var watch = Stopwatch.StartNew();
        await connected.Client.ListUsersAsync(default);

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_wait_beyond_the_budget_is_not_begun()
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Faults.Plan("GET /v2/users", new Fault { Status = HttpStatusCode.ServiceUnavailable, RetryAfter = "3600" });

        var failure = await FailsAsync(() => connected.Client.ListUsersAsync(default));

        Assert.Equal(LedgerFailure.Unavailable, failure.Failure);
        Assert.Single(connected.Participant.Calls);
    }

    [Fact]
    public async Task Trying_again_ends_with_the_budget_and_can_be_cancelled()
    {
        await using var connected = await Connected.StartAsync(new RetryPolicy(TimeSpan.FromSeconds(30)) { FirstWait = TimeSpan.FromSeconds(20) });
        connected.Participant.Faults.Plan("GET /v2/users", new Fault(), times: 100);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connected.Client.ListUsersAsync(cancellation.Token));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task What_does_not_pass_is_asked_once(HttpStatusCode status)
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Faults.Plan("GET /v2/users", new Fault { Status = status, Body = """{"code":"NA","cause":"no"}""" }, times: 5);

        await FailsAsync(() => connected.Client.ListUsersAsync(default));

        Assert.Single(connected.Participant.Calls);
    }

    [Fact]
    public async Task One_token_serves_until_it_nears_its_end()
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Tokens.ExpiresIn = 300;

        await connected.Client.ListUsersAsync(default);
        await connected.Client.ListUsersAsync(default);
        Assert.Equal(1, connected.Participant.Tokens.Given);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_expires()
    {
        var clock = new SettableClock();
        await using var connected = await Connected.StartAsync(clock: clock);

        await connected.Client.ListUsersAsync(default);
        clock.Advance(TimeSpan.FromSeconds(239));
        await connected.Client.ListUsersAsync(default);
        Assert.Equal(1, connected.Participant.Tokens.Given);
        clock.Advance(TimeSpan.FromSeconds(2));
        await connected.Client.ListUsersAsync(default);
        Assert.Equal(2, connected.Participant.Tokens.Given);
    }

    [Fact]
    public async Task A_rejected_token_is_renewed_once()
    {
        await using var connected = await Connected.StartAsync();
        await connected.Client.ListUsersAsync(default);
        connected.Participant.Tokens.ForgetAll();

        await connected.Client.ListUsersAsync(default);
        Assert.Equal(2, connected.Participant.Tokens.Given);

        connected.Participant.Faults.Plan("GET /v2/users", new Fault { Status = HttpStatusCode.Unauthorized }, times: 10);
        var failure = await FailsAsync(() => connected.Client.ListUsersAsync(default));
        Assert.Equal(LedgerFailure.Unauthenticated, failure.Failure);
        Assert.Equal(3, connected.Participant.Tokens.Given);
    }

    [Theory]
    [InlineData("{}", "without an access_token")]
    [InlineData("""{"access_token":"opaque"}""", "no JWT")]
    [InlineData("<html>", "without an access_token")]
    public async Task A_token_endpoint_that_gives_no_token_is_told(string body, string told)
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Faults.Plan("POST /oauth/token", new Fault { Status = HttpStatusCode.OK, Body = body });

        var failure = await FailsAsync(() => connected.Client.ListUsersAsync(default));

        Assert.Equal(LedgerFailure.NoToken, failure.Failure);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_told_and_not_shown()
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Tokens.AddClient(Participant.ClientId, "another", Participant.Admin);

        var failure = await FailsAsync(() => connected.Client.ListUsersAsync(default));

        Assert.Equal(LedgerFailure.NoToken, failure.Failure);
        Assert.Contains("invalid_client", failure.Message, StringComparison.Ordinal);
        Canary.AssertAbsent(failure.ToString());
    }

    [Theory]
    [InlineData("USER_ALREADY_EXISTS", HttpStatusCode.Conflict, LedgerFailure.UserExists, "Import the user")]
    [InlineData("TOO_MANY_USER_RIGHTS", HttpStatusCode.BadRequest, LedgerFailure.TooManyRights, "1000 rights")]
    [InlineData("INVALID_ARGUMENT", HttpStatusCode.BadRequest, LedgerFailure.Refused, "Correct")]
    [InlineData("SOME_CONFLICT", HttpStatusCode.Conflict, LedgerFailure.Conflict, "run it again")]
    [InlineData("NA", HttpStatusCode.Forbidden, LedgerFailure.Forbidden, "ParticipantAdmin")]
    [InlineData("NA", HttpStatusCode.Unauthorized, LedgerFailure.Unauthenticated, "idp verify")]
    public async Task Each_refusal_says_what_to_do(string code, HttpStatusCode status, LedgerFailure failure, string advice)
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Faults.Plan(
            "POST /v2/users", new Fault { Status = status, Body = $$"""{"code":"{{code}}","cause":"the cause","traceId":"4bf92f"}""" }, times: 2);

        var told = await FailsAsync(() => connected.Client.CreateUserAsync(new LedgerUser("a"), [], default));

        Assert.Equal(failure, told.Failure);
        Assert.Contains(advice, told.Message, StringComparison.Ordinal);
        Assert.Contains("the cause", told.Message, StringComparison.Ordinal);
        Assert.Contains("4bf92f", told.Message, StringComparison.Ordinal);
        Assert.Contains($"POST {connected.Participant.Address}v2/users", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_ledger_api_is_told()
    {
        await using var elsewhere = await Connected.StartAsync(path: "wrong/prefix");
        await using var connected = await Connected.StartAsync();
        connected.Participant.Faults.Plan("GET /v2/users", new Fault { Status = HttpStatusCode.OK, MediaType = "text/html", Body = "<html>" });
        connected.Participant.Faults.Plan("GET /v2/users/a", new Fault { Status = HttpStatusCode.Found, Location = "http://127.0.0.1:9/" });
        connected.Participant.Faults.Plan("POST /v2/users", new Fault { Status = HttpStatusCode.BadRequest, MediaType = "text/plain", Body = "Invalid value for: body" });

        var path = await FailsAsync(() => elsewhere.Client.ListUsersAsync(default));
        var html = await FailsAsync(() => connected.Client.ListUsersAsync(default));
        var redirect = await FailsAsync(() => connected.Client.FindUserAsync("a", "", default));
        var body = await FailsAsync(() => connected.Client.CreateUserAsync(new LedgerUser("a"), [], default));

        Assert.Contains("path prefix", path.Message, StringComparison.Ordinal);
        Assert.Contains("is no JSON", html.Message, StringComparison.Ordinal);
        Assert.Contains("redirects", redirect.Message, StringComparison.Ordinal);
        Assert.Contains("another version", body.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_user_than_asked_for_is_a_contradiction()
    {
        await using var connected = await Connected.StartAsync();
        connected.Participant.Users.Add("a");
        connected.Participant.Users.MixesUsersUp = true;

        var failure = await FailsAsync(() => connected.Client.FindUserAsync("a", "", default));

        Assert.Equal(LedgerFailure.Contradiction, failure.Failure);
    }

    [Fact]
    public async Task A_server_that_repeats_what_it_was_sent_gives_no_secret_away()
    {
        await using var connected = await Connected.StartAsync();
        await connected.Client.ListUsersAsync(default);
        var token = connected.Participant.Tokens.Give("nobody");
        connected.Secrets.Keep(token);
        var long1 = new string('x', 280) + token + connected.Participant.Tokens.Secret;
        connected.Participant.Faults.Plan(
            "GET /v2/users", new Fault { Status = HttpStatusCode.Forbidden, Body = $$"""{"code":"NA","cause":"{{long1}}"}""" });

        var failure = await FailsAsync(() => connected.Client.ListUsersAsync(default));

        Canary.AssertAbsent(failure.ToString());
        Assert.DoesNotContain(token[..20], failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<LedgerException> FailsAsync(Func<Task> call) => await Assert.ThrowsAsync<LedgerException>(call);

    private sealed class SettableClock : TimeProvider
    {
        private TimeSpan _ahead;

        public void Advance(TimeSpan time) => _ahead += time;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
    }
}
