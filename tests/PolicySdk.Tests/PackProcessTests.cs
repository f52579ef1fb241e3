using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.PolicySdk.Tests;

public sealed class PackProcessTests
{
    private const string Assembly = "RudePack.dll";

    [Fact]
    public async Task What_a_rule_prints_does_not_reach_the_port_line()
    {
        await using var pack = await RunningPack.StartAsync(Assembly, "rude");

        var answer = await pack.Channel.CallAsync(AnalyzerMethods.Analyze, new AnalyzeRequest { Type = "noise:index:Thing" });
        await pack.Channel.CallAsync(AnalyzerMethods.Cancel, new Empty());
        var (exitCode, _, output, errors) = await pack.WaitAsync();

        Assert.Equal("noisy", Assert.Single(answer.Diagnostics).PolicyName);
        Assert.Equal(0, exitCode);
        Assert.Equal("", output);
        Assert.Contains("while loading", errors, StringComparison.Ordinal);
        Assert.Contains("within a rule", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_that_hang_keep_no_pack_alive()
    {
        await using var pack = await RunningPack.StartAsync(Assembly, "rude");
        var hanging = Enumerable.Range(0, 100)
            .Select(_ => pack.Channel.CallAsync(AnalyzerMethods.Analyze, new AnalyzeRequest { Type = "hang:index:Thing" }))
            .ToList();
        await Task.Delay(200);

        await pack.Channel.CallAsync(AnalyzerMethods.Cancel, new Empty());
        await pack.WaitAsync();

        foreach (var call in hanging)
        {
            Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call)).Code);
        }
    }

    [Fact]
    public async Task A_pack_that_cannot_serve_says_why_and_prints_no_port()
    {
        var (exitCode, output, errors) = await RunningPack.RunAsync(Assembly, "unusable", "127.0.0.1:9");

        Assert.Equal(2, exitCode);
        Assert.DoesNotContain("Exception", errors, StringComparison.Ordinal);
        Assert.Contains("limits.yaml:7: The limits are no limits.", errors, StringComparison.Ordinal);
        Assert.Equal("", output);
    }
}
