namespace CantonInfra.Goldens.Tests;

/// <summary>Expected output that is kept as a file, reviewed like code and accepted by a command.</summary>
internal static class Golden
{
    private const string AcceptVariable = "CANTON_INFRA_ACCEPT_GOLDENS";

    /// <summary>The repository's root folder.</summary>
    public static string Repository { get; } = FindRepository();

    private static string Folder { get; } = Path.Combine(Repository, "tests", "Goldens.Tests", "Golden");

    private static bool Accepts => Environment.GetEnvironmentVariable(AcceptVariable) == "1";

    /// <summary>Holds a text against its golden file; with the accept variable set, writes the file instead.</summary>
    /// <param name="name">The file below <c>tests/Goldens.Tests/Golden</c>.</param>
    /// <param name="actual">The text.</param>
    public static void Check(string name, string actual) => CheckPage($"tests/Goldens.Tests/Golden/{name}", actual);

    /// <summary>Holds a text against a file of the repository; with the accept variable set, writes the file instead.</summary>
    /// <param name="name">The file below the repository's root.</param>
    /// <param name="actual">The text.</param>
    public static void CheckPage(string name, string actual)
    {
        var path = Path.Combine(Repository, name);
        if (Accepts)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (expected != actual)
        {
            Assert.Fail(
                $"{name} is not what the program yields now; {FirstDifference(expected, actual)}\n"
                + "If the change is meant, accept it and review the difference:\n"
                + $"  {AcceptVariable}=1 dotnet test -c Release tests/{typeof(Golden).Assembly.GetName().Name} && git diff {name}");
        }
    }

    /// <summary>The golden files that no test asked for are left-overs.</summary>
    public static IEnumerable<string> Names() => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace(Path.DirectorySeparatorChar, '/'))
        : [];

    private static string FirstDifference(string expected, string actual)
    {
        var was = expected.Split('\n');
        var now = actual.Split('\n');
        for (var line = 0; line < Math.Max(was.Length, now.Length); line++)
        {
            var before = line < was.Length ? was[line] : "(nothing)";
            var after = line < now.Length ? now[line] : "(nothing)";
            if (before != after)
            {
                return string.Create(
                    System.Globalization.CultureInfo.InvariantCulture, $"first in line {line + 1}:\n  expected: {before}\n  actual:   {after}");
            }
        }

        return "they differ in line endings only";
    }

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
