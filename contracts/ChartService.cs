using System.Collections.Immutable;

namespace CantonInfra.Contracts;

/// <summary>A Service that a chart makes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Workload">The name of the workload that it leads to.</param>
/// <param name="Ports">Its ports.</param>
public sealed record ChartService(string Name, string Workload, ImmutableArray<ServicePort> Ports)
{
    internal ChartService In(string release, string inNamespace) => this with
    {
        Name = ChartContract.Fill(Name, release, inNamespace),
        Workload = ChartContract.Fill(Workload, release, inNamespace),
    };
}

/// <summary>A port of a Service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Port">What clients connect to.</param>
/// <param name="TargetPort">The container's port that it leads to.</param>
public sealed record ServicePort(string Name, int Port, int TargetPort);
