using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Monitor;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Plugins;
using CantonInfra.Engine.Policies;
using CantonInfra.Engine.Programs;
using CantonInfra.Engine.Projects;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Engine.Providers;

/// <summary>A provider that runs as a process and answers over the ResourceProvider protocol. It is never configured.</summary>
internal sealed class ProviderPlugin : IAsyncDisposable
{
    private const string FileName = "PulumiPlugin.yaml";

    // What the engine itself reads of a provider's settings; the plugin is not asked about it.
    private static readonly string[] EngineSettings = ["version", "pluginDownloadURL"];

    private readonly RunningPlugin _plugin;
    private readonly PolicyTimeouts _timeouts;
    private readonly ProviderHandshakeResponse _agreed;

    private ProviderPlugin(RunningPlugin plugin, PolicyTimeouts timeouts, ProviderHandshakeResponse agreed) =>
        (_plugin, _timeouts, _agreed) = (plugin, timeouts, agreed);

    /// <summary>Starts the plugin of a package.</summary>
    /// <exception cref="ConfigurationException">There is none where the project says.</exception>
    /// <exception cref="RunFailedException">It does not start or answer.</exception>
    public static async Task<ProviderPlugin> StartAsync(
        string package,
        ProjectFile project,
        string engineAddress,
        PolicyTimeouts timeouts,
        IProgress<PreviewProgress>? progress,
        Action<string> onMessage,
        CancellationToken cancellation)
    {
        var directory = project.ProviderPlugins[package];
        if (!File.Exists(LanguageRuntimes.ProviderExecutable(package, directory)))
        {
            RequireDotNet(package, directory);
            await DotNetBuild.EnsureAsync(directory, "provider", progress, cancellation);
        }

        var agreed = new ProviderHandshakeResponse();
        var plugin = await RunningPlugin.StartAsync(
            new PluginIdentity($"The provider '{package}'", "provider", ProviderMethods.Cancel),
            LanguageRuntimes.Provider(package, directory, engineAddress, project.ProgramDirectory),
            async (channel, token) => agreed = await channel.CallAsync(
                ProviderMethods.Handshake,
                new ProviderHandshakeRequest { EngineAddress = engineAddress, RootDirectory = directory, ProgramDirectory = directory, ConfigureWithUrn = true },
                cancellationToken: token),
            timeouts.Start,
            onMessage,
            cancellation);
        return new ProviderPlugin(plugin, timeouts, agreed);
    }

    /// <summary>Checks inputs.</summary>
    /// <returns>The inputs with defaults; as they were where something is wrong, which the log then says.</returns>
    public async Task<MapValue> CheckAsync(PlannedResource resource, DiagnosticLog log, CancellationToken cancellation)
    {
        var isProvider = ProviderReference.IsProviderType(resource.Type);
        var (asked, kept) = isProvider ? Split(resource.Inputs) : (resource.Inputs, MapValue.Empty);
        var request = new CheckRequest
        {
            Urn = resource.Urn,
            Type = resource.Type,
            Name = resource.Name,
            News = PropertyEncoding.Encode(asked, new EncodingOptions(_agreed.AcceptSecrets, _agreed.AcceptResources, OutputValues: false)),
        };
        var response = await _plugin.CallAsync(
            isProvider ? ProviderMethods.CheckConfig : ProviderMethods.Check,
            request,
            isProvider ? new CheckResponse { Inputs = request.News } : null,
            $"'{resource.Urn}'",
            _timeouts.Call,
            cancellation);
        foreach (var failure in response.Failures)
        {
            var place = failure.Property.Length > 0 ? $" ({failure.Property})" : "";
            log.Add(Diagnostic.Error("provider-check", $"'{resource.Name}' of type '{resource.Type}'{place}: {failure.Reason}", urn: resource.Urn));
        }

        // A plugin that was not sent the marks of secrets cannot give them back.
        return response.Failures.Count > 0 || response.Inputs is null || (asked.ContainsSecrets && !_agreed.AcceptSecrets)
            ? resource.Inputs
            : new MapValue([.. PropertyDecoding.Decode(response.Inputs).Entries, .. kept.Entries]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _plugin.DisposeAsync();

    private static (MapValue Asked, MapValue Kept) Split(MapValue inputs) => (
        new MapValue(inputs.Entries.Where(entry => !EngineSettings.Contains(entry.Key))),
        new MapValue(inputs.Entries.Where(entry => EngineSettings.Contains(entry.Key))));

    private static void RequireDotNet(string package, string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            throw new ConfigurationException(Diagnostic.Error(
                "provider-missing",
                $"'plugins.providers' of Pulumi.yaml names '{directory}' for '{package}', which has neither pulumi-resource-{package} nor {FileName}."));
        }

        var runtime = YamlFile.Load(path, path).Runtime();
        if (runtime != "dotnet")
        {
            throw new ConfigurationException(Diagnostic.Error(
                "provider-runtime", $"The runtime '{runtime}' of a provider is not one of: dotnet.", new SourceLocation(path, 1)));
        }
    }
}
