using System.ComponentModel;
using System.Security.Cryptography;

namespace CantonInfra.Conformance.Tests.Support;

/// <summary>The official packages: installed once, again when the lock file changes.</summary>
internal static class NodeWorkspace
{
    private const string Stamp = ".canton-infra-lock";

    private const int LockAttempts = 1500;

    private static readonly TimeSpan LockDelay = TimeSpan.FromMilliseconds(200);

    private static readonly Lazy<string?> Preparation = new(Prepare, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Why the official packages are not at hand; null where they are.</summary>
    public static string? Missing => Preparation.Value;

    /// <summary>Why tests that need the packages are skipped: never in CI, where what is missing has to fail.</summary>
    public static string? SkipReason =>
        Environment.GetEnvironmentVariable("CI") is { Length: > 0 } and not "false" ? null : Missing;

    /// <summary>Fails the test where something is missing.</summary>
    public static void Require() => Assert.True(Missing is null, Missing);

    private static string Modules { get; } = Path.Combine(Repository.Workspace, "node_modules");

    private static string? Prepare()
    {
        try
        {
            using (TakeLock())
            {
                if (Install() is { } failure)
                {
                    return failure;
                }
            }

            UseInstalledNode();

            // Half of a small program's time goes into compiling the SDK.
            Environment.SetEnvironmentVariable("NODE_COMPILE_CACHE", Path.Combine(Repository.Workspace, ".cache", "node"));

            // The SDK maps each frame of a stack trace to its source, which takes seconds for some files of its own and never
            // ends for one. No test reads traces.
            Environment.SetEnvironmentVariable("NODE_OPTIONS", "--stack-trace-limit=0");
            return Run("node", "--version").ExitCode == 0 ? null : "'node' does not run";
        }
        catch (Win32Exception exception)
        {
            return $"Node.js with npm is needed for the official packages: {exception.Message}";
        }
    }

    // ProtocolConformance.Tests install into the same folder and take the same lock.
    private static FileStream TakeLock()
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Workspace, "obj")).FullName, "npm-ci.lock");
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < LockAttempts)
            {
                Task.Delay(LockDelay).GetAwaiter().GetResult();
            }
        }
    }

    private static string? Install()
    {
        var wanted = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(Repository.Workspace, "package-lock.json"))));
        var stamp = Path.Combine(Modules, Stamp);
        if (File.Exists(stamp) && File.ReadAllText(stamp) == wanted)
        {
            return null;
        }

        var (code, output) = Run("npm", "ci", "--no-progress", "--loglevel=error");
        if (code != 0)
        {
            return $"'npm ci' in tests/Conformance failed: {output}";
        }

        File.WriteAllText(stamp, wanted);
        return null;
    }

    // The official SDK wants Node 22. It comes as a package where there is one for the machine; else the machine's own serves.
    private static void UseInstalledNode()
    {
        var folder = Directory.EnumerateDirectories(Modules, "node-*-*")
            .Select(package => Path.Combine(package, "bin"))
            .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "node")) || File.Exists(Path.Combine(bin, "node.exe")));
        if (folder is not null)
        {
            Environment.SetEnvironmentVariable(
                "PATH", $"{folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}");
        }
    }

    private static (int ExitCode, string Output) Run(string file, params string[] arguments) =>
        Commands.Run(file, Repository.Workspace, arguments);
}
