using System.Globalization;
using CantonInfra.Engine.Diagnostics;
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
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(20);

    // Terminals' progress marks, which 'dotnet run' may print before the port.
    private static readonly string[] TerminalMarks = ["\u001b]9;4;3;\u001b\\", "\u001b]9;4;0;\u001b\\", "\u001b]9;4;3;\a", "\u001b]9;4;0;\a"];

    private readonly string _path;
    private readonly PolicyTimeouts _timeouts;
    private readonly ChildProcess _process;
    private readonly TailBuffer _errors;
    private GrpcChannel? _channel;

    private PolicyPack(string path, PolicyTimeouts timeouts, ChildProcess process, TailBuffer errors)
    {
        _path = path;
        _timeouts = timeouts;
        _process = process;
        _errors = errors;
        Summary = new PolicyPackSummary(path, "", path, []);
    }

    /// <summary>The pack and its policies with the levels in effect.</summary>
    public PolicyPackSummary Summary { get; private set; }

    /// <summary>Whether a policy may mend resources, so that asking is worth a call.</summary>
    public bool Remediates => Summary.Policies.Any(policy => policy.Level == PolicyLevel.Remediate);

    /// <summary>Completes when the process has ended, which it must not do before it is asked to.</summary>
    public Task<int> Exit => _process.Exit;

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
        var port = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var errors = new TailBuffer();
        var process = ChildProcess.Start(
            command,
            line =>
            {
                if (!port.TrySetResult(line))
                {
                    onMessage(line);
                }
            },
            line =>
            {
                errors.Add(line);
                onMessage(line);
            });
        var pack = new PolicyPack(source.Path, timeouts, process, errors);
        try
        {
            await pack.ConnectAsync(port.Task, file, engineAddress, cancellation);
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

    /// <summary>Says how the process ended, once it has.</summary>
    public async Task<RunFailedException> DescribeExitAsync()
    {
        var code = await Exit;
        await _process.DrainAsync(TimeSpan.FromMilliseconds(200));
        return Failure($"ended in mid-run with exit code {code.ToString(CultureInfo.InvariantCulture)}{_errors.Quote()}");
    }

    /// <summary>Asks the pack to end, and ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_channel is not null && !_process.HasExited)
        {
            try
            {
                await _channel.CallAsync(AnalyzerMethods.Cancel, new Empty(), CancelTimeout);
            }
            catch (RpcException)
            {
                // A pack need not know the call; the next line ends it whatever it answers.
            }
        }

        await _process.DisposeAsync();
        _channel?.Dispose();
    }

    private async Task ConnectAsync(Task<string> portLine, PolicyPackFile file, string engineAddress, CancellationToken cancellation)
    {
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        budget.CancelAfter(_timeouts.Start);
        try
        {
            var port = ParsePort(await FirstLineAsync(portLine, budget.Token));
            _channel = new GrpcChannel($"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
            await HandshakeAsync(file, engineAddress, budget.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var seconds = _timeouts.Start.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            throw Failure($"did not become ready within {seconds} s{_errors.Quote()}");
        }
    }

    private async Task ConfigureAsync(
        PolicyPackFile file,
        StackConfiguration configuration,
        PolicyConfigurationFile? policies,
        Action<PropertyValue> onSecret,
        CancellationToken cancellation)
    {
        await CallAsync(
            AnalyzerMethods.ConfigureStack, ConfigureStack(configuration), new AnalyzerStackConfigureResponse(), "the stack", cancellation);
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
            await CallAsync(AnalyzerMethods.Configure, request, absent: null, "the pack", cancellation, policies);
        }
    }

    private async Task<string> FirstLineAsync(Task<string> portLine, CancellationToken cancellation)
    {
        await Task.WhenAny(portLine, Exit).WaitAsync(cancellation);
        if (!portLine.IsCompleted)
        {
            await _process.DrainAsync(TimeSpan.FromMilliseconds(200));
            if (!portLine.IsCompleted)
            {
                throw Failure(
                    $"ended with exit code {(await Exit).ToString(CultureInfo.InvariantCulture)} before it was ready{_errors.Quote()}");
            }
        }

        return await portLine;
    }

    private int ParsePort(string line)
    {
        foreach (var mark in TerminalMarks)
        {
            line = line.Replace(mark, "", StringComparison.Ordinal);
        }

        return int.TryParse(line.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw Failure(
                $"printed '{Shorten(line)}' where the number of its port must stand; a pack prints nothing to its standard output before that");
    }

    private async Task HandshakeAsync(PolicyPackFile file, string engineAddress, CancellationToken cancellation)
    {
        var request = new AnalyzerHandshakeRequest
        {
            EngineAddress = engineAddress,
            RootDirectory = file.Directory,
            ProgramDirectory = file.Directory,
        };
        while (true)
        {
            try
            {
                await _channel!.CallAsync(AnalyzerMethods.Handshake, request, cancellationToken: cancellation);
                return;
            }
            catch (RpcException exception) when (exception.Code == StatusCode.Unimplemented)
            {
                return;
            }
            catch (RpcException exception) when (exception.Code == StatusCode.Unavailable && !_process.HasExited)
            {
                await Task.Delay(RetryDelay, cancellation);
            }
            catch (RpcException exception)
            {
                throw Failure($"failed the handshake: {exception.Message}{_errors.Quote()}");
            }
        }
    }

    // 'absent' is what counts as the answer where the pack does not know the call; null where it must know it.
    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        TResponse? absent,
        string subject,
        CancellationToken cancellation,
        PolicyConfigurationFile? policies = null)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        try
        {
            return await _channel!.CallAsync(method, request, _timeouts.Call, cancellation);
        }
        catch (RpcException exception) when (exception.Code == StatusCode.Unimplemented && absent is not null)
        {
            return absent;
        }
        catch (RpcException exception) when (exception.Code == StatusCode.InvalidArgument && policies is not null)
        {
            // What the user configured is refused by the pack itself, as disabling what must not be disabled is.
            throw new ConfigurationException(Diagnostic.Error(
                "policy-config", $"The policy pack '{_path}' refuses its configuration: {exception.Message}", new SourceLocation(policies.Path)));
        }
        catch (RpcException exception)
        {
            if (exception.Code == StatusCode.Unavailable && await HasEndedAsync())
            {
                throw await DescribeExitAsync();
            }

            throw Failure($"failed {method.Path[(method.Path.LastIndexOf('/') + 1)..]} of {subject}: {exception.Message}");
        }
    }

    // A process that dies closes its connections a moment before it counts as ended.
    private async Task<bool> HasEndedAsync() =>
        await Task.WhenAny(Exit, Task.Delay(TimeSpan.FromMilliseconds(500))) == Exit;

    private RunFailedException Failure(string what) =>
        new(Diagnostic.Error("policy-pack", $"The policy pack '{_path}' {what}."));

    private static string FirstSet(params string[] texts) => texts.FirstOrDefault(text => text.Length > 0) ?? "";

    private static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..80]}…";

    private static AnalyzerStackConfigureRequest ConfigureStack(StackConfiguration configuration)
    {
        var request = new AnalyzerStackConfigureRequest
        {
            Stack = configuration.Stack,
            Project = configuration.Project.Name,
            Organization = StackConfiguration.Organization,
            DryRun = true,
        };
        foreach (var entry in configuration.Entries.Values)
        {
            request.Config[entry.Key.ToString()] = entry.Text ?? Signatures.Unknown;
            if (entry.IsSecret)
            {
                request.ConfigSecretKeys.Add(entry.Key.ToString());
            }
        }

        return request;
    }

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
