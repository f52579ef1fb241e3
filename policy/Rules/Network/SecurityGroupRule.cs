using System.Net;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>A rule for incoming traffic of a security group among the others; null is: not known.</summary>
/// <param name="Resource">The resource that it is or is in.</param>
/// <param name="Place">The path to it; the root for the resource itself.</param>
internal sealed record SecurityGroupRule(StackResourceView Resource, PropertyPath Place)
{
    /// <summary>Whether it refuses all that comes in and that no rule before it admits.</summary>
    public bool? RefusesAll => Logic.And(
        Is("direction", "Inbound"),
        Is("access", "Deny"),
        IsAny("protocol"),
        All("sourceAddressPrefix", "sourceAddressPrefixes", IsAnySource),
        IsAny("sourcePortRange"),
        IsAny("destinationAddressPrefix"),
        IsAny("destinationPortRange"));

    /// <summary>Whether it admits the whole network to every port.</summary>
    public bool? AdmitsTheNetwork => Logic.And(
        Is("direction", "Inbound"),
        Is("access", "Allow"),
        All("sourceAddressPrefix", "sourceAddressPrefixes", source => source.Equals("VirtualNetwork", StringComparison.OrdinalIgnoreCase)),
        IsAny("destinationPortRange"));

    /// <summary>Whether it names a part of the network that may come in, which says nothing where the others may too.</summary>
    public bool? AdmitsAPart => Logic.And(
        Is("direction", "Inbound"),
        Is("access", "Allow"),
        All("sourceAddressPrefix", "sourceAddressPrefixes", source => IPNetwork.TryParse(source, out _) && !InboundRule.IsAnywhere(source)));

    /// <summary>Whether it refuses all that goes out to the internet and that no rule before it lets out.</summary>
    public bool? RefusesInternet => Logic.And(
        Is("direction", "Outbound"),
        Is("access", "Deny"),
        IsAny("protocol"),
        IsAny("sourceAddressPrefix"),
        IsAny("sourcePortRange"),
        All("destinationAddressPrefix", "destinationAddressPrefixes", InboundRule.IsAnywhere),
        IsAny("destinationPortRange"));

    /// <summary>Whether it names what outside of the network may be talked to, which says nothing where all else may too.</summary>
    public bool? LetsOutAPart => Logic.And(
        Is("direction", "Outbound"),
        Is("access", "Allow"),
        All("destinationAddressPrefix", "destinationAddressPrefixes", target =>
            !InboundRule.IsAnywhere(target) && !IPNetwork.TryParse(target, out _) && !IPAddress.TryParse(target, out _)
            && !target.Equals("VirtualNetwork", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether it lets out to anywhere.</summary>
    public bool? LetsOutToAnywhere => Logic.And(
        Is("direction", "Outbound"),
        Is("access", "Allow"),
        Some("destinationAddressPrefix", "destinationAddressPrefixes", InboundRule.IsAnywhere));

    /// <summary>Whether it admits anybody to any port.</summary>
    public bool? AdmitsAnybody => Logic.And(
        Is("direction", "Inbound"),
        Is("access", "Allow"),
        Some("sourceAddressPrefix", "sourceAddressPrefixes", InboundRule.IsAnywhere));

    /// <summary>Where the destinations are.</summary>
    public PropertyPath DestinationPath => Place.Then("destinationAddressPrefix");

    /// <summary>Where the sources are.</summary>
    public PropertyPath SourcePath => Place.Then("sourceAddressPrefix");

    private static bool IsAnySource(string source) => source is "*" or "0.0.0.0/0"
        || source.Equals("VirtualNetwork", StringComparison.OrdinalIgnoreCase) || source.Equals("Any", StringComparison.OrdinalIgnoreCase);

    private bool? Is(string property, string value)
    {
        var reading = Resource.Read(Place.Then(property));
        return reading.State == PropertyState.Missing ? false
            : reading.TryGetText(out var text) ? text.Equals(value, StringComparison.OrdinalIgnoreCase)
            : null;
    }

    // Without a word about it, a rule is for all.
    private bool? IsAny(string property)
    {
        var several = Resource.Read(Place.Then($"{property}s")).IsNothing() ?? false;
        var prefixes = Resource.Read(Place.Then($"{property}es")).IsNothing() ?? false;
        var reading = Resource.Read(Place.Then(property));
        return reading.State == PropertyState.Missing ? several && prefixes
            : reading.TryGetText(out var text) ? text is "*" or "0-65535" || text.Equals("Any", StringComparison.OrdinalIgnoreCase)
            : null;
    }

    private bool? All(string one, string several, Func<string, bool> condition)
    {
        var readings = Read(one, several);
        return readings.Count == 0 ? false
            : Logic.And([.. readings.Select(reading => reading.TryGetText(out var text) ? (bool?)condition(text) : null)]);
    }

    private bool? Some(string one, string several, Func<string, bool> condition) =>
        Logic.Not(Logic.And([.. Read(one, several).Select(reading => reading.TryGetText(out var text) ? (bool?)!condition(text) : null)]));

    private List<PropertyReading> Read(string one, string several) =>
    [
        .. new[] { Resource.Read(Place.Then(one)) }
            .Concat(new PropertyPath([.. Place.Then(several).Elements, PropertyPathElement.Wildcard]).Select(Resource.Properties))
            .Where(reading => reading.State != PropertyState.Missing),
    ];
}
