using System.Collections.Immutable;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.PolicySdk;

/// <summary>A policy pack as engines talk to it: all calls of the Analyzer service, in any order and number.</summary>
/// <param name="pack">The pack.</param>
/// <param name="stop">Called when the engine asks the pack to end.</param>
public sealed class AnalyzerService(PolicyPack pack, Action stop)
{
    /// <summary>How many calls are judged at a time.</summary>
    internal static readonly int Judges = Math.Max(4, Environment.ProcessorCount);

    private readonly Lock _writing = new();

    // Judging has lanes of its own: rules that hang fill them, and the rest of the conversation goes on.
    private readonly TaskScheduler _judging = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Judges).ConcurrentScheduler;

    // Replaced as a whole, so that each call sees one state however many run at a time.
    private volatile State _state = new(
        StackContext.NotReceived,
        Enforcement.Strict,
        new RulesByType(pack, Enforcement.Strict),
        new WaiverUse(pack, StackContext.NotReceived),
        new SilentVerdicts());

    /// <summary>
    /// Whether AnalyzeStack adds an advisory diagnostic that sums up what is undecided and what is waived: for engines that show neither.
    /// </summary>
    public bool SumsUp { get; init; }

    /// <summary>The methods, ready to be served.</summary>
    public GrpcHandlers Handlers() => new GrpcHandlers()
        .Add(AnalyzerMethods.Handshake, Guarded<AnalyzerHandshakeRequest, AnalyzerHandshakeResponse>(_ => new()))
        .Add(AnalyzerMethods.ConfigureStack, Guarded<AnalyzerStackConfigureRequest, AnalyzerStackConfigureResponse>(ConfigureStack))
        .Add(AnalyzerMethods.GetPluginInfo, Guarded<Empty, PluginInfo>(_ => new() { Version = pack.Version }))
        .Add(AnalyzerMethods.GetAnalyzerInfo, Guarded<Empty, AnalyzerInfo>(_ => AnalyzerMessages.Describe(pack, _state.Enforcement)))
        .Add(AnalyzerMethods.Configure, Guarded<ConfigureAnalyzerRequest, Empty>(Configure))
        .Add(AnalyzerMethods.Analyze, AnalyzeAsync)
        .Add(AnalyzerMethods.AnalyzeStack, Judging<AnalyzeStackRequest, AnalyzeResponse>(AnalyzeStack))
        .Add(AnalyzerMethods.Remediate, RemediateAsync)
        .Add(AnalyzerMethods.Cancel, Guarded<Empty, Empty>(Cancel));

    // Off the connection's thread, so that a slow rule delays no other call and deadlines are kept.
    private Func<TRequest, CancellationToken, Task<TResponse>> Judging<TRequest, TResponse>(Func<TRequest, TResponse> answer) =>
        (request, cancellation) => JudgingAsync(() => answer(request), cancellation);

    private Task<TResponse> JudgingAsync<TResponse>(Func<TResponse> answer, CancellationToken cancellation) => Task.Factory.StartNew(
        () => Answer(answer), cancellation, TaskCreationOptions.DenyChildAttach, _judging);

    private static Func<TRequest, CancellationToken, Task<TResponse>> Guarded<TRequest, TResponse>(Func<TRequest, TResponse> answer) =>
        (request, _) => Task.FromResult(Answer(() => answer(request)));

    // No exception's message leaves unless it was written for people, for it may hold a value.
    private static TResponse Answer<TResponse>(Func<TResponse> answer)
    {
        try
        {
            return answer();
        }
        catch (Exception exception) when (exception is MalformedPropertyException or PolicyConfigurationException)
        {
            throw new RpcException(StatusCode.InvalidArgument, exception.Message);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw new RpcException(StatusCode.Internal, $"The policy pack failed with {exception.GetType().FullName}.");
        }
    }

    private AnalyzerStackConfigureResponse ConfigureStack(AnalyzerStackConfigureRequest request)
    {
        var stack = StackContext.From(request);
        Update(state => Of(stack, state.Enforcement.In(PolicyMode.Deny), new WaiverUse(pack, stack), new SilentVerdicts()));
        var mode = Enforcement.ReadMode(stack, pack.ConfigNamespace);
        if (pack.LeastMode(stack) == PolicyMode.Deny)
        {
            mode = PolicyMode.Deny;
        }

        Update(state => Of(state.Stack, state.Enforcement.In(mode), state.Waivers, state.Silent));
        return new();
    }

    private Empty Configure(ConfigureAnalyzerRequest request)
    {
        var levels = request.PolicyConfig.ToImmutableDictionary(
            entry => entry.Key, entry => AnalyzerMessages.FromWire(entry.Value.EnforcementLevel), StringComparer.Ordinal);
        var settings = request.PolicyConfig
            .Where(entry => entry.Value.Properties is not null)
            .ToImmutableDictionary(entry => entry.Key, entry => PropertyDecoding.Decode(entry.Value.Properties), StringComparer.Ordinal);
        Update(state => Of(state.Stack, state.Enforcement.With(pack, levels, settings), state.Waivers, state.Silent));
        return new();
    }

    // What is known to have no rule is answered at once: its properties are not read, and it waits for no judge.
    private Task<GrpcAnswer> AnalyzeAsync(byte[] message, Func<AnalyzeRequest> read, CancellationToken cancellation)
    {
        var state = _state;
        if (RequestSubject.Read(message) is { } subject && state.Rules.Known(subject.Type) is { Rules.IsEmpty: true } rules)
        {
            Keep(state, rules, subject.Urn, []);
            return Task.FromResult(new GrpcAnswer(rules.OthersWritten, null));
        }

        return JudgingAsync(() => Analyze(state, read()), cancellation);
    }

    private GrpcAnswer Analyze(State state, AnalyzeRequest request)
    {
        var rules = state.Rules.For(request.Type);
        var results = PolicyJudge.Judge(rules.Rules, state.Enforcement, state.Stack, ResourceView.From(request), state.Waivers);
        Keep(state, rules, request.Urn, results);
        return new GrpcAnswer(rules.OthersWritten, AnalyzerMessages.Answer(pack, results));
    }

    private void Keep(State state, RulesOfType rules, string urn, ImmutableArray<PolicyResult> results)
    {
        state.Waivers.PassOver(rules.Others, urn);
        if (SumsUp)
        {
            state.Silent.Keep(urn, results);
        }
    }

    private Task<GrpcAnswer> RemediateAsync(byte[] message, Func<AnalyzeRequest> read, CancellationToken cancellation)
    {
        var state = _state;
        return RequestSubject.Read(message) is { } subject && state.Rules.Known(subject.Type) is { Remediates: false }
            ? Task.FromResult(default(GrpcAnswer))
            : JudgingAsync(() => new GrpcAnswer(default, Remediate(state, read())), cancellation);
    }

    private RemediateResponse Remediate(State state, AnalyzeRequest request) => AnalyzerMessages.Answer(
        pack,
        state.Rules.For(request.Type).Remediates
            ? PolicyMender.Mend(pack, state.Enforcement, state.Stack, ResourceView.From(request), state.Waivers)
            : []);

    private AnalyzeResponse AnalyzeStack(AnalyzeStackRequest request)
    {
        var state = _state;
        ImmutableArray<PolicyResult> results = PolicyJudge.JudgesStacks(pack, state.Enforcement)
            ? PolicyJudge.Judge(pack, state.Enforcement, state.Stack, StackView.From(request), state.Waivers)
            : [];
        var answer = AnalyzerMessages.Answer(pack, results);
        if (SumsUp && state.Silent.Summarize(results) is { } summary)
        {
            answer.Diagnostics.Add(AnalyzerMessages.Summarize(pack, summary));
        }

        return answer;
    }

    private Empty Cancel(Empty request)
    {
        stop();
        return request;
    }

    private void Update(Func<State, State> change)
    {
        lock (_writing)
        {
            _state = change(_state);
        }
    }

    private State Of(StackContext stack, Enforcement enforcement, WaiverUse waivers, SilentVerdicts silent) =>
        new(stack, enforcement, new RulesByType(pack, enforcement), waivers, silent);

    private sealed record State(
        StackContext Stack, Enforcement Enforcement, RulesByType Rules, WaiverUse Waivers, SilentVerdicts Silent);
}
