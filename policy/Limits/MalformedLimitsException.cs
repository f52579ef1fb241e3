using CantonInfra.Protocol.Hosting;

namespace CantonInfra.Policy.Limits;

/// <summary>limits.yaml cannot be followed; the pack must not start.</summary>
internal sealed class MalformedLimitsException(string path, long line, string what, Exception? cause = null)
    : PluginStartException(
        $"{path}:{line}: {what} The policy pack does not start without valid limits, so that nothing passes unjudged; mend the file.",
        cause);
