namespace CantonInfra.Infra.Components.Isolation;

/// <summary>A TCP port of addresses that are no pod's.</summary>
internal sealed class AddressPort
{
    private readonly ConnectionPlan _plan;
    private readonly AddressRange _range;
    private readonly int _number;

    internal AddressPort(ConnectionPlan plan, AddressRange range, int number)
    {
        _plan = plan;
        _range = range;
        _number = number;
    }

    /// <summary>Lets a workload out to here. Whether it is let in there is for the network of the addresses to say.</summary>
    /// <param name="source">The workload.</param>
    /// <param name="requirement">The id of the requirement, such as <c>A11</c>.</param>
    /// <param name="why">What for, in a sentence.</param>
    public void AllowFrom(Workload source, string requirement, string why) =>
        _plan.Add(new Connection(source, _range, _number, Connection.Tcp, requirement, why));
}
