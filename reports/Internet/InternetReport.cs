using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Internet;

/// <summary>What the internet reaches of a stack and by which way, and what goes out to it (A8, A10).</summary>
/// <param name="Addresses">The public addresses, by name.</param>
/// <param name="Entrances">What answers to whom, by host, path and port.</param>
/// <param name="Doors">The services of Azure that have a name on the internet, and whether they answer there.</param>
/// <param name="Ways">By which way each subnet goes out.</param>
/// <param name="Allowed">What firewalls let out.</param>
internal sealed record InternetReport(
    ImmutableArray<PublicAddress> Addresses,
    ImmutableArray<Entrance> Entrances,
    ImmutableArray<ServiceDoor> Doors,
    ImmutableArray<SubnetWay> Ways,
    ImmutableArray<AllowedHosts> Allowed)
{
    /// <summary>What a plan says of it.</summary>
    public static InternetReport Of(PlanIndex plan)
    {
        var (addresses, entrances) = new EntranceReader(plan).Read();
        return new InternetReport(addresses, entrances, ServiceDoor.Of(plan), SubnetWay.Of(plan), AllowedHosts.Of(plan));
    }

    /// <summary>The name that Azure knows a resource by; its logical one where that is not known.</summary>
    internal static string NameOf(PlannedResource resource, string property) =>
        PlanIndex.Text(resource, property) is { Length: > 0 } name ? name : resource.Name;
}

/// <summary>An address that the internet can send to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Resource">Its position in the stack's resources; -1 where Azure gives one that no resource stands for.</param>
/// <param name="Use">What has it, such as <c>firewall 'egress'</c>; empty for nothing that is known.</param>
/// <param name="LetsIn">Whether something can come in by it; null where that is not known.</param>
internal sealed record PublicAddress(string Name, int Resource, string Use, bool? LetsIn);

/// <summary>Something that answers to the internet.</summary>
/// <param name="Host">The host, or <c>any host</c>.</param>
/// <param name="Paths">The paths that lead there; empty for all.</param>
/// <param name="Port">The protocol and port on the public address.</param>
/// <param name="From">Who may: <c>anybody</c>, or networks.</param>
/// <param name="Way">By which way, from the address to the gateway.</param>
/// <param name="Target">What answers: <c>namespace/service:port</c>, a resource, or <c>nothing</c> where the gateway refuses.</param>
/// <param name="Asks">What is asked for before anything is answered: TLS, a client's certificate.</param>
/// <param name="Gateway">The gateway, as <c>namespace/name</c>; empty for none.</param>
/// <param name="Resource">The position of the route, or of what else lets in; -1 for none.</param>
internal sealed record Entrance(
    string Host,
    ImmutableArray<string> Paths,
    string Port,
    string From,
    ImmutableArray<string> Way,
    string Target,
    string Asks,
    string Gateway,
    int Resource);
