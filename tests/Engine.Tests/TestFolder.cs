using CantonInfra.Engine.Projects;

namespace CantonInfra.Engine.Tests;

/// <summary>A folder of a test's own with a project in it.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder()
    {
        Path = Directory.CreateTempSubdirectory("canton-infra-").FullName;
    }

    public string Path { get; }

    /// <summary>The repository's folder that holds the programs for tests.</summary>
    public static string Programs { get; } = System.IO.Path.Combine(RepositoryRoot(), "tests", "Programs");

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a project with one stack, 'dev'.</summary>
    public StackConfiguration Project(string stackFile = "", string project = "name: probe\nruntime: dotnet\n", params string[] overrides)
    {
        Write("Pulumi.yaml", project);
        Write("Pulumi.dev.yaml", stackFile);
        return StackConfiguration.Load(ProjectFile.Load(Path), "dev", overrides, _ => null);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Infra.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
