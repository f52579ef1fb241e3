using CantonInfra.Protocol.Hosting;

namespace CantonInfra.Policy.Files;

/// <summary>A file beside the pack cannot be followed; the pack must not start.</summary>
internal sealed class MalformedFileException(string path, long line, string what, Exception? cause = null, string? advice = null)
    : PluginStartException($"{path}:{line}: {what} {advice ?? Default(path)}", cause)
{
    private static string Default(string path) =>
        $"The policy pack does not start without a valid {Path.GetFileName(path)}, so that nothing passes unjudged; {WhatToMend(path)}";

    // A build copies the file beside the assembly: what is mended there is lost with the next one.
    private static string WhatToMend(string path)
    {
        var source = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "..", "..", "..", Path.GetFileName(path)));
        return Path.GetFullPath(path).Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && File.Exists(source)
            ? $"mend {source}, which this one is a copy of."
            : "mend the file.";
    }
}
