using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.PolicySdk.Tests;

/// <summary>A pack behind a real server, called over a real connection.</summary>
internal sealed class ServedPack : IAsyncDisposable
{
    private readonly GrpcServer _server;
    private readonly GrpcChannel _channel;

    private ServedPack(GrpcServer server)
    {
        _server = server;
        _channel = new GrpcChannel(server.Address);
    }

    public bool IsStopped { get; private set; }

    public static Task<ServedPack> StartAsync(params Policy[] policies) =>
        StartAsync(new PolicyPack("test-pack", "1.2.3", policies) { ConfigNamespace = "guard" });

    public static async Task<ServedPack> StartAsync(PolicyPack pack, bool sumsUp = false)
    {
        ServedPack? served = null;
        var service = new AnalyzerService(pack, () => served!.IsStopped = true) { SumsUp = sumsUp };
        served = new ServedPack(await GrpcServer.StartAsync(service.Handlers()));
        return served;
    }

    public Task ConfigureStackAsync(params (string Key, string Value)[] config)
    {
        var request = new AnalyzerStackConfigureRequest { Stack = "devnet", Project = "project", Organization = "org", DryRun = true };
        foreach (var (key, value) in config)
        {
            request.Config[key] = value;
        }

        return _channel.CallAsync(AnalyzerMethods.ConfigureStack, request);
    }

    public Task ConfigureStackAsync(AnalyzerStackConfigureRequest request) =>
        _channel.CallAsync(AnalyzerMethods.ConfigureStack, request);

    public Task ConfigureAsync(params (string Rule, Protocol.Wire.EnforcementLevel Level)[] levels)
    {
        var request = new ConfigureAnalyzerRequest();
        foreach (var (rule, level) in levels)
        {
            request.PolicyConfig[rule] = new PolicyConfig { EnforcementLevel = level };
        }

        return _channel.CallAsync(AnalyzerMethods.Configure, request);
    }

    public Task ConfigureAsync(string rule, MapValue settings, Protocol.Wire.EnforcementLevel level = Protocol.Wire.EnforcementLevel.Mandatory)
    {
        var request = new ConfigureAnalyzerRequest();
        request.PolicyConfig[rule] = new PolicyConfig
        {
            EnforcementLevel = level,
            Properties = PropertyEncoding.Encode(settings, EncodingOptions.Analyzer),
        };
        return _channel.CallAsync(AnalyzerMethods.Configure, request);
    }

    public Task<RemediateResponse> RemediateAsync(params (string Name, PropertyValue Value)[] properties) =>
        CallAsync(AnalyzerMethods.Remediate, Request("test:index:Thing", properties));

    public Task<AnalyzerInfo> InfoAsync() => _channel.CallAsync(AnalyzerMethods.GetAnalyzerInfo, new Empty());

    public Task<AnalyzeResponse> AnalyzeAsync(params (string Name, PropertyValue Value)[] properties) =>
        AnalyzeAsync("test:index:Thing", properties);

    public Task<AnalyzeResponse> AnalyzeAsync(string type, params (string Name, PropertyValue Value)[] properties) =>
        CallAsync(AnalyzerMethods.Analyze, Request(type, properties));

    public static AnalyzeRequest Request(string type, params (string Name, PropertyValue Value)[] properties) => new()
    {
        Type = type,
        Name = "thing",
        Urn = $"urn:pulumi:devnet::project::{type}::thing",
        Properties = PropertyEncoding.Encode(
            new MapValue(properties.Select(property => KeyValuePair.Create(property.Name, property.Value))), EncodingOptions.Analyzer),
        Options = new AnalyzerResourceOptions(),
    };

    public Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan? timeout = null)
        where TRequest : Google.Protobuf.IMessage<TRequest>, new()
        where TResponse : Google.Protobuf.IMessage<TResponse>, new() => _channel.CallAsync(method, request, timeout);

    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return _server.DisposeAsync();
    }
}
