namespace CantonInfra.Codegen.Tests.Support;

/// <summary>Finds folders of the working copy that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindUpwards(AppContext.BaseDirectory, folder => File.Exists(Path.Combine(folder, "Infra.sln")))
        ?? throw new InvalidOperationException("the tests do not run inside the repository");

    /// <summary>The sheets of the official packages' public surface, which live beside the repository; null without them.</summary>
    public static string? ApiSheets { get; } =
        FindUpwards(Root, folder => Directory.Exists(Path.Combine(folder, "shared", "api"))) is { } found
            ? Path.Combine(found, "shared", "api")
            : null;

    public static string Schema(string package) => File.ReadAllText(Path.Combine(Root, "sdk", package, "schema.json"));

    /// <summary>The sources that stand beside a package's schema, not those that builds leave there.</summary>
    public static IEnumerable<string> Overlays(string package)
    {
        var folder = Path.Combine(Root, "sdk", package);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);
    }

    public static string Embedded(string name)
    {
        using var stream = typeof(Repository).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"no embedded file {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string? FindUpwards(string start, Func<string, bool> isIt)
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (isIt(folder))
            {
                return folder;
            }
        }

        return null;
    }
}
