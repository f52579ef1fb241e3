namespace CantonInfra.ProtocolConformance.Tests.Node;

/// <summary>Folders of the working copy that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The Node workspace with the official packages.</summary>
    public static string Conformance { get; } = Path.Combine(Root, "tests", "Conformance");

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
