using System.Collections.Concurrent;
using CantonInfra.Engine;
using CantonInfra.Engine.Projects;

namespace CantonInfra.Infra.Tests.Support;

/// <summary>A folder with this project and a stack file of a test's own.</summary>
internal sealed class ProjectFolder : IDisposable
{
    // What most tests compare with: each stack of the repository as it is, previewed once. What a run gives is immutable.
    private static readonly ConcurrentDictionary<string, Lazy<Task<PreviewResult>>> AsTheyAre = [];

    private readonly string _path = Directory.CreateTempSubdirectory("canton-infra-").FullName;

    public ProjectFolder(string stack, string stackFile)
    {
        Stack = stack;
        Text = stackFile;
        var program = Path.Combine(AppContext.BaseDirectory, "CantonInfra.Infra.dll");
        File.WriteAllText(
            Path.Combine(_path, "Pulumi.yaml"),
            $"name: canton-infra\nruntime:\n  name: dotnet\n  options:\n    binary: {program}\n");
        File.WriteAllText(Path.Combine(_path, $"Pulumi.{stack}.yaml"), stackFile);
    }

    public static string Repository { get; } = FindRepository();

    public string Stack { get; }

    private string Text { get; }

    /// <summary>The text of a stack file of the repository.</summary>
    public static string StackFile(string stack) => File.ReadAllText(Path.Combine(Repository, $"Pulumi.{stack}.yaml"));

    public StackConfiguration Load(params string[] overrides) =>
        StackConfiguration.Load(ProjectFile.Load(_path), Stack, overrides, name => name == "PULUMI_CONFIG_PASSPHRASE" ? "password" : null);

    /// <summary>Previews the stack; one of the repository without any change only if no test has done so yet.</summary>
    public Task<PreviewResult> PreviewAsync(params string[] overrides)
    {
        var isAsItIs = overrides.Length == 0
            && File.Exists(Path.Combine(Repository, $"Pulumi.{Stack}.yaml"))
            && Text.TrimEnd() == StackFile(Stack).TrimEnd();
        return isAsItIs ? AsTheyAre.GetOrAdd(Stack, _ => new(() => PreviewAnewAsync())).Value : PreviewAnewAsync(overrides);
    }

    /// <summary>Previews the stack.</summary>
    public Task<PreviewResult> PreviewAnewAsync(params string[] overrides) =>
        new PreviewEngine(TimeProvider.System).PreviewAsync(new PreviewRequest(Load(overrides), []));

    public void Dispose() => Directory.Delete(_path, recursive: true);

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Infra.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
