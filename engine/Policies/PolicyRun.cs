using System.Collections.Concurrent;
using System.Collections.Immutable;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Monitor;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.Collections;

namespace CantonInfra.Engine.Policies;

/// <summary>All policy packs of a run: mends resources before they are answered, and judges them while the program goes on.</summary>
internal sealed class PolicyRun(
    ImmutableArray<PolicyPackSource> sources,
    StackConfiguration configuration,
    PolicyTimeouts timeouts,
    DiagnosticLog log,
    RunSecrets secrets,
    IProgress<PreviewProgress>? progress) : IResourceJudge, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<ImmutableArray<PolicyPack>> _packs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<Task> _analyses = new();
    private readonly ConcurrentQueue<Finding> _findings = new();
    private readonly ConcurrentQueue<NoVerdict> _noVerdicts = new();
    private readonly ConcurrentQueue<NotApplicableAnswer> _notApplicable = new();
    private readonly ConcurrentQueue<RemediationRecord> _remediations = new();
    private readonly ConcurrentQueue<Diagnostic> _refusals = new();
    private Task<PolicyPack?>[] _starting = [];

    /// <summary>Fails as soon as a pack does: cannot start, dies, hangs or answers with an error. Never completes otherwise.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Starts the packs.</summary>
    public void Start(string engineAddress)
    {
        _starting = [.. sources.Select(source => StartAsync(source, engineAddress))];
        _ = WhenAllStartedAsync();
    }

    /// <inheritdoc/>
    public async Task<MapValue> JudgeAsync(PlannedResource resource, PlannedResource? provider, CancellationToken cancellation)
    {
        var inputs = resource.Inputs;
        foreach (var pack in await _packs.Task.WaitAsync(cancellation))
        {
            if (pack.Remediates)
            {
                inputs = await RemediateAsync(pack, resource, provider, inputs, cancellation);
            }
        }

        if (_packs.Task.Result.Length > 0)
        {
            var request = AnalyzerMessages.Analyze(resource, provider, inputs);
            foreach (var pack in _packs.Task.Result)
            {
                _analyses.Enqueue(Watched(AnalyzeAsync(pack, request)));
            }
        }

        return inputs;
    }

    /// <summary>Why packs refuse the stack's settings; they judge nothing then. Waits until all packs have started.</summary>
    /// <exception cref="ConfigurationException">A pack cannot be configured so.</exception>
    /// <exception cref="RunFailedException">A pack failed.</exception>
    public async Task<IReadOnlyCollection<Diagnostic>> RefusalsAsync(CancellationToken cancellation)
    {
        await _packs.Task.WaitAsync(cancellation);
        return _refusals;
    }

    /// <summary>Judges the stack and waits for all verdicts.</summary>
    /// <exception cref="RunFailedException">A pack failed.</exception>
    public async Task CompleteAsync(Plan plan)
    {
        var packs = await _packs.Task;
        await Task.WhenAll(_analyses);
        if (packs.Length > 0)
        {
            var request = AnalyzerMessages.AnalyzeStack(plan);
            await Task.WhenAll(packs.Select(pack => AnalyzeStackAsync(pack, request, plan.Root?.Urn ?? "")));
        }
    }

    /// <summary>What the packs have said so far, in a stable order and with secrets masked.</summary>
    public PolicyResult Result()
    {
        var packs = _packs.Task.IsCompletedSuccessfully ? _packs.Task.Result.Select(pack => pack.Summary).ToImmutableArray() : [];
        var order = packs.Select((pack, index) => (pack.Name, index)).DistinctBy(pack => pack.Name)
            .ToDictionary(pack => pack.Name, pack => pack.index, StringComparer.Ordinal);
        ImmutableArray<NoVerdict> InOrder(IEnumerable<NoVerdict> verdicts) =>
        [
            .. verdicts.Select(verdict => verdict with { Reason = secrets.Mask(verdict.Reason) }).Distinct()
                .OrderBy(verdict => order.GetValueOrDefault(verdict.Pack))
                .ThenBy(verdict => verdict.Policy, StringComparer.Ordinal)
                .ThenBy(verdict => verdict.Urn, StringComparer.Ordinal)
                .ThenBy(verdict => verdict.Reason, StringComparer.Ordinal),
        ];
        return new PolicyResult(
            packs,
            [
                .. _findings.Select(finding => finding with { Message = secrets.Mask(finding.Message) }).Distinct()
                    .OrderBy(finding => order.GetValueOrDefault(finding.Pack))
                    .ThenBy(finding => finding.Policy, StringComparer.Ordinal)
                    .ThenBy(finding => finding.Urn, StringComparer.Ordinal)
                    .ThenBy(finding => finding.Message, StringComparer.Ordinal),
            ],
            InOrder(_noVerdicts.Where(verdict => verdict.IsUndecided)),
            InOrder(_noVerdicts.Where(verdict => verdict.IsWaived)),
            [
                .. _remediations.Select(record => record with { Message = secrets.Mask(record.Message) }).Distinct()
                    .OrderBy(record => order.GetValueOrDefault(record.Pack))
                    .ThenBy(record => record.Policy, StringComparer.Ordinal)
                    .ThenBy(record => record.Urn, StringComparer.Ordinal),
            ])
        {
            NotApplicable = new NotApplicableVerdicts([.. _notApplicable], order, secrets),
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var start in _starting)
        {
            try
            {
                if (await start is { } pack)
                {
                    await pack.DisposeAsync();
                }
            }
            catch (Exception exception) when (exception is RunFailedException or ConfigurationException or OperationCanceledException)
            {
                // It never ran, and 'Failed' has told why.
            }
        }

        _stop.Dispose();
    }

    private async Task<PolicyPack?> StartAsync(PolicyPackSource source, string engineAddress)
    {
        try
        {
            var pack = await PolicyPack.StartAsync(
                source,
                configuration,
                engineAddress,
                timeouts,
                progress,
                line => log.Add(new Diagnostic("policy-pack", DiagnosticSeverity.Info, $"{source.Path}: {line}")),
                secrets.Learn,
                _stop.Token);
            _ = WatchExitAsync(pack);
            return pack;
        }
        catch (StackRefusedException exception)
        {
            _refusals.Enqueue(exception.Diagnostic);
            return null;
        }
    }

    private async Task WhenAllStartedAsync()
    {
        try
        {
            _packs.SetResult([.. (await Task.WhenAll(_starting)).OfType<PolicyPack>()]);
        }
        catch (Exception exception)
        {
            _packs.TrySetException(exception);
            Fail(exception);
        }
    }

    private async Task WatchExitAsync(PolicyPack pack)
    {
        await pack.Exit;
        if (!_stop.IsCancellationRequested)
        {
            Fail(await pack.DescribeExitAsync());
        }
    }

    private async Task Watched(Task analysis)
    {
        try
        {
            await analysis;
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    private void Fail(Exception exception)
    {
        if (!_stop.IsCancellationRequested)
        {
            _failed.TrySetException(exception);
        }
    }

    private async Task<MapValue> RemediateAsync(
        PolicyPack pack, PlannedResource resource, PlannedResource? provider, MapValue inputs, CancellationToken cancellation)
    {
        var response = await pack.RemediateAsync(AnalyzerMessages.Analyze(resource, provider, inputs, keepInternal: true), cancellation);
        AddNoVerdicts(pack, resource.Urn, response.NotApplicable);
        foreach (var remediation in response.Remediations)
        {
            _remediations.Enqueue(new RemediationRecord(pack.Summary.Name, remediation.PolicyName, resource.Urn, remediation.Diagnostic));
            if (remediation.Diagnostic.Length == 0 && remediation.Properties is not null)
            {
                inputs = PropertyDecoding.Decode(remediation.Properties);
            }
        }

        return inputs;
    }

    private async Task AnalyzeAsync(PolicyPack pack, AnalyzeRequest request)
    {
        var response = await pack.AnalyzeAsync(request, _stop.Token);
        AddFindings(pack, request.Urn, response);
    }

    private async Task AnalyzeStackAsync(PolicyPack pack, AnalyzeStackRequest request, string rootUrn)
    {
        var response = await pack.AnalyzeStackAsync(request, _stop.Token);
        AddFindings(pack, rootUrn, response);
    }

    private void AddFindings(PolicyPack pack, string urn, AnalyzeResponse response)
    {
        foreach (var diagnostic in response.Diagnostics)
        {
            // A remediation that is reported as a violation could not mend it.
            var level = PolicyLevels.Of(diagnostic.EnforcementLevel) switch
            {
                PolicyLevel.Remediate => PolicyLevel.Mandatory,
                var other => other,
            };
            if (level != PolicyLevel.Disabled)
            {
                var severity = PolicyLevels.Text(diagnostic.Severity) is { Length: > 0 } own
                    ? own
                    : pack.Summary.Policies.FirstOrDefault(policy => policy.Name == diagnostic.PolicyName)?.Severity ?? "";
                _findings.Enqueue(new Finding(
                    pack.Summary.Name,
                    diagnostic.PolicyName,
                    level,
                    severity,
                    diagnostic.Urn.Length > 0 ? diagnostic.Urn : urn,
                    diagnostic.Message.Length > 0 ? diagnostic.Message : diagnostic.Description));
            }
        }

        AddNoVerdicts(pack, urn, response.NotApplicable);
    }

    private void AddNoVerdicts(PolicyPack pack, string urn, RepeatedField<PolicyNotApplicable> answers)
    {
        _notApplicable.Enqueue(new NotApplicableAnswer(pack.Summary.Name, urn, answers));
        foreach (var answer in answers.Where(answer => NoVerdict.IsNotable(answer.Reason)))
        {
            _noVerdicts.Enqueue(new NoVerdict(pack.Summary.Name, answer.PolicyName, urn, answer.Reason));
        }
    }
}
