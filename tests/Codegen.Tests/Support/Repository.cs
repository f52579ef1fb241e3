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
