namespace CantonInfra.Tools.Differences.Sources;

/// <summary>Tells files that programs are made of from all others.</summary>
internal static class ProgramSources
{
    // Folders of a project that no program is built from: what judges, shows, tests or describes it.
    private static readonly string[] Others =
        [".ci/", ".github/", "benchmarks/", "docs/", "engine/", "policy/", "reports/", "tests/", "tools/"];

    private static readonly string[] OtherEndings = [".md", ".png", ".svg"];

    /// <summary>Whether a change of a file can change what a program declares, settings aside.</summary>
    /// <param name="path">The file, from the project's folder.</param>
    public static bool Has(string path) =>
        !Others.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))
        && !OtherEndings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))
        && !IsStackFile(path);

    private static bool IsStackFile(string path) =>
        path.StartsWith("Pulumi.", StringComparison.Ordinal) && path.EndsWith(".yaml", StringComparison.Ordinal) && path != "Pulumi.yaml"
        && !path.Contains('/', StringComparison.Ordinal);
}
