using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace CantonInfra.ProtocolConformance.Tests.Node;

/// <summary>A script of tests/Conformance/peers, which prints one JSON object in each line.</summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Channel<JsonObject> _lines = Channel.CreateUnbounded<JsonObject>();
    private readonly ConcurrentQueue<string> _errors = new();

    private NodePeer(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static async Task<NodePeer> StartAsync(string script, params string[] arguments) => new(Process.Start(
        new ProcessStartInfo(await OfficialPackages.NodePathAsync(), [Path.Combine(Repository.Conformance, "peers", script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>What the script prints next.</summary>
    public async Task<JsonObject> ReadAsync()
    {
        try
        {
            return await _lines.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }
        catch (Exception exception) when (exception is ChannelClosedException or TimeoutException)
        {
            throw new InvalidOperationException($"The script says no more. {string.Join('\n', _errors)}", exception);
        }
    }

    public async Task WriteAsync(JsonObject message)
    {
        await _process.StandardInput.WriteLineAsync(message.ToJsonString());
        await _process.StandardInput.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Receive(string? line)
    {
        if (line is null)
        {
            _lines.Writer.TryComplete();
            return;
        }

        try
        {
            _lines.Writer.TryWrite(JsonNode.Parse(line)!.AsObject());
        }
        catch (JsonException)
        {
            _errors.Enqueue(line);
        }
    }
}
