using System.Collections.Immutable;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Policies.Configuration;

namespace CantonInfra.Engine.Policies;

/// <summary>A policy pack to start.</summary>
/// <param name="Path">Its folder, as the user named it.</param>
/// <param name="Configuration">What the user configured for it; null for nothing.</param>
internal sealed record PolicyPackSource(string Path, PolicyConfigurationFile? Configuration)
{
    /// <summary>The packs of a request, with the configuration at the same position.</summary>
    /// <exception cref="ConfigurationException">A configuration is malformed, or there are more or fewer than packs.</exception>
    public static ImmutableArray<PolicyPackSource> Of(PreviewRequest request)
    {
        var files = request.PolicyConfigurations;
        return files.Length == 0 || files.Length == request.PolicyPacks.Length
            ? [.. request.PolicyPacks.Select((path, index) => new PolicyPackSource(path, files.Length == 0 ? null : PolicyConfigurationFile.Load(files[index])))]
            : throw new ConfigurationException(Diagnostic.Error(
                "policy-config", "There must be one policy configuration for each policy pack, in the same order, or none at all."));
    }
}
