using System.Diagnostics;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.ProtocolConformance.Tests.Node;

namespace CantonInfra.ProtocolConformance.Tests.Pack;

/// <summary>What 'dotnet publish' makes of the pack, started in both ways in which the Pulumi CLI starts such packs.</summary>
public sealed class PublishedPackTests : IDisposable
{
    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("canton infra-").FullName;

    [OfficialFact]
    public async Task It_serves_from_its_folder_and_as_an_executable_and_nothing_is_built()
    {
        // The tests' own build has built the pack in the same configuration.
        await DotNetAsync("publish", Path.Combine(Repository.Root, "policy"), "-c", "Release", "--no-build", "-nologo", "-o", _folder);
        var published = Files();
        Assert.Contains("PulumiPolicy.yaml", published);
        Assert.Contains("limits.yaml", published);
        Assert.DoesNotContain("binary", await File.ReadAllTextAsync(Path.Combine(_folder, "PulumiPolicy.yaml")), StringComparison.Ordinal);

        // From a folder: build it, run it without building.
        await DotNetAsync("build", _folder);
        await ConverseAsync(await RunningPack.StartAsync("dotnet", "run", ["--no-build", "--project", _folder, "--"]));

        // As an executable: the flag stands for those that the CLI puts before the address.
        var name = OperatingSystem.IsWindows() ? "CantonInfra.Policy.exe" : "CantonInfra.Policy";
        await ConverseAsync(await RunningPack.StartAsync(Path.Combine(_folder, name), "--logtostderr", []));

        Assert.Equal(published, Files());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task ConverseAsync(RunningPack running)
    {
        await using var pack = await PackConversation.WithAsync(running);
        Assert.Matches("^[0-9]+$", pack.Pack.PortLine);
        (await pack.CallAsync("handshake", PackRequests.Handshake())).Response();
        (await pack.CallAsync("configureStack", PackRequests.Stack("mainnet"))).Response();
        (await pack.CallAsync("getPluginInfo")).Response();
        Assert.Equal("canton-guardrails", (string)(await pack.CallAsync("getAnalyzerInfo")).Response()["name"]!);
        Assert.Single(await pack.AnalyzeAsync(PackRequests.Network("brazilsouth")));
        (await pack.CallAsync("cancel")).Response();
        var end = await pack.Pack.WaitAsync();
        Assert.Equal((0, ""), (end.ExitCode, end.Output));
    }

    private string[] Files() =>
    [
        .. Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_folder, path))
            .Order(StringComparer.Ordinal),
    ];

    private static async Task DotNetAsync(params string[] arguments)
    {
        // Build servers that outlive the build would keep its output open, and reading it would never end.
        using var build = Process.Start(new ProcessStartInfo("dotnet", [.. arguments, "-nodeReuse:false", "-p:UseSharedCompilation=false"])
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
