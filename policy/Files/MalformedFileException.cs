using CantonInfra.Protocol.Hosting;

namespace CantonInfra.Policy.Files;

/// <summary>A file beside the pack cannot be followed; the pack must not start.</summary>
internal sealed class MalformedFileException(string path, long line, string what, Exception? cause = null, string? advice = null)
    : PluginStartException($"{path}:{line}: {what} {advice ?? Default(path)}", cause)
{
    private static string Default(string path) =>
        $"The policy pack does not start without a valid {Path.GetFileName(path)}, so that nothing passes unjudged; mend the file.";
}
