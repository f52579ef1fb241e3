using System.Text.Json.Nodes;
using CantonInfra.Protocol.Grpc;
using CantonInfra.ProtocolConformance.Tests.Node;

namespace CantonInfra.ProtocolConformance.Tests.Pack;

/// <summary>Calls in an order, or with contents, that no engine has sent so far: strict, never silent, never broken.</summary>
public sealed class PackSequenceTests
{
    private const string Regions = "regions-allowed";
    private const string PurgeProtection = "keyvault-purge-protection";
    private const int Advisory = 0;
    private const int Mandatory = 1;
    private const int Disabled = 2;
    private const int Remediate = 3;

    [OfficialFact]
    public async Task Before_any_configuration_all_is_mandatory()
    {
        await using var pack = await PackConversation.StartAsync();

        Assert.Equal(Mandatory, Level(await pack.AnalyzeAsync(PackRequests.Network("brazilsouth")), Regions));
        Assert.Equal(Mandatory, Level(await pack.AnalyzeAsync(Vault()), PurgeProtection));
        Assert.Empty(PackConversation.Diagnostics(await pack.CallAsync("analyzeStack")));
        (await pack.CallAsync("handshake")).Response();
    }

    [OfficialFact]
    public async Task A_second_ConfigureStack_replaces_the_first()
    {
        await using var pack = await PackConversation.StartAsync();

        (await pack.CallAsync("configureStack", PackRequests.Stack("devnet", ("canton-infra:mode", "audit")))).Response();
        var audited = Level(await pack.AnalyzeAsync(Vault()), PurgeProtection);
        (await pack.CallAsync("configureStack", PackRequests.Stack("mainnet"))).Response();
        var denied = Level(await pack.AnalyzeAsync(Vault()), PurgeProtection);
        (await pack.CallAsync("configureStack", new())).Response();

        Assert.Equal((Advisory, Mandatory), (audited, denied));
        Assert.Equal(Mandatory, Level(await pack.AnalyzeAsync(Vault()), PurgeProtection));
    }

    [OfficialFact]
    public async Task A_mode_that_does_not_exist_is_refused_and_leaves_all_mandatory()
    {
        await using var pack = await PackConversation.StartAsync();
        await pack.CallAsync("configureStack", PackRequests.Stack("devnet", ("canton-infra:mode", "audit")));

        var refused = await pack.CallAsync("configureStack", PackRequests.Stack("devnet", ("canton-infra:mode", "off")));

        Assert.Equal(StatusCode.InvalidArgument, refused.Code());
        Assert.Contains("canton-infra:mode", refused.Message(), StringComparison.Ordinal);
        Assert.Equal(Mandatory, Level(await pack.AnalyzeAsync(Vault()), PurgeProtection));
    }

    [OfficialFact]
    public async Task Levels_of_policies_that_the_pack_does_not_have_change_nothing()
    {
        await using var pack = await PackConversation.StartAsync();

        (await pack.CallAsync("configure", PackRequests.Levels(("no-such-policy", Disabled), ("", Disabled)))).Response();

        Assert.Equal(Mandatory, Level(await pack.AnalyzeAsync(Vault()), PurgeProtection));
    }

    [OfficialFact]
    public async Task Each_configuration_replaces_the_one_before()
    {
        await using var pack = await PackConversation.StartAsync();

        var levels = new List<int?>();
        foreach (var level in new[] { Advisory, Mandatory, Disabled, Remediate, 99 })
        {
            (await pack.CallAsync("configure", PackRequests.Levels((PurgeProtection, level)))).Response();
            levels.Add(Level(await pack.AnalyzeAsync(Vault()), PurgeProtection));
        }

        (await pack.CallAsync("configure", PackRequests.Levels(("all", Advisory)))).Response();
        levels.Add(Level(await pack.AnalyzeAsync(Vault()), PurgeProtection));
        (await pack.CallAsync("configure")).Response();
        levels.Add(Level(await pack.AnalyzeAsync(Vault()), PurgeProtection));

        // A level to remediate, and one that does not exist, are mandatory for a rule that remediates nothing.
        Assert.Equal([Advisory, Mandatory, null, Mandatory, Mandatory, Advisory, Mandatory], levels);
    }

    [OfficialTheory]
    [InlineData(Regions)]
    [InlineData("all")]
    public async Task Regions_cannot_be_disabled(string policy)
    {
        await using var pack = await PackConversation.StartAsync();

        var refused = await pack.CallAsync("configure", PackRequests.Levels((policy, Disabled)));

        Assert.Equal(StatusCode.InvalidArgument, refused.Code());
        Assert.Contains(Regions, refused.Message(), StringComparison.Ordinal);
        Assert.Equal(Mandatory, Level(await pack.AnalyzeAsync(PackRequests.Network("brazilsouth")), Regions));
        Assert.Equal(Mandatory, Level(await pack.AnalyzeAsync(Vault()), PurgeProtection));
    }

    [OfficialFact]
    public async Task Requests_with_nothing_in_them_are_answered()
    {
        await using var pack = await PackConversation.StartAsync();

        Assert.Empty(await pack.AnalyzeAsync([]));
        (await pack.CallAsync("remediate", [])).Response();
        Assert.Empty(await pack.AnalyzeAsync(new() { ["type"] = PackRequests.NetworkType }));
        Assert.Empty(await pack.AnalyzeAsync(new() { ["type"] = "no token at all", ["urn"] = "no urn" }));
        var bare = PackRequests.Network("brazilsouth");
        bare.Remove("options");
        bare.Remove("provider");
        Assert.Single(await pack.AnalyzeAsync(bare));
    }

    [OfficialFact]
    public async Task What_cannot_be_decoded_is_an_error_and_not_a_pass()
    {
        await using var pack = await PackConversation.StartAsync();

        var unknownSignature = await pack.CallAsync("analyze", PackRequests.Network(
            new JsonObject { ["4dabf18193072939515e22adb298388d"] = "00000000000000000000000000000000", ["value"] = "eastus2" }));
        var secret = await pack.AnalyzeAsync(PackRequests.Network(
            new JsonObject { ["4dabf18193072939515e22adb298388d"] = "1b47061264138c4ac30d75fd1eb44270", ["value"] = "hunter2" }));
        var unknown = (await pack.CallAsync("analyze", PackRequests.Network("04da6b54-80e4-46f7-96ec-b56ff0331ba9"))).Response();

        Assert.Equal(StatusCode.InvalidArgument, unknownSignature.Code());
        Assert.DoesNotContain("hunter2", Assert.Single(secret).ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(unknown["diagnosticsList"]!.AsArray());
        Assert.Contains(
            unknown["notApplicableList"]!.AsArray(),
            entry => (string)entry!["policyName"]! == Regions && ((string)entry["reason"]!).StartsWith("undecided: ", StringComparison.Ordinal));
    }

    private static JsonObject Vault() => PackRequests.Resource(
        "azure-native:keyvault:Vault", "main", new() { ["location"] = "eastus2", ["properties"] = new JsonObject { ["enablePurgeProtection"] = false } });

    private static int? Level(IReadOnlyList<JsonObject> diagnostics, string policy) =>
        (int?)diagnostics.SingleOrDefault(diagnostic => (string)diagnostic["policyname"]! == policy)?["enforcementlevel"];
}
