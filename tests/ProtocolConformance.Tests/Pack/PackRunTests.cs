using System.Text.Json.Nodes;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.Protocol.Grpc;
using CantonInfra.ProtocolConformance.Tests.Node;

namespace CantonInfra.ProtocolConformance.Tests.Pack;

/// <summary>The pack in the order of calls that the Pulumi CLI keeps to, with an official client.</summary>
public sealed class PackRunTests
{
    private const int Mandatory = 1;
    private const int Resource = 1;
    private const int Stack = 2;
    private const int Critical = 4;

    [OfficialFact]
    public async Task A_whole_run_has_what_the_cli_reads()
    {
        await using var pack = await PackConversation.StartAsync();

        (await pack.CallAsync("handshake", PackRequests.Handshake())).Response();
        (await pack.CallAsync("configureStack", PackRequests.Stack("mainnet"))).Response();
        var plugin = (await pack.CallAsync("getPluginInfo")).Response();
        var info = (await pack.CallAsync("getAnalyzerInfo")).Response();
        AssertInfo(plugin, info);
        var names = info["policiesList"]!.AsArray().Select(policy => (string)policy!["name"]!).ToList();
        (await pack.CallAsync("configure", PackRequests.Levels([.. names.Select(name => (name, Mandatory))]))).Response();

        var remediation = (await pack.CallAsync("remediate", PackRequests.Network("brazilsouth"))).Response();
        var fine = await pack.AnalyzeAsync(PackRequests.Network("eastus2"));
        var bad = await pack.AnalyzeAsync(PackRequests.Network("brazilsouth"));
        var stack = await pack.CallAsync("analyzeStack", StackOf(PackRequests.Network("brazilsouth"), OpenNamespace()));
        (await pack.CallAsync("cancel")).Response();
        var end = await pack.Pack.WaitAsync();

        Assert.Empty(remediation["remediationsList"]!.AsArray());
        Assert.Empty(fine);
        AssertViolation(Assert.Single(bad), info, "regions-allowed", PackRequests.UrnOf(PackRequests.NetworkType, "main"));
        AssertViolation(
            Assert.Single(PackConversation.Diagnostics(stack)),
            info,
            "namespace-default-deny",
            PackRequests.UrnOf("kubernetes:core/v1:Namespace", "open"));
        Assert.Equal((0, ""), (end.ExitCode, end.Output));
        Assert.InRange(end.Time, TimeSpan.Zero, RunningPack.AtOnce);
        Assert.DoesNotContain("hunter2", $"{info}{bad[0]}{stack}{end.Errors}", StringComparison.Ordinal);
    }

    /// <summary>The CLI shows no entries of 'not applicable', and no diagnostic of a level or on a resource that it does not know.</summary>
    [OfficialFact]
    public async Task What_is_undecided_is_told_once_on_the_stack_and_stops_nothing()
    {
        const int Advisory = 0;
        await using var pack = await PackConversation.StartAsync();
        (await pack.CallAsync("configureStack", PackRequests.Stack("mainnet"))).Response();
        var unknown = PackRequests.Network("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
        Assert.Empty(await pack.AnalyzeAsync(unknown));

        var diagnostic = Assert.Single(PackConversation.Diagnostics(
            await pack.CallAsync("analyzeStack", StackOf(unknown.DeepClone().AsObject()))));

        Assert.Equal(
            ("undecided-and-waived", "canton-guardrails", "", Advisory, 0),
            ((string)diagnostic["policyname"]!, (string)diagnostic["policypackname"]!, (string)diagnostic["urn"]!,
                (int)diagnostic["enforcementlevel"]!, (int)diagnostic["severity"]!));
        Assert.Equal(
            "Undecided until more is known, which is no pass: 1. Violations that waivers permit: 0.\n"
            + $"undecided: regions-allowed on {PackRequests.NetworkType} 'main': location",
            (string)diagnostic["message"]!);
    }

    [OfficialFact]
    public async Task Requests_of_20_MB_are_judged()
    {
        await using var pack = await PackConversation.StartAsync();
        var large = new JsonObject { ["$repeat"] = new JsonArray("x", 20 * 1024 * 1024) };
        var resource = PackRequests.Resource(PackRequests.NetworkType, "large", new() { ["location"] = "brazilsouth", ["blob"] = large });

        Assert.Single(await pack.AnalyzeAsync(resource));
        (await pack.CallAsync("remediate", resource.DeepClone().AsObject())).Response();
        var stack = await pack.CallAsync("analyzeStack", StackOf(resource.DeepClone().AsObject(), OpenNamespace()));
        Assert.Single(PackConversation.Diagnostics(stack));
    }

    [OfficialFact]
    public async Task Five_hundred_parallel_calls_are_judged_each_by_itself()
    {
        await using var pack = await PackConversation.StartAsync();

        await pack.Client.SendAsync("Analyzer", "analyze", PackRequests.Network("eastus2"), times: 250);
        await pack.Client.SendAsync("Analyzer", "analyze", PackRequests.Network("brazilsouth"), times: 250);
        var answers = await pack.Client.ReadAsync(500);

        Assert.Equal(250, answers.Sum(answer => PackConversation.Diagnostics(answer).Count));
    }

    [OfficialFact]
    public async Task Cancel_amid_many_calls_ends_the_pack_and_leaves_none_of_them_waiting()
    {
        await using var pack = await PackConversation.StartAsync();
        await pack.AnalyzeAsync(PackRequests.Network("eastus2"));
        var large = new JsonObject { ["$repeat"] = new JsonArray("x", 1024 * 1024) };
        var resource = PackRequests.Resource(PackRequests.NetworkType, "large", new() { ["location"] = "brazilsouth", ["blob"] = large });

        await pack.Client.SendAsync("Analyzer", "analyze", resource, times: 100);
        await pack.Client.SendAsync("Analyzer", "cancel");
        await pack.Client.SendAsync("Analyzer", "cancel");
        var answers = await pack.Client.ReadAsync(102);
        var end = await pack.Pack.WaitAsync();

        Assert.All(answers, answer => Assert.Contains(answer.Code(), new[] { StatusCode.OK, StatusCode.Unavailable, StatusCode.Cancelled }));
        Assert.Equal((0, ""), (end.ExitCode, end.Output));
    }

    [OfficialFact]
    public async Task A_client_that_goes_away_within_its_calls_leaves_the_pack_serving()
    {
        await using var pack = await PackConversation.StartAsync();
        await using (var leaving = await OfficialClient.StartAsync($"127.0.0.1:{pack.Pack.PortLine}"))
        {
            await leaving.SendAsync("Analyzer", "analyze", PackRequests.Network("brazilsouth"), times: 200);
        }

        var cancelled = await pack.Client.CallAsync("Analyzer", "analyze", PackRequests.Network("eastus2"), cancel: 0);
        var late = await pack.Client.CallAsync("Analyzer", "analyze", PackRequests.Network("eastus2"), deadline: 0);

        Assert.Contains(cancelled.Code(), new[] { StatusCode.Cancelled, StatusCode.OK });
        Assert.Equal(StatusCode.DeadlineExceeded, late.Code());
        Assert.Single(await pack.AnalyzeAsync(PackRequests.Network("brazilsouth")));
    }

    private static JsonObject StackOf(params JsonObject[] resources) => new()
    {
        ["resources"] = new JsonArray([.. resources.Select(PackRequests.OfStack)]),
    };

    private static JsonObject OpenNamespace() => PackRequests.Resource(
        "kubernetes:core/v1:Namespace", "open", new() { ["metadata"] = new JsonObject { ["name"] = "open" } });

    private static void AssertInfo(JsonObject plugin, JsonObject info)
    {
        Assert.Matches("^[0-9]+[.][0-9]+[.][0-9]+$", (string)plugin["version"]!);
        Assert.Equal((string)plugin["version"]!, (string)info["version"]!);
        Assert.Matches("^[a-zA-Z0-9-_.]{1,100}$", (string)info["name"]!);
        Assert.True((bool)info["supportsconfig"]!);
        var policies = info["policiesList"]!.AsArray();
        Assert.NotEmpty(policies);
        Assert.All(policies, policy =>
        {
            Assert.Matches("^[a-zA-Z0-9-_.]{1,100}$", (string)policy!["name"]!);
            Assert.NotEqual("all", (string)policy["name"]!);
            Assert.All(new[] { "displayname", "description", "message", "remediationSteps" }, text => Assert.NotEqual("", (string)policy[text]!));
            Assert.Equal(Mandatory, (int)policy["enforcementlevel"]!);
            Assert.InRange((int)policy["policyType"]!, Resource, Stack);
            Assert.InRange((int)policy["severity"]!, 1, Critical);
        });
    }

    private static void AssertViolation(JsonObject diagnostic, JsonObject info, string policy, string urn)
    {
        Assert.Equal(policy, (string)diagnostic["policyname"]!);
        Assert.Equal((string)info["name"]!, (string)diagnostic["policypackname"]!);
        Assert.Equal((string)info["version"]!, (string)diagnostic["policypackversion"]!);
        Assert.Equal(Mandatory, (int)diagnostic["enforcementlevel"]!);
        Assert.Equal(urn, (string)diagnostic["urn"]!);
        Assert.InRange((int)diagnostic["severity"]!, 1, Critical);
        Assert.NotEqual("", (string)diagnostic["description"]!);
        Assert.Contains("\nTo fix: ", (string)diagnostic["message"]!, StringComparison.Ordinal);
    }
}
