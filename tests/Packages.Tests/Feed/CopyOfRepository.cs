using System.Diagnostics;
using System.Text.Json;

namespace CantonInfra.Packages.Tests.Feed;

/// <summary>The program and the SDK in a folder of their own, with feeds of their own and nothing from the machine's.</summary>
public sealed class CopyOfRepository : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] LeftOut = ["bin", "obj", "api"];

    private readonly string _root = Directory.CreateTempSubdirectory("canton-infra-feed-").FullName;

    /// <summary>Makes the copy and both feeds.</summary>
    public CopyOfRepository()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Root).Where(IsBuildFile))
        {
            File.Copy(file, Path.Combine(_root, Path.GetFileName(file)));
        }

        Copy("contracts");
        Copy("infra");
        Copy("providers");
        Copy("sdk");
        WriteFeed("with-pulumi", EmulatedFeed.AddPulumi);
        WriteFeed("without-pulumi", _ => { });
    }

    /// <summary>Builds the program; gives the exit code and what was printed.</summary>
    public async Task<(int ExitCode, string Output)> BuildAsync(string feed, params (string Name, string Value)[] properties)
    {
        // Build servers that outlive the build would keep its output open, and reading it would never end.
        var start = new ProcessStartInfo("dotnet", ["build", "infra", "-nologo", "-clp:NoSummary", "-nodeReuse:false", "-p:UseSharedCompilation=false", $"-p:RestoreConfigFile={Path.Combine(_root, feed)}.config"])
        {
            WorkingDirectory = _root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_root, $"packages-{feed}");
        start.Environment.Remove("PulumiSdk");
        foreach (var (name, value) in properties)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Where the built program's assemblies come from: 'package' or 'project', and the version.</summary>
    public Dictionary<string, string> Sources()
    {
        var file = Path.Combine(_root, "infra", "bin", "Debug", "net10.0", "CantonInfra.Infra.deps.json");
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.GetProperty("libraries").EnumerateObject().ToDictionary(
            library => library.Name.Split('/')[0],
            library => $"{library.Value.GetProperty("type").GetString()} {library.Name.Split('/')[1]}");
    }

    /// <summary>Whether an assembly beside the built program is the one that its package in the feed has.</summary>
    public bool IsFromFeed(string package) =>
        File.ReadAllBytes(Path.Combine(_root, "infra", "bin", "Debug", "net10.0", $"{package}.dll"))
            .AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"{package}.dll")));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static bool IsBuildFile(string file) =>
        Path.GetFileName(file) is { } name
        && (name.StartsWith("Directory.", StringComparison.Ordinal) || name is "BannedSymbols.txt" or ".editorconfig" or "global.json");

    private void Copy(string folder)
    {
        var target = Directory.CreateDirectory(Path.Combine(_root, folder));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder)))
        {
            File.Copy(file, Path.Combine(target.FullName, Path.GetFileName(file)));
        }

        foreach (var name in Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder)).Select(Path.GetFileName).Except(LeftOut))
        {
            Copy(Path.Combine(folder, name!));
        }
    }

    private void WriteFeed(string name, Action<string> fill)
    {
        var feed = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        EmulatedFeed.AddOthers(feed);
        fill(feed);
        File.WriteAllText(
            $"{feed}.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="{name}" value="{feed}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
              <packageSourceMapping><clear /></packageSourceMapping>
            </configuration>
            """);
    }
}
