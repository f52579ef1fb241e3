using System.Diagnostics;
using CantonInfra.Fakes;
using CantonInfra.Tools.Deployment;

namespace CantonInfra.Tools.Tests;

/// <summary>The verb as a user runs it, with a command named <c>pulumi</c> on the PATH.</summary>
public sealed class PulumiProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;

    public PulumiProcessTests()
    {
        File.WriteAllText(Path.Combine(_folder, "Pulumi.yaml"), "name: probe\nruntime: dotnet\n");
        Directory.CreateDirectory(Path.Combine(_folder, "policy"));
    }

    [Fact]
    public async Task The_cli_has_terminal_variables_and_exit_code()
    {
        HasCli("""
            echo "[$*] PulumiSdk=$PulumiSdk allowed=${CANTON_INFRA_ALLOW_LOCAL_SDK-none}"
            read -r line
            echo "answer=$line"
            exit 3
            """);
        using var process = Start("up", "--stack", "a b");
        await process.StandardInput.WriteLineAsync("yes");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(3, process.ExitCode);
        Assert.Equal(
            $"[up --policy-pack {Path.Combine(_folder, "policy")} --stack a b] PulumiSdk=nuget allowed=none\nanswer=yes\n", output);
    }

    [Fact]
    public async Task A_deployment_that_is_stopped_ends_by_itself()
    {
        HasCli("""
            trap 'echo stopping; sleep 0.2; echo stopped; exit 9' INT
            echo ready
            while true; do sleep 0.05; done
            """);
        using var process = Start("up");
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync().WaitAsync(Patience));
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        var rest = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync();

        Assert.Equal("stopping\nstopped\n", rest);
        Assert.Equal(9, process.ExitCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void HasCli(string script) => ExecutableScript.Write(
        Path.Combine(_folder, PulumiCli.Command), $"if [ \"$1\" = version ]; then echo v3.259.0; exit 0; fi\n{script}\n");

    private Process Start(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [typeof(PulumiCli).Assembly.Location, "pulumi", .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        info.Environment["PATH"] = $"{_folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        info.Environment["CANTON_INFRA_ALLOW_LOCAL_SDK"] = "1";
        return Process.Start(info)!;
    }
}
