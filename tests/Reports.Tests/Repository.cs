namespace CantonInfra.Reports.Tests;

/// <summary>This repository.</summary>
internal static class Repository
{
    /// <summary>The variable that accepts goldens.</summary>
    public const string AcceptVariable = "CANTON_INFRA_ACCEPT_GOLDENS";

    /// <summary>The root folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>The folder with the npm packages that tests of reports use.</summary>
    public static string Workspace { get; } = Path.Combine(Root, "tests", "Reports");

    /// <summary>Holds a text against a file of the repository; with the accept variable set, writes the file instead.</summary>
    public static void CheckFile(string name, string actual, string filter)
    {
        var path = Path.Combine(Root, name);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.True(
            expected == actual,
            $"{name} is not what it would be now. If the change is meant, accept it and review the difference:\n"
            + $"  {AcceptVariable}=1 dotnet test -c Release tests/Reports.Tests --filter {filter} && git diff {name}");
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Infra.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
