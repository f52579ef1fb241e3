using CantonInfra.Contracts;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>A port of a workload, which takes no connection but those allowed here.</summary>
internal sealed class WorkloadPort
{
    private readonly ConnectionPlan _plan;

    internal WorkloadPort(ConnectionPlan plan, Workload workload, ContainerPort port)
    {
        _plan = plan;
        Workload = workload;
        Port = port;
    }

    /// <summary>Whose port it is.</summary>
    public Workload Workload { get; }

    /// <summary>The port.</summary>
    public ContainerPort Port { get; }

    /// <summary>Lets a workload in, and the workload out to here.</summary>
    /// <param name="source">The workload.</param>
    /// <param name="requirement">The id of the requirement, such as <c>A9</c>.</param>
    /// <param name="why">What for, in a sentence.</param>
    public void AllowFrom(Workload source, string requirement, string why) => Add(source, requirement, why);

    /// <summary>Lets addresses outside the cluster's pods in, such as those of the API server.</summary>
    /// <param name="source">The addresses.</param>
    /// <param name="requirement">The id of the requirement, such as <c>A9</c>.</param>
    /// <param name="why">What for, in a sentence.</param>
    public void AllowFrom(AddressRange source, string requirement, string why) => Add(source, requirement, why);

    /// <summary>Lets in whoever calls from the internet.</summary>
    /// <param name="source">The clients.</param>
    /// <param name="requirement">The id of the requirement, such as <c>A8</c>.</param>
    /// <param name="why">What for, in a sentence.</param>
    public void AllowFrom(InternetClients source, string requirement, string why) => Add(source, requirement, why);

    private void Add(ConnectionEnd source, string requirement, string why) =>
        _plan.Add(new Connection(source, Workload, Port.Number, Port.Protocol, requirement, why));
}
