using System.Diagnostics.CodeAnalysis;
using CantonInfra.Protocol.Hosting;

namespace CantonInfra.ProviderSdk;

/// <summary>The entry point of a provider plugin's program.</summary>
public static class ProviderProcess
{
    /// <summary>Serves the provider until the engine is done with it; the result is the exit code.</summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="load">Makes the provider.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "It lives as long as the process.")]
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, Func<IResourceProvider> load) =>
        PluginProcess.RunAsync(arguments, plugin => new ProviderService(load(), plugin.Stop).Handlers());
}
