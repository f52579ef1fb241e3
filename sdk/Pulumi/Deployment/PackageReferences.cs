using System.Collections.Concurrent;
using Google.Protobuf;
using Wire = CantonInfra.Protocol.Wire;

namespace Pulumi;

/// <summary>Registers parameterized packages, each once.</summary>
internal sealed class PackageReferences(IMonitor monitor, Features features)
{
    private readonly ConcurrentDictionary<RegisterPackageRequest, Lazy<Task<string>>> _references = new();

    /// <summary>How the engine refers to the package; empty where there is none.</summary>
    public Task<string> GetAsync(RegisterPackageRequest? package) => package is null
        ? Task.FromResult("")
        : _references.GetOrAdd(package, one => new Lazy<Task<string>>(() => RegisterAsync(one))).Value;

    private async Task<string> RegisterAsync(RegisterPackageRequest package)
    {
        if (!await features.SupportsAsync(Features.Parameterization).ConfigureAwait(false))
        {
            throw new RunException($"The engine does not support parameterized packages, which '{package.Name}' is one of.");
        }

        var request = new Wire.RegisterPackageRequest
        {
            Name = package.Name,
            Version = package.Version,
            DownloadUrl = package.DownloadUrl,
            Parameterization = Convert(package.Parameterization),
            Extension = Convert(package.Extension),
        };
        foreach (var (platform, checksum) in package.Checksums)
        {
            request.Checksums[platform] = ByteString.CopyFrom(checksum);
        }

        return await monitor.RegisterPackageAsync(request).ConfigureAwait(false);
    }

    private static Wire.Parameterization? Convert(RegisterPackageRequest.PackageParameterization? parameters) => parameters is null
        ? null
        : new Wire.Parameterization
        {
            Name = parameters.Name,
            Version = parameters.Version,
            Value = ByteString.CopyFrom(parameters.Value),
        };
}
