using System.Text.Json.Nodes;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.ProtocolConformance.Tests.Node;

namespace CantonInfra.ProtocolConformance.Tests.Pack;

/// <summary>The built pack in its own process, with an official client that calls it.</summary>
internal sealed class PackConversation : IAsyncDisposable
{
    private PackConversation(RunningPack pack, OfficialClient client)
    {
        Pack = pack;
        Client = client;
    }

    public RunningPack Pack { get; }

    public OfficialClient Client { get; }

    public static async Task<PackConversation> StartAsync() => await WithAsync(await RunningPack.StartAsync("CantonInfra.Policy.dll"));

    public static async Task<PackConversation> WithAsync(RunningPack pack) =>
        new(pack, await OfficialClient.StartAsync($"127.0.0.1:{pack.PortLine}"));

    public Task<JsonObject> CallAsync(string method, JsonObject? request = null) => Client.CallAsync("Analyzer", method, request);

    /// <summary>What a resource's Analyze finds.</summary>
    public async Task<IReadOnlyList<JsonObject>> AnalyzeAsync(JsonObject resource) => Diagnostics(await CallAsync("analyze", resource));

    public static IReadOnlyList<JsonObject> Diagnostics(JsonObject answer) =>
        [.. answer.Response()["diagnosticsList"]!.AsArray().Select(diagnostic => diagnostic!.AsObject())];

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Pack.DisposeAsync();
    }
}
