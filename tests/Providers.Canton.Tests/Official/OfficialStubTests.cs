using System.Text.Json.Nodes;
using CantonInfra.ParticipantStandIn;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.Protocol.Grpc;
using CantonInfra.ProtocolConformance.Tests.Node;

namespace CantonInfra.Canton.Tests.Official;

/// <summary>The plugin's process, driven by the official stubs.</summary>
public sealed class OfficialStubTests
{
    private const string Type = "canton:index:User";
    private const string Urn = "urn:pulumi:dev::canton-infra::canton:index:User::indexer";
    private const string SecretSignature = "1b47061264138c4ac30d75fd1eb44270";
    private const string SignatureKey = "4dabf18193072939515e22adb298388d";

    [OfficialFact]
    public async Task The_whole_life_of_a_user_and_no_secret_anywhere()
    {
        await using var participant = await Participant.StartAsync();
        var plugin = await RunningPack.StartAsync("pulumi-resource-canton.dll");
        await using var client = await OfficialClient.StartAsync($"127.0.0.1:{plugin.PortLine}");
        var said = new List<string>();

        var handshake = await CallAsync("handshake", new JsonObject { ["engineAddress"] = "127.0.0.1:1" });
        Assert.True((bool)handshake.Response()["acceptSecrets"]!);
        Assert.Equal("0.1.0", (string?)(await CallAsync("getPluginInfo")).Response()["version"]);
        Assert.NotEqual("", (string?)(await CallAsync("getSchema", new JsonObject { ["version"] = 0 })).Response()["schema"]);

        // Before it is configured it checks and compares.
        var failures = (await CallAsync("check", Request("news", User("a b")))).Response()["failuresList"]!.AsArray();
        Assert.Equal("userId", (string?)Assert.Single(failures)!["property"]);
        Assert.Empty((await CallAsync("check", Request("news", User("indexer", "CanReadAsAnyParty")))).Response()["failuresList"]!.AsArray());
        Assert.Equal(StatusCode.FailedPrecondition, (await CallAsync("create", Request("properties", User("indexer")))).Code());

        await ConfigureAsync(client, participant, said);
        var created = (await CallAsync("create", Request("properties", User("indexer", "CanReadAsAnyParty")))).Response();
        Assert.Equal("indexer", (string?)created["id"]);
        Assert.Equal(["CanReadAsAnyParty"], participant.Users.RightsOf("indexer"));

        var update = Request("news", User("indexer", "CanReadAsAnyParty", "CanExecuteAsAnyParty"));
        update["olds"] = Struct(User("indexer", "CanReadAsAnyParty"));
        update["oldinputs"] = Struct(User("indexer", "CanReadAsAnyParty"));
        update["id"] = "indexer";
        (await CallAsync("update", update)).Response();
        Assert.Equal(["CanExecuteAsAnyParty", "CanReadAsAnyParty"], participant.Users.RightsOf("indexer"));

        var read = (await CallAsync("read", new JsonObject { ["id"] = "indexer", ["urn"] = Urn, ["type"] = Type })).Response();
        Assert.Equal("indexer", (string?)read["id"]);
        var delete = Request("properties", User("indexer"));
        delete["id"] = "indexer";
        (await CallAsync("delete", delete)).Response();
        Assert.Null(participant.Users.Find("indexer"));

        // A participant that repeats what it was sent.
        participant.Faults.Plan("GET /v2/users", new Fault { Status = System.Net.HttpStatusCode.Forbidden, MediaType = "text/plain", Body = Canary.Text }, times: 3);
        Assert.Equal(StatusCode.PermissionDenied, (await CallAsync("create", Request("properties", User("indexer")))).Code());

        (await CallAsync("cancel")).Response();
        var (exitCode, _, output, errors) = await plugin.WaitAsync();
        Assert.Equal(0, exitCode);
        Canary.AssertAbsent(string.Concat(said) + output + errors);
        Assert.DoesNotContain("canary-token", string.Concat(said) + output + errors, StringComparison.Ordinal);
        await plugin.DisposeAsync();

        async Task<JsonObject> CallAsync(string method, JsonObject? request = null)
        {
            var answer = await client.CallAsync("ResourceProvider", method, request);
            said.Add(answer.ToJsonString());
            return answer;
        }
    }

    [OfficialTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_between_grant_and_revoke_it_converges_in_the_next_run(bool isDone)
    {
        await using var participant = await Participant.StartAsync();
        participant.Users.Add("indexer", "CanExecuteAsAnyParty", "CanActAs=bridge-operator::1220bb");
        participant.Faults.Plan("PATCH /v2/users/indexer/rights", new Fault { AfterWork = isDone, Delay = TimeSpan.FromSeconds(isDone ? 0 : 30) });

        var plugin = await RunningPack.StartAsync("pulumi-resource-canton.dll");
        await using (var client = await OfficialClient.StartAsync($"127.0.0.1:{plugin.PortLine}"))
        {
            await ConfigureAsync(client, participant, []);
            await client.SendAsync("ResourceProvider", "create", Request("properties", User("indexer", "CanReadAsAnyParty")));
            await WaitForAsync(() => participant.Changes.Any(call => call.StartsWith("PATCH", StringComparison.Ordinal)));
            await plugin.DisposeAsync();
        }

        Assert.Contains("CanReadAsAnyParty", participant.Users.RightsOf("indexer"));
        await using var again = await RunningPack.StartAsync("pulumi-resource-canton.dll");
        await using var second = await OfficialClient.StartAsync($"127.0.0.1:{again.PortLine}");
        await ConfigureAsync(second, participant, []);
        (await second.CallAsync("ResourceProvider", "create", Request("properties", User("indexer", "CanReadAsAnyParty")))).Response();

        Assert.Equal(["CanReadAsAnyParty"], participant.Users.RightsOf("indexer"));
    }

    [OfficialFact]
    public async Task A_cancelled_creation_keeps_what_was_done()
    {
        await using var participant = await Participant.StartAsync();
        participant.Users.Add("indexer", "CanExecuteAsAnyParty");
        participant.Faults.Plan("PATCH /v2/users/indexer/rights", new Fault { Delay = TimeSpan.FromSeconds(30) });
        await using var plugin = await RunningPack.StartAsync("pulumi-resource-canton.dll");
        await using var client = await OfficialClient.StartAsync($"127.0.0.1:{plugin.PortLine}");
        await ConfigureAsync(client, participant, []);

        await client.SendAsync("ResourceProvider", "create", Request("properties", User("indexer", "CanReadAsAnyParty")));
        await WaitForAsync(() => participant.Changes.Any(call => call.StartsWith("PATCH", StringComparison.Ordinal)));
        await client.SendAsync("ResourceProvider", "cancel");
        var answers = await client.ReadAsync(2);

        var failure = Assert.Single(answers, answer => answer.Code() != StatusCode.OK);
        Assert.Contains("Cancelled", failure.Message(), StringComparison.Ordinal);
        Assert.NotEmpty((string?)failure["details"] ?? "");
        Assert.Equal(0, (await plugin.WaitAsync()).ExitCode);
    }

    private static async Task ConfigureAsync(OfficialClient client, Participant participant, List<string> said)
    {
        var settings = new JsonObject
        {
            ["ledgerApiUrl"] = participant.Address.ToString(),
            ["tokenUrl"] = participant.TokenUrl.ToString(),
            ["clientId"] = Participant.ClientId,
            ["clientSecret"] = new JsonObject { [SignatureKey] = SecretSignature, ["value"] = participant.Tokens.Secret },
            ["retrySeconds"] = 40,
        };
        var answer = await client.CallAsync("ResourceProvider", "configure", new JsonObject { ["args"] = Struct(settings), ["acceptsecrets"] = true });
        said.Add(answer.ToJsonString());
        Assert.True((bool)answer.Response()["acceptsecrets"]!);
    }

    private static JsonObject Request(string field, JsonObject properties) => new()
    {
        ["urn"] = Urn, ["type"] = Type, ["name"] = "indexer", [field] = Struct(properties),
    };

    private static JsonObject Struct(JsonObject values) => new() { ["$struct"] = values };

    private static JsonObject User(string id, params string[] rights) => new()
    {
        ["userId"] = id,
        ["rights"] = new JsonArray([.. rights.Select(JsonNode (kind) => new JsonObject { ["kind"] = kind })]),
    };

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
