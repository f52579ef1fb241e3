using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi;

/// <summary>The engine's monitor, over the wire.</summary>
internal sealed class GrpcMonitor(GrpcChannel channel) : IMonitor
{
    public async Task<bool> SupportsFeatureAsync(string feature)
    {
        try
        {
            var answer = await channel.CallAsync(MonitorMethods.SupportsFeature, new SupportsFeatureRequest { Id = feature })
                .ConfigureAwait(false);
            return answer.HasSupport;
        }
        catch (RpcException exception) when (exception.Code == StatusCode.Unimplemented)
        {
            return false;
        }
    }

    public Task<RegisterResourceResponse> RegisterResourceAsync(Resource resource, RegisterResourceRequest request) =>
        channel.CallAsync(MonitorMethods.RegisterResource, request);

    public Task<ReadResourceResponse> ReadResourceAsync(Resource resource, ReadResourceRequest request) =>
        channel.CallAsync(MonitorMethods.ReadResource, request);

    public Task RegisterResourceOutputsAsync(RegisterResourceOutputsRequest request) =>
        channel.CallAsync(MonitorMethods.RegisterResourceOutputs, request);

    public Task<ResourceInvokeResponse> InvokeAsync(ResourceInvokeRequest request) =>
        channel.CallAsync(MonitorMethods.Invoke, request);

    public async Task<string> RegisterPackageAsync(CantonInfra.Protocol.Wire.RegisterPackageRequest request) =>
        (await channel.CallAsync(MonitorMethods.RegisterPackage, request).ConfigureAwait(false)).Ref;

    public async Task SignalAndWaitForShutdownAsync()
    {
        try
        {
            await channel.CallAsync(MonitorMethods.SignalAndWaitForShutdown, new Empty()).ConfigureAwait(false);
        }
        catch (RpcException exception) when (exception.Code == StatusCode.Unimplemented)
        {
            // Older engines take the end of the process as the signal.
        }
    }
}

/// <summary>The engine's log, over the wire.</summary>
internal sealed class GrpcEngine(GrpcChannel channel) : IEngine
{
    public Task LogAsync(LogRequest request) => channel.CallAsync(EngineMethods.Log, request);
}
