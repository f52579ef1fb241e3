using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plugins;
using CantonInfra.Engine.Policies.Configuration;
using CantonInfra.Engine.Programs;
using CantonInfra.Engine.Projects;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Engine.Policies;

/// <summary>A policy pack that runs as a process and answers over the Analyzer protocol, started and asked as the Pulumi CLI does.</summary>
internal sealed class PolicyPack : IAsyncDisposable
{
    private readonly string _path;
    private readonly PolicyTimeouts _timeouts;
    private readonly RunningPlugin _plugin;

    private PolicyPack(string path, PolicyTimeouts timeouts, RunningPlugin plugin)
    {
        _path = path;
        _timeouts = timeouts;
        _plugin = plugin;
        Summary = new PolicyPackSummary(path, "", path, []);
    }

    /// <summary>The pack and its policies with the levels in effect.</summary>
    public PolicyPackSummary Summary { get; private set; }

    /// <summary>Whether a policy may mend resources, so that asking is worth a call.</summary>
    public bool Remediates => Summary.Policies.Any(policy => policy.Level == PolicyLevel.Remediate);

    /// <summary>Completes when the process has ended, which it must not do before it is asked to.</summary>
    public Task<int> Exit => _plugin.Exit;

    /// <summary>Starts a pack and makes it ready.</summary>
    /// <param name="source">The pack.</param>
    /// <param name="configuration">The stack that it will judge.</param>
    /// <param name="engineAddress">The engine's address.</param>
    /// <param name="timeouts">How long it may take.</param>
    /// <param name="progress">Is told of a build.</param>
    /// <param name="onMessage">Gets what the pack prints.</param>
    /// <param name="onSecret">Gets the secrets of its configuration, before the pack does.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ConfigurationException">There is no such pack, or it cannot be configured so.</exception>
    /// <exception cref="StackRefusedException">The stack's own settings are wrong to it.</exception>
    /// <exception cref="RunFailedException">It does not start or answer.</exception>
    public static async Task<PolicyPack> StartAsync(
        PolicyPackSource source,
        StackConfiguration configuration,
        string engineAddress,
        PolicyTimeouts timeouts,
        IProgress<PreviewProgress>? progress,
        Action<string> onMessage,
        Action<PropertyValue> onSecret,
        CancellationToken cancellation)
    {
        var file = PolicyPackFile.Load(source.Path);
        if (file.IsDotNetProject)
        {
            await DotNetBuild.EnsureAsync(file.Directory, "policy pack", progress, cancellation);
        }

        var command = file.Command(engineAddress, configuration.Project.ProgramDirectory);
        var plugin = await RunningPlugin.StartAsync(
            new PluginIdentity($"The policy pack '{source.Path}'", "policy-pack", AnalyzerMethods.Cancel),
            command,
            (channel, token) => channel.CallAsync(AnalyzerMethods.Handshake, Handshake(file, engineAddress), cancellationToken: token),
            timeouts.Start,
            onMessage,
            cancellation);
        var pack = new PolicyPack(source.Path, timeouts, plugin);
        try
        {
            await pack.ConfigureAsync(file, configuration, source.Configuration, onSecret, cancellation);
            return pack;
        }
        catch
        {
            await pack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Mends a resource where a policy does.</summary>
    public Task<RemediateResponse> RemediateAsync(AnalyzeRequest request, CancellationToken cancellation) =>
        CallAsync(AnalyzerMethods.Remediate, request, new RemediateResponse(), request.Urn, cancellation);

    /// <summary>Judges a resource.</summary>
    public Task<AnalyzeResponse> AnalyzeAsync(AnalyzeRequest request, CancellationToken cancellation) =>
        CallAsync(AnalyzerMethods.Analyze, request, absent: null, request.Urn, cancellation);

    /// <summary>Judges the stack.</summary>
    public Task<AnalyzeResponse> AnalyzeStackAsync(AnalyzeStackRequest request, CancellationToken cancellation) =>
        CallAsync(AnalyzerMethods.AnalyzeStack, request, new AnalyzeResponse(), "the stack", cancellation);

    /// <inheritdoc cref="RunningPlugin.DescribeExitAsync"/>
    public Task<RunFailedException> DescribeExitAsync() => _plugin.DescribeExitAsync();

    /// <summary>Asks the pack to end, and ends it.</summary>
    public ValueTask DisposeAsync() => _plugin.DisposeAsync();

    private static AnalyzerHandshakeRequest Handshake(PolicyPackFile file, string engineAddress) => new()
    {
        EngineAddress = engineAddress,
        RootDirectory = file.Directory,
        ProgramDirectory = file.Directory,
    };

    private async Task ConfigureAsync(
        PolicyPackFile file,
        StackConfiguration configuration,
        PolicyConfigurationFile? policies,
        Action<PropertyValue> onSecret,
        CancellationToken cancellation)
    {
        await CallAsync(
            AnalyzerMethods.ConfigureStack,
            AnalyzerMessages.ConfigureStack(configuration),
            new AnalyzerStackConfigureResponse(),
            "the stack",
            cancellation,
            exception => new StackRefusedException(Diagnostic.Error(
                "policy-stack", $"The policy pack '{_path}' refuses the stack's settings: {exception.Message}")));
        var plugin = await CallAsync(AnalyzerMethods.GetPluginInfo, new Empty(), absent: null, "the pack", cancellation);
        var info = await CallAsync(AnalyzerMethods.GetAnalyzerInfo, new Empty(), absent: null, "the pack", cancellation);
        var effective = EffectiveConfiguration.Create(info, _path, policies);
        foreach (var secret in effective.Secrets)
        {
            onSecret(secret);
        }

        Summary = Summarize(info, effective, FirstSet(file.Version, info.Version, plugin.Version));
        if (info.SupportsConfig && info.Policies.Count > 0)
        {
            var request = new ConfigureAnalyzerRequest();
            request.PolicyConfig.Add(effective.Policies);
            await CallAsync(AnalyzerMethods.Configure, request, absent: null, "the pack", cancellation, exception => Refusal(policies, exception));
        }
    }

    private Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        TResponse? absent,
        string subject,
        CancellationToken cancellation,
        Func<RpcException, Exception?>? refusal = null)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        _plugin.CallAsync(
            method,
            request,
            absent,
            subject,
            _timeouts.Call,
            cancellation,
            exception => exception.Code == StatusCode.InvalidArgument ? refusal?.Invoke(exception) : null);

    // What the user configured is refused by the pack itself, as disabling what must not be disabled is.
    private ConfigurationException? Refusal(PolicyConfigurationFile? policies, RpcException exception) => policies is null ? null : new(Diagnostic.Error(
        "policy-config", $"The policy pack '{_path}' refuses its configuration: {exception.Message}", new SourceLocation(policies.Path)));

    private static string FirstSet(params string[] texts) => texts.FirstOrDefault(text => text.Length > 0) ?? "";

    private PolicyPackSummary Summarize(AnalyzerInfo info, EffectiveConfiguration effective, string version) => new(
        info.Name.Length > 0 ? info.Name : Path.GetFileName(_path.TrimEnd(Path.DirectorySeparatorChar)),
        version,
        _path,
        [
            .. info.Policies
                .Select(policy => new PolicySummary(
                    policy.Name, policy.Description, PolicyLevels.Of(effective.LevelOf(policy.Name)), PolicyLevels.Text(policy.Severity)))
                .OrderBy(policy => policy.Name, StringComparer.Ordinal),
        ]);
}
