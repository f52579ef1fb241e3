namespace CantonInfra.Infra.Tests.Support;

/// <summary>An authority of peers: the one of the settings that the reference is made from.</summary>
internal static class PeerAuthority
{
    /// <summary>Its certificate in PEM, as lines of a stack file with ten spaces in front.</summary>
    public static string Pem { get; } = Read();

    private static string Read()
    {
        var lines = File.ReadAllLines(Path.Combine(
            ProjectFolder.Repository, "tests", "Infra.Tests", "Settings", "Reference", "environment.yaml"));
        var begin = Array.FindIndex(lines, line => line.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal));
        var end = Array.FindIndex(lines, line => line.Contains("END CERTIFICATE", StringComparison.Ordinal));
        return string.Join('\n', lines[begin..(end + 1)]);
    }
}
