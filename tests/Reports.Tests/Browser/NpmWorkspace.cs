using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using CantonInfra.Reports.Pdf;

namespace CantonInfra.Reports.Tests.Browser;

/// <summary>The npm packages of tests/Reports, installed once, and a Chromium; in CI what is missing is installed, and has to be there.</summary>
internal static class NpmWorkspace
{
    private const string Stamp = ".canton-infra-lock";
    private const int LockAttempts = 1500;

    private static readonly TimeSpan LockDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    private static readonly Lazy<string?> Packages = new(PreparePackages, LazyThreadSafetyMode.ExecutionAndPublication);
    private static readonly Lazy<string?> Browser = new(PrepareBrowser, LazyThreadSafetyMode.ExecutionAndPublication);

    private static bool IsRequired => Environment.GetEnvironmentVariable("CI") is { Length: > 0 } and not "false";

    /// <summary>Why tests that need the packages are skipped; null in CI, where what is missing has to fail.</summary>
    public static string? SkipReason => IsRequired ? null : Packages.Value;

    /// <summary>The same of tests that need a browser too.</summary>
    public static string? BrowserSkipReason => IsRequired ? null : Packages.Value ?? Browser.Value;

    /// <summary>Fails the test where the packages are missing.</summary>
    public static void Require() => Assert.True(Packages.Value is null, Packages.Value);

    /// <summary>Fails the test where the packages or a browser are missing; else gives the browser.</summary>
    public static string RequireBrowser()
    {
        Require();
        Assert.True(Browser.Value is null, Browser.Value);
        return Chromium.Find(Environment.GetEnvironmentVariable)!.ProgramPath;
    }

    /// <summary>Runs a script of tests/Reports to its end.</summary>
    public static (int ExitCode, string Output) RunScript(string script, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Run("node", environment, [script, .. arguments]);

    private static string? PreparePackages()
    {
        try
        {
            using var _ = TakeLock();
            var wanted = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(Repository.Workspace, "package-lock.json"))));
            var stamp = Path.Combine(Repository.Workspace, "node_modules", Stamp);
            if (File.Exists(stamp) && File.ReadAllText(stamp) == wanted)
            {
                return null;
            }

            var (code, output) = Run("npm", new Dictionary<string, string>(), "ci", "--no-progress", "--loglevel=error", "--ignore-scripts");
            if (code != 0)
            {
                return $"'npm ci' in tests/Reports failed: {output}";
            }

            File.WriteAllText(stamp, wanted);
            return null;
        }
        catch (Win32Exception exception)
        {
            return $"Node.js with npm is needed for what judges reports: {exception.Message}";
        }
    }

    private static string? PrepareBrowser()
    {
        if (Chromium.Find(Environment.GetEnvironmentVariable) is null && IsRequired && OperatingSystem.IsLinux() && Environment.UserName == "root")
        {
            _ = Run("apt-get", new Dictionary<string, string>(), "update", "-qq");
            var (code, output) = Run(
                "apt-get", new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" }, "install", "-y", "-qq", "--no-install-recommends", "chromium");
            if (code != 0)
            {
                return $"Chromium cannot be installed: {output}";
            }
        }

        return Chromium.Find(Environment.GetEnvironmentVariable) is null ? $"There is no Chromium on this machine. {Chromium.Help}" : null;
    }

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

    private static (int ExitCode, string Output) Run(string file, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // On Windows npm is a script, which only the shell finds.
        var info = OperatingSystem.IsWindows() && file == "npm"
            ? new ProcessStartInfo("cmd", ["/c", "npm", .. arguments])
            : new ProcessStartInfo(file, arguments);
        info.WorkingDirectory = Repository.Workspace;
        info.RedirectStandardInput = true;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        using var process = Process.Start(info) ?? throw new InvalidOperationException($"'{file}' did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"'{file}' did not end within {Limit.TotalMinutes} minutes");
        }

        return (process.ExitCode, $"{output.Result}{errors.Result}");
    }
}
