using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Monitor;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Engine.Programs;
using CantonInfra.Engine.Projects;
using CantonInfra.Engine.Providers;
using CantonInfra.Protocol.Hosting;

namespace CantonInfra.Engine;

/// <summary>What to preview.</summary>
/// <param name="Configuration">The stack.</param>
/// <param name="PolicyPacks">Folders of the policy packs, as the user named them.</param>
public sealed record PreviewRequest(StackConfiguration Configuration, ImmutableArray<string> PolicyPacks)
{
    /// <summary>
    /// Files with the configuration of the policy packs, one for each in the same order; empty for none. See
    /// <c>--policy-pack-config</c> of the Pulumi CLI.
    /// </summary>
    public ImmutableArray<string> PolicyConfigurations { get; init; } = [];

    /// <summary>How long policy packs and providers may take.</summary>
    public PolicyTimeouts PolicyTimeouts { get; init; } = PolicyTimeouts.Default;

    /// <summary>How long a program may stay silent after an error before it is ended.</summary>
    public TimeSpan HangTimeout { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Runs a program against this engine and no cloud, and yields what it declares.</summary>
/// <param name="clock">The clock.</param>
public sealed class PreviewEngine(TimeProvider clock)
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SilenceNotice = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(500);

    // What the Pulumi CLI uses; it bounds nothing here, but programs ask for it.
    private static readonly int Parallel = 4 * Environment.ProcessorCount;

    /// <summary>Runs a preview.</summary>
    /// <param name="request">What to preview.</param>
    /// <param name="progress">Is told what goes on.</param>
    /// <param name="cancellation">Ends it; the result then says so.</param>
    /// <exception cref="ConfigurationException">The program or a policy pack cannot be started as it is set up, or configured so.</exception>
    public async Task<PreviewResult> PreviewAsync(
        PreviewRequest request, IProgress<PreviewProgress>? progress = null, CancellationToken cancellation = default)
    {
        var configuration = request.Configuration;
        var packs = PolicyPackSource.Of(request);
        var secrets = new RunSecrets();
        secrets.Learn(configuration);
        var log = new DiagnosticLog(secrets);
        foreach (var diagnostic in configuration.Diagnostics)
        {
            log.Add(diagnostic);
        }

        var activity = new ProgramActivity(clock);
        var registry = new ResourceRegistry(configuration);
        await using var policies = new PolicyRun(
            packs, configuration, request.PolicyTimeouts, log, secrets, progress);
        await using var providers = new PreviewProviders(configuration, request.PolicyTimeouts, log, progress);
        IResourceJudge judge = request.PolicyPacks.Length > 0 ? policies : new NoJudge();
        var handlers = new GrpcHandlers();
        new ResourceMonitorService(configuration, registry, providers, judge, activity, secrets, Parallel).AddTo(handlers);
        new EngineService(registry, log, activity).AddTo(handlers);
        await using var server = await GrpcServer.StartAsync(handlers, cancellation);

        var outcome = PreviewOutcome.Failed;
        PolicyResult? judged = null;
        try
        {
            if (configuration.Project is { Runtime: "dotnet" } project && !project.RuntimeOptions.ContainsKey("binary"))
            {
                await DotNetBuild.EnsureAsync(project.ProgramDirectory, "program", progress, cancellation);
            }

            policies.Start(server.Address);
            providers.Serve(server.Address);
            var isMisconfigured = await RunProgramAsync(request, server.Address, policies, activity, log, progress, cancellation);
            var errors = log.Snapshot().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            if (registry.RootUrn.Length == 0 && !errors)
            {
                throw new RunFailedException(Diagnostic.Error(
                    "program-no-stack", "The program ended without declaring a stack. Does it return the result of Deployment.RunAsync?"));
            }

            if (isMisconfigured)
            {
                outcome = PreviewOutcome.ConfigurationError;
            }
            else if (!errors && await policies.RefusalsAsync(cancellation) is { Count: > 0 } refusals)
            {
                // A program that finds the same has told it with its place.
                outcome = PreviewOutcome.ConfigurationError;
                foreach (var refusal in refusals)
                {
                    log.Add(refusal);
                }
            }
            else if (!errors)
            {
                await policies.CompleteAsync(PlanOf(configuration, registry)).WaitAsync(cancellation);
                judged = policies.Result();
                outcome = judged.HasMandatory ? PreviewOutcome.PolicyViolation : PreviewOutcome.Succeeded;
            }
        }
        catch (RunFailedException exception)
        {
            log.Add(exception.Diagnostic);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            outcome = PreviewOutcome.Cancelled;
        }

        AddUnseenRefusals(activity, log);
        return new PreviewResult(outcome, PlanOf(configuration, registry), judged ?? policies.Result(), log.Snapshot());
    }

    private static Plan PlanOf(StackConfiguration configuration, ResourceRegistry registry) =>
        Plan.Create(configuration.Project.Name, configuration.Stack, registry.Snapshot());

    private static async Task<bool> RunProgramAsync(
        PreviewRequest request,
        string engineAddress,
        PolicyRun policies,
        ProgramActivity activity,
        DiagnosticLog log,
        IProgress<PreviewProgress>? progress,
        CancellationToken cancellation)
    {
        var command = LanguageRuntimes.Program(request.Configuration, engineAddress, Parallel);
        progress?.Report(new PreviewProgress("Running the program"));
        await using var program = ChildProcess.Start(command, Say, Say);

        var silenceTold = false;
        while (true)
        {
            var tick = Task.Delay(WatchInterval, cancellation);
            var first = await Task.WhenAny(program.Exit, policies.Failed, tick);
            if (first == policies.Failed)
            {
                // A pack that failed has judged nothing, so there is no use in waiting for the program.
                await policies.Failed;
            }

            if (first == program.Exit)
            {
                // A program may fail of a pack's failure and be gone before that is told.
                if (policies.Failed.IsFaulted)
                {
                    await policies.Failed;
                }

                break;
            }

            await tick;
            if (activity.HasFailed && activity.Idle > request.HangTimeout)
            {
                throw new RunFailedException(Diagnostic.Error(
                    "program-hangs",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The program neither ended nor made a call for {request.HangTimeout.TotalSeconds:0.#} s after its error; it was ended.")));
            }

            if (activity.Idle > SilenceNotice && !silenceTold)
            {
                silenceTold = true;
                progress?.Report(new PreviewProgress(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The program has declared nothing for {SilenceNotice.TotalSeconds:0} s; still waiting (Ctrl-C ends it)")));
            }
        }

        await program.DrainAsync(DrainTimeout);
        return ProgramExit.IsConfigurationError(await program.Exit, log);

        void Say(string line)
        {
            if (line.Length > 0)
            {
                log.Add(new Diagnostic("program", DiagnosticSeverity.Info, line));
            }
        }
    }

    // Programs usually pass on why a declaration was refused; where one swallowed it, the user must still hear of it.
    private static void AddUnseenRefusals(ProgramActivity activity, DiagnosticLog log)
    {
        foreach (var refusal in activity.Refusals)
        {
            var isSeen = log.Snapshot().Any(diagnostic =>
                diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Message.Contains(refusal, StringComparison.Ordinal));
            if (!isSeen)
            {
                log.Add(Diagnostic.Error("engine-refused", refusal));
            }
        }
    }
}
