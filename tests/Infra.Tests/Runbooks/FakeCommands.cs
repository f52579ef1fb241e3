using CantonInfra.Fakes;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Runbooks;

/// <summary>A folder of commands that stand in for others on the PATH and write down what they were asked.</summary>
internal sealed class FakeCommands : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("canton-fakes-").FullName;

    /// <summary>What was called, one call a line, arguments between bars.</summary>
    public string[] Calls => File.Exists(LogFile) ? File.ReadAllLines(LogFile) : [];

    private string LogFile => Path.Combine(_folder, "calls.log");

    /// <summary>The path of a file beside the commands.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Adds a command; the body is bash, with STATE as the folder.</summary>
    public FakeCommands Add(string name, string body)
    {
        ExecutableScript.Write(
            Path.Combine(_folder, name),
            $"""
            set -euo pipefail
            STATE={_folder}
            (IFS='|'; printf '%s\n' "{name}|$*" >>"$STATE/calls.log")
            {body}

            """);
        return this;
    }

    /// <summary>Runs a script of the runbooks with these commands.</summary>
    public (int ExitCode, string Output) Run(string script, params string[] arguments) => Scripts.Run(
        Path.Combine(ProjectFolder.Repository, "docs", "runbooks", "scripts", script),
        new Dictionary<string, string>
        {
            ["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}",
            ["RESTART_PAUSE_SECONDS"] = "0",
            ["RESTART_ATTEMPTS"] = "3",
        },
        arguments);

    /// <summary>Runs a script of the repository in the folder of these commands, which stand in for those that it calls by path too.</summary>
    /// <param name="script">The script, from the repository's root.</param>
    /// <param name="environment">Its environment besides the path.</param>
    /// <param name="arguments">Its arguments.</param>
    public (int ExitCode, string Output) RunHere(string script, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Scripts.RunIn(
            _folder,
            Path.Combine(ProjectFolder.Repository, script),
            new Dictionary<string, string>(environment) { ["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}" },
            arguments);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
