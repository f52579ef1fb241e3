namespace CantonInfra.Infra.Components.Isolation;

/// <summary>
/// A host name of ours that the internet resolves to our own load balancer, such as the identity provider's: pods that call it
/// come back in.
/// </summary>
/// <remarks>
/// Policies are applied after the load balancer's address has been replaced by that of the pod behind it, so the pod and its port
/// are what has to be allowed. Where a network replaces it late the address itself has to be, too.
/// </remarks>
internal sealed class PublicHost
{
    private const int HttpsPort = 443;

    private readonly WorkloadPort _gateway;
    private readonly AddressRange? _loadBalancer;

    internal PublicHost(WorkloadPort gateway, AddressRange? loadBalancer)
    {
        _gateway = gateway;
        _loadBalancer = loadBalancer;
    }

    /// <summary>Lets a workload call the host.</summary>
    /// <param name="source">The workload.</param>
    /// <param name="requirement">The id of the requirement, such as <c>A1</c>.</param>
    /// <param name="why">What for, in a sentence.</param>
    public void AllowFrom(Workload source, string requirement, string why)
    {
        _gateway.AllowFrom(source, requirement, why);
        _loadBalancer?.Port(HttpsPort).AllowFrom(source, requirement, why);
    }
}
