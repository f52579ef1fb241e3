using System.Collections.Immutable;
using System.Net;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>One rule of a network security group: a resource by itself, or an item of the group's list.</summary>
/// <param name="Resource">The resource that it is or is in.</param>
/// <param name="Place">The path in front of its properties; empty for the resource itself.</param>
internal sealed record InboundRule(ResourceView Resource, string Place)
{
    /// <summary>Networks with fewer leading bits are the internet; no party has one as wide.</summary>
    public const int ShortestOwnPrefix = 8;

    private static readonly ImmutableHashSet<string> Anywhere =
        ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "*", "any", "internet", "azurecloud");

    private static readonly ImmutableHashSet<string> Web = ["80", "443"];

    /// <summary>Judges the rule: what it lets in from anywhere must be web traffic.</summary>
    public PolicyVerdict Judge()
    {
        var direction = Read("direction");
        var access = Read("access");
        var sources = All("sourceAddressPrefix", "sourceAddressPrefixes");
        var ports = All("destinationPortRange", "destinationPortRanges");
        var isOpen = Logic.And(
            Logic.And(Is(direction, "Inbound"), Is(access, "Allow")),
            Logic.And(Any(sources, IsAnywhere), ports.Count == 0 ? true : Any(ports, port => !Web.Contains(port))));
        return isOpen switch
        {
            false => PolicyVerdict.Pass,
            null => PolicyVerdict.Undecided(
                new[] { direction, access }.Concat(sources).Concat(ports).First(reading => !reading.TryGetText(out _)).Path),
            true => Violation(sources.First(source => source.TryGetText(out var text) && IsAnywhere(text)), ports),
        };
    }

    private PolicyVerdict Violation(PropertyReading source, List<PropertyReading> ports)
    {
        var which = ports.Count == 0 ? "every port" : $"port {string.Join(", ", ports)}";
        return PolicyVerdict.Violation(source.Path, $"{Resource} admits traffic from {source}, which is anybody, to {which}.");
    }

    /// <summary>Whether a source is anybody.</summary>
    public static bool IsAnywhere(string source) => Anywhere.Contains(source.Split('.')[0])
        || (IPNetwork.TryParse(source, out var network) && network.PrefixLength < ShortestOwnPrefix);

    private static bool? Is(PropertyReading reading, string value) =>
        reading.State == PropertyState.Missing ? false
        : reading.TryGetText(out var text) ? text.Equals(value, StringComparison.OrdinalIgnoreCase)
        : null;

    private static bool? Any(List<PropertyReading> readings, Func<string, bool> condition)
    {
        var answers = readings.Select(reading => reading.TryGetText(out var text) ? (bool?)condition(text) : null).ToList();
        return answers.Contains(true) ? true : answers.Contains(null) ? null : false;
    }

    private PropertyReading Read(string property) => Resource.Read(Place + property);

    private List<PropertyReading> All(string one, string several) =>
    [
        .. new[] { Read(one) }
            .Concat(Resource.Select(PropertyPath.Parse($"{Place}{several}[*]")))
            .Where(reading => reading.State != PropertyState.Missing),
    ];
}
