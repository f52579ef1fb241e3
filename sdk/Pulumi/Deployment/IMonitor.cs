using CantonInfra.Protocol.Wire;

namespace Pulumi;

/// <summary>Takes what a program declares: an engine, or mocks.</summary>
internal interface IMonitor
{
    Task<bool> SupportsFeatureAsync(string feature);

    Task<RegisterResourceResponse> RegisterResourceAsync(Resource resource, RegisterResourceRequest request);

    Task<ReadResourceResponse> ReadResourceAsync(Resource resource, ReadResourceRequest request);

    Task RegisterResourceOutputsAsync(RegisterResourceOutputsRequest request);

    Task<ResourceInvokeResponse> InvokeAsync(ResourceInvokeRequest request);

    Task<string> RegisterPackageAsync(CantonInfra.Protocol.Wire.RegisterPackageRequest request);

    Task SignalAndWaitForShutdownAsync();
}

/// <summary>Takes a program's messages.</summary>
internal interface IEngine
{
    Task LogAsync(LogRequest request);
}
