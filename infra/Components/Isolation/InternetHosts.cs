using System.Collections.Immutable;
using CantonInfra.Infra.Components.Network;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>Hosts on the internet (A10, A19).</summary>
/// <remarks>
/// A network policy knows no names: it lets a workload out to the internet on these ports, or not at all. Which hosts that
/// leads to is for Azure Firewall to say, for all nodes alike; in the mode 'nat' nothing says it.
/// </remarks>
internal sealed class InternetHosts : ConnectionEnd
{
    private const int HttpsPort = 443;
    private const int HttpPort = 80;

    private readonly ImmutableArray<string> _hosts;
    private readonly bool _isRestricted;
    private readonly ImmutableArray<string> _ownNetworks;

    internal InternetHosts(ConnectionPlan plan, OutboundHosts hosts, bool isRestricted, ImmutableArray<string> ownNetworks)
        : base(plan, $"internet/{hosts.Name}")
    {
        if (hosts.Hosts.IsEmpty)
        {
            throw new ArgumentException($"{Name} has no hosts.", nameof(hosts));
        }

        Hosts = hosts;
        _hosts = hosts.Hosts;
        _isRestricted = isRestricted;
        _ownNetworks = ownNetworks;
    }

    /// <summary>The hosts.</summary>
    public OutboundHosts Hosts { get; }

    /// <summary>Lets a workload out to them.</summary>
    /// <param name="source">The workload.</param>
    /// <param name="requirement">The id of the requirement, such as <c>A10</c>.</param>
    /// <param name="why">What for, in a sentence.</param>
    public void AllowFrom(Workload source, string requirement, string why)
    {
        Plan.Add(new Connection(source, this, HttpsPort, Connection.Tcp, requirement, why));
        if (Hosts.IsPlain)
        {
            Plan.Add(new Connection(source, this, HttpPort, Connection.Tcp, requirement, why));
        }
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, object> Describe() => ImmutableDictionary<string, object>.Empty
        .Add("kind", "hosts")
        .Add("hosts", _hosts)
        .Add("isRestricted", _isRestricted)
        .Add("ownNetworks", _ownNetworks);
}
