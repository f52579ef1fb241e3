using System.Collections.Concurrent;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Monitor;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Engine.Projects;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Providers;

/// <summary>
/// The provider plugins that the project names. Each is started by the first resource of its package, and asked for what needs
/// neither network nor settings: whether inputs are well, and what their defaults are.
/// </summary>
internal sealed class PreviewProviders(
    StackConfiguration configuration, PolicyTimeouts timeouts, DiagnosticLog log, IProgress<PreviewProgress>? progress) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<ProviderPlugin?>>> _plugins = new(StringComparer.Ordinal);
    private string _engineAddress = "";

    /// <summary>Says where the engine is, which plugins watch.</summary>
    public void Serve(string engineAddress) => _engineAddress = engineAddress;

    /// <summary>Checks the inputs of a resource or of a provider; what is wrong becomes an error of the run.</summary>
    /// <returns>The inputs to go on with: those of the plugin where all is well.</returns>
    public async Task<MapValue> CheckAsync(PlannedResource resource, CancellationToken cancellation)
    {
        var package = ProviderReference.PackageOf(resource.Type);
        if (resource.Kind is ResourceKind.Component or ResourceKind.Read || !configuration.Project.ProviderPlugins.ContainsKey(package))
        {
            return resource.Inputs;
        }

        try
        {
            var plugin = await _plugins.GetOrAdd(package, name => new(() => StartAsync(name))).Value.WaitAsync(cancellation);
            return plugin is null ? resource.Inputs : await plugin.CheckAsync(resource, log, cancellation);
        }
        catch (RunFailedException exception)
        {
            log.Add(exception.Diagnostic);
            return resource.Inputs;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var plugin in _plugins.Values)
        {
            try
            {
                if (await plugin.Value is { } started)
                {
                    await started.DisposeAsync();
                }
            }
            catch (OperationCanceledException)
            {
                // It was still starting.
            }
        }

        _stop.Dispose();
    }

    // One that cannot start is told once and asked nothing; the error fails the run.
    private async Task<ProviderPlugin?> StartAsync(string package)
    {
        try
        {
            return await ProviderPlugin.StartAsync(
                package, configuration.Project, _engineAddress, timeouts, progress, line => log.Add(new Diagnostic("provider", DiagnosticSeverity.Info, $"{package}: {line}")), _stop.Token);
        }
        catch (RunFailedException exception)
        {
            log.Add(exception.Diagnostic);
        }
        catch (ConfigurationException exception)
        {
            foreach (var diagnostic in exception.Diagnostics)
            {
                log.Add(diagnostic);
            }
        }

        return null;
    }
}
