using System.Diagnostics;
using System.Text.RegularExpressions;
using CantonInfra.Fakes;

namespace CantonInfra.Tools.Tests.Documents;

/// <summary>
/// A folder in which a reader could type what documents show: this repository with its own git, two stacks, the built command line, and
/// other people's tools stood in for by programs that write down what they were asked.
/// </summary>
public sealed partial class CommandFolder : IDisposable
{
    private static readonly string[] Tools = ["az", "dig", "dotnet", "kubectl", "npm", "pg_dump", "pg_restore", "psql", "pulumi"];
    private static readonly string[] Own = [".git", ".cache", "canton-infra", "docs", "test", "Pulumi.yaml", ".gitignore"];

    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-docs-").FullName;

    public CommandFolder()
    {
        foreach (var entry in new DirectoryInfo(CommandRun.Repository).EnumerateFileSystemInfos().Where(entry => !Own.Contains(entry.Name) && !IsStack(entry.Name)))
        {
            File.CreateSymbolicLink(PathOf(entry.Name), entry.FullName);
        }

        foreach (var file in (string[])["Pulumi.devnet.yaml", "Pulumi.mainnet.yaml"])
        {
            File.Copy(Path.Combine(CommandRun.Repository, file), PathOf(file));
        }

        // The program is where it is built; no other commit is ever built here. What commands write is no source of it.
        File.WriteAllText(PathOf("Pulumi.yaml"), File.ReadAllText(Path.Combine(CommandRun.Repository, "Pulumi.yaml"))
            .Replace("main: infra", $"main: {Path.Combine(CommandRun.Repository, "infra")}", StringComparison.Ordinal)
            .Replace("path: providers", $"path: {Path.Combine(CommandRun.Repository, "providers")}", StringComparison.Ordinal));
        File.WriteAllText(PathOf(".gitignore"), File.ReadAllText(Path.Combine(CommandRun.Repository, ".gitignore")) + "*.dump\n*.json\n");

        var assembly = Path.Combine(CommandRun.Repository, "tools", "bin", "Release", "net10.0", "canton-infra.dll");
        var host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

        // What asks somebody elsewhere is written down like the others; their own tests run them against stand-ins of whom they ask.
        Script("canton-infra", $"""
            case "$1" in rights | idp) asked canton-infra "$@"; exit 0 ;; esac
            for word; do [ "$word" != --live ] || asked canton-infra "$@"; [ "$word" != --live ] || exit 0; done
            exec "{host}" "{assembly}" "$@"
            """);
        Script("test", "asked ./test \"$@\"");
        foreach (var tool in Tools)
        {
            // A script of ours stops at the first call: that its own arguments were taken is all that is asked of it here.
            Script($"bin/{tool}", $"""
                [ -z "${"{STOP:-}"}" ] || exit 97
                asked {tool} "$@"
                [ "{tool} ${"{1:-}"}" != 'pulumi version' ] || echo v3.999.0
                """);
        }

        foreach (var script in Directory.EnumerateFiles(Path.Combine(CommandRun.Repository, "docs", "runbooks", "scripts")))
        {
            Script($"docs/runbooks/scripts/{Path.GetFileName(script)}", $"asked {Path.GetFileName(script)} \"$@\"\ncode=0; STOP=1 '{script}' \"$@\" || code=$?\n[ $code -ne 2 ]");
        }

        foreach (var arguments in (string[][])[["init", "--quiet", "--initial-branch=main"], ["add", "--all"], ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "a"]])
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder })!;
            git.WaitForExit();
            Assert.Equal(0, git.ExitCode);
        }
    }

    /// <summary>What was asked since the last look, each call as the tool and its arguments.</summary>
    public string[][] TakeCalls()
    {
        var log = PathOf(".cache/calls");
        if (!File.Exists(log))
        {
            return [];
        }

        var calls = File.ReadAllText(log).Split('\u001e', StringSplitOptions.RemoveEmptyEntries)
            .Select(call => call.Split('\u001f')).ToArray();
        File.Delete(log);
        return calls;
    }

    /// <summary>Types a command.</summary>
    /// <param name="before">Lines that hold for it.</param>
    /// <param name="line">The command; what a reader has to fill in is filled in.</param>
    public (int ExitCode, string Output) Type(string before, string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"{before}\n{Filled(line)}"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["PATH"] = $"{PathOf("bin")}{Path.PathSeparator}{start.Environment["PATH"]}";
        foreach (var name in (string[])["DEPLOYERS_GROUP_ID", "SUBSCRIPTION_ID", "ME"])
        {
            start.Environment[name] = "00000000-0000-0000-0000-000000000001";
        }

        start.Environment["MY_ADDRESS"] = "203.0.113.7";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        foreach (var link in new DirectoryInfo(_folder).EnumerateFileSystemInfos().Where(entry => entry.LinkTarget is not null))
        {
            link.Delete();
        }

        Directory.Delete(_folder, recursive: true);
    }

    // Nobody stands in for what is looked for in an answer.
    private string Filled(string line) => Filter().Replace(Placeholder().Replace(line, "placeholder"), "| cat")
        .Replace("/backups/", PathOf(".cache/backups/"), StringComparison.Ordinal)
        .Replace("/packs/", PathOf(".cache/packs/"), StringComparison.Ordinal);

    private string PathOf(string path) => Path.Combine(_folder, path);

    private static bool IsStack(string name) => name.StartsWith("Pulumi.", StringComparison.Ordinal) && name.EndsWith(".yaml", StringComparison.Ordinal);

    private void Script(string path, string body)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        ExecutableScript.Write(PathOf(path), $$"""
            set -euo pipefail
            asked() { mkdir -p '{{PathOf(".cache")}}'; (IFS=$'\x1f'; printf '%s\x1e' "$*" >>'{{PathOf(".cache/calls")}}'); }
            {{body}}

            """);
    }

    [GeneratedRegex(@"\| grep .*$")]
    private static partial Regex Filter();

    // What a document leaves to its reader.
    [GeneratedRegex("<[A-Za-z][^<>|]*>|…")]
    private static partial Regex Placeholder();
}
