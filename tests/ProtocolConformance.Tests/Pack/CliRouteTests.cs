using System.Diagnostics;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.Protocol.Grpc;
using CantonInfra.ProtocolConformance.Tests.Node;

namespace CantonInfra.ProtocolConformance.Tests.Pack;

/// <summary>The way in which the Pulumi CLI starts a pack from its folder: build it, run it without building.</summary>
public sealed class CliRouteTests
{
    private static readonly string Project = Path.Combine(Repository.Root, "policy");
    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(10);

    [OfficialFact]
    public async Task It_is_built_serves_and_ends_with_the_engine_both_ways()
    {
        await BuildAsync();

        await using (var cancelled = await StartAsync())
        {
            Assert.Matches("^[0-9]+$", cancelled.Pack.PortLine);
            (await cancelled.CallAsync("handshake", PackRequests.Handshake())).Response();
            (await cancelled.CallAsync("configureStack", PackRequests.Stack("mainnet"))).Response();
            Assert.Single(await cancelled.AnalyzeAsync(PackRequests.Network("brazilsouth")));
            (await cancelled.CallAsync("cancel")).Response();
            await AssertEndAsync(cancelled, exitCode: 0);
        }

        await using var deserted = await StartAsync();
        (await deserted.CallAsync("handshake", PackRequests.Handshake())).Response();
        deserted.Pack.CloseEngine();
        await AssertEndAsync(deserted, exitCode: 1);
    }

    /// <summary>With one, 'dotnet run' prints a line before the port, which the CLI takes for the port.</summary>
    [Fact]
    public void No_project_has_launch_settings()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive };
        Assert.DoesNotContain(
            new[] { "launchSettings.json", "*.run.json" }.SelectMany(pattern => Directory.EnumerateFiles(Repository.Root, pattern, options)),
            file => !file.Contains($"{Path.DirectorySeparatorChar}node_modules{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
    }

    private static async Task<PackConversation> StartAsync() => await PackConversation.WithAsync(
        await RunningPack.StartAsync("dotnet", "run", ["--no-build", "--project", Project, "--"]));

    private static async Task AssertEndAsync(PackConversation pack, int exitCode)
    {
        var end = await pack.Pack.WaitAsync();

        Assert.Equal((exitCode, ""), (end.ExitCode, end.Output));
        Assert.InRange(end.Time, TimeSpan.Zero, RunningPack.AtOnce);

        // 'dotnet run' is only the parent: the pack itself has to be gone.
        Assert.Equal(StatusCode.Unavailable, (await pack.CallAsync("getPluginInfo")).Code());
    }

    private static async Task BuildAsync()
    {
        // Build servers that outlive the build would keep its output open, and reading it would never end.
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", Project])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = build.StandardOutput.ReadToEndAsync();
        var errors = build.StandardError.ReadToEndAsync();
        await build.WaitForExitAsync().WaitAsync(BuildTime);
        Assert.True(build.ExitCode == 0, await output + await errors);
    }
}
