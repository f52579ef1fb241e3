using System.Collections.Concurrent;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi.Tests;

/// <summary>An engine that keeps what programs send, and answers as a provider that gives its inputs back would.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private GrpcServer? _server;
    private int _signals;

    public ConcurrentQueue<RegisterResourceRequest> Registrations { get; } = new();

    public ConcurrentQueue<RegisterResourceOutputsRequest> Outputs { get; } = new();

    public ConcurrentQueue<ReadResourceRequest> Reads { get; } = new();

    public ConcurrentQueue<ResourceInvokeRequest> Invokes { get; } = new();

    public ConcurrentQueue<LogRequest> Logs { get; } = new();

    public ConcurrentQueue<string> Questions { get; } = new();

    public ConcurrentQueue<CantonInfra.Protocol.Wire.RegisterPackageRequest> Packages { get; } = new();

    public int Signals => _signals;

    public HashSet<string> Features { get; } =
        ["secrets", "resourceReferences", "outputValues", "aliasSpecs", "deletedWith", "replaceWith", "parameterization", "cantonInfraEngine"];

    public Func<RegisterResourceRequest, Task<RegisterResourceResponse?>> OnRegister { get; set; } =
        _ => Task.FromResult<RegisterResourceResponse?>(null);

    public Func<ResourceInvokeRequest, ResourceInvokeResponse> OnInvoke { get; set; } = _ => new ResourceInvokeResponse { Return = new Struct() };

    public Func<ReadResourceRequest, ReadResourceResponse> OnRead { get; set; } =
        request => new ReadResourceResponse { Urn = UrnOf(request.Parent, request.Type, request.Name), Properties = request.Properties };

    public Func<Task> OnSignal { get; set; } = () => Task.CompletedTask;

    public Func<LogRequest, Task> OnLog { get; set; } = _ => Task.CompletedTask;

    public bool IsDryRun { get; set; } = true;

    public string Address => _server!.Address;

    public static async Task<FakeEngine> StartAsync()
    {
        var engine = new FakeEngine();
        engine._server = await GrpcServer.StartAsync(engine.Handlers());
        return engine;
    }

    public static string UrnOf(string parent, string type, string name) => parent.Length == 0
        ? new UrnParts("dev", "proj", type, name).ToString()
        : UrnParts.Parse(parent).Child(type, name).ToString();

    public RegisterResourceRequest Registered(string name) => Registrations.Single(request => request.Name == name);

    public MapValue Inputs(string name) => PropertyDecoding.Decode(Registered(name).Object);

    public MapValue StackOutputs() =>
        PropertyDecoding.Decode(Outputs.Single(request => request.Urn.EndsWith("::proj-dev", StringComparison.Ordinal)).Outputs);

    public string UrnOf(string name)
    {
        var request = Registered(name);
        return UrnOf(request.Parent, request.Type, request.Name);
    }

    public IEnumerable<string> Messages(LogSeverity severity) =>
        Logs.Where(log => log.Severity == severity).Select(log => log.Message);

    /// <summary>Runs a program in this process, and expects it to succeed.</summary>
    public async Task SucceedAsync(Func<IDictionary<string, object?>> program, StackOptions? options = null, string? config = null)
    {
        var exitCode = await RunAsync(program, options, config);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {string.Join("\n", Logs.Select(log => log.Message))}");
    }

    public Task SucceedAsync(Action program, string? config = null) => SucceedAsync(
        () =>
        {
            program();
            return new Dictionary<string, object?>();
        },
        config: config);

    public Task<int> RunAsync(Func<IDictionary<string, object?>> program, StackOptions? options = null, string? config = null) =>
        RunStackAsync(() => new Stack(() => Task.FromResult(program()), options), config);

    public Task<int> RunAsync(Action program) => RunAsync(() =>
    {
        program();
        return new Dictionary<string, object?>();
    });

    public async Task<int> RunStackAsync(Func<Stack> declare, string? config = null, bool guarded = false, bool allowed = false)
    {
        using var channel = new GrpcChannel(Address);
        var settings = new RunSettings("proj", "dev", IsDryRun) { Config = RunSettings.ParseConfig(config) };
        var deployment = new Deployment(settings, new GrpcMonitor(channel), new GrpcEngine(channel));
        var guard = guarded ? new StandInGuard(deployment, allowed) : null;
        return await new ProgramRunner(deployment, guard, StderrLines.Enqueue).RunAsync(declare);
    }

    public ConcurrentQueue<string> StderrLines { get; } = new();

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _server, null)?.DisposeAsync() ?? ValueTask.CompletedTask;

    private GrpcHandlers Handlers() => new GrpcHandlers()
        .Add(MonitorMethods.SupportsFeature, (request, _) =>
        {
            Questions.Enqueue(request.Id);
            return Task.FromResult(new SupportsFeatureResponse { HasSupport = Features.Contains(request.Id) });
        })
        .Add(MonitorMethods.RegisterResource, async (request, _) =>
        {
            Registrations.Enqueue(request);
            return await OnRegister(request) ?? Echo(request);
        })
        .Add(MonitorMethods.RegisterResourceOutputs, (request, _) =>
        {
            Outputs.Enqueue(request);
            return Task.FromResult(new Empty());
        })
        .Add(MonitorMethods.ReadResource, (request, _) =>
        {
            Reads.Enqueue(request);
            return Task.FromResult(OnRead(request));
        })
        .Add(MonitorMethods.Invoke, (request, _) =>
        {
            Invokes.Enqueue(request);
            return Task.FromResult(OnInvoke(request));
        })
        .Add(MonitorMethods.RegisterPackage, (request, _) =>
        {
            Packages.Enqueue(request);
            return Task.FromResult(new RegisterPackageResponse { Ref = "package-1" });
        })
        .Add(MonitorMethods.SignalAndWaitForShutdown, async (_, _) =>
        {
            Interlocked.Increment(ref _signals);
            await OnSignal();
            return new Empty();
        })
        .Add(EngineMethods.Log, async (request, _) =>
        {
            Logs.Enqueue(request);
            await OnLog(request);
            return new Empty();
        });

    public RegisterResourceResponse Echo(RegisterResourceRequest request, string? id = null)
    {
        var response = new RegisterResourceResponse
        {
            Urn = UrnOf(request.Parent, request.Type, request.Name),
            Id = request.Custom ? id ?? (IsDryRun ? "" : request.Name + "-id") : "",
            Object = new Struct(),
        };
        foreach (var (name, value) in PropertyDecoding.Decode(request.Custom ? request.Object : new Struct()).Entries)
        {
            if (!value.ContainsUnknowns)
            {
                response.Object.Fields[name] = PropertyEncoding.Encode(value, EncodingOptions.Full);
            }
        }

        return response;
    }
}

internal static class Wires
{
    public static Struct Of(params (string Name, PropertyValue Value)[] entries) => PropertyEncoding.Encode(
        new MapValue(entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))), EncodingOptions.Full);

    public static MapValue Map(params (string Name, PropertyValue Value)[] entries) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));

    public static CantonInfra.Protocol.Properties.ListValue List(params PropertyValue[] items) => new([.. items]);

    public static string[] DependenciesOf(this RegisterResourceRequest request, string property) =>
        [.. request.PropertyDependencies[property].Urns];
}
