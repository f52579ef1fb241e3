using System.Text.Json.Nodes;

namespace CantonInfra.ProtocolConformance.Tests.Node;

/// <summary>The official stubs over @grpc/grpc-js, which call a server of ours.</summary>
internal sealed class OfficialClient : IAsyncDisposable
{
    private readonly NodePeer _peer;
    private int _calls;

    private OfficialClient(NodePeer peer) => _peer = peer;

    public static async Task<OfficialClient> StartAsync(string address)
    {
        var client = new OfficialClient(await NodePeer.StartAsync("client.cjs", address));
        await client._peer.ReadAsync();
        return client;
    }

    /// <summary>Makes a call and gives what came back: code, and response or message and details.</summary>
    /// <param name="service">The service without its package.</param>
    /// <param name="method">The method as the official stub names it.</param>
    /// <param name="request">The request's fields; see messages.cjs.</param>
    /// <param name="deadline">Milliseconds until the call's deadline.</param>
    /// <param name="cancel">Milliseconds after which the call is cancelled.</param>
    public async Task<JsonObject> CallAsync(
        string service, string method, JsonObject? request = null, int? deadline = null, int? cancel = null)
    {
        await SendAsync(service, method, request, deadline, cancel);
        return await _peer.ReadAsync();
    }

    /// <summary>Sends calls whose answers are read later, in the order in which they come.</summary>
    public Task SendAsync(
        string service, string method, JsonObject? request = null, int? deadline = null, int? cancel = null, int times = 1)
    {
        var call = new JsonObject { ["id"] = ++_calls, ["service"] = service, ["method"] = method, ["times"] = times };
        if (request is not null)
        {
            call["request"] = request;
        }

        if (deadline is { } limit)
        {
            call["deadline"] = limit;
        }

        if (cancel is { } after)
        {
            call["cancel"] = after;
        }

        return _peer.WriteAsync(call);
    }

    public async Task<IReadOnlyList<JsonObject>> ReadAsync(int count)
    {
        var answers = new List<JsonObject>();
        while (answers.Count < count)
        {
            answers.Add(await _peer.ReadAsync());
        }

        return answers;
    }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();
}
