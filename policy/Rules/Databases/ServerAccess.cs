using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>How a type of database server says whether it is on the public network.</summary>
/// <param name="Type">The type.</param>
/// <param name="Access">Where it says so, by version; the first is where it would be said today.</param>
/// <param name="Subnets">Where it names the subnet that it is in; then there is no public address.</param>
/// <param name="IsOff">Whether a known value says 'no public network'; null where it is of no kind that could.</param>
internal sealed record ServerAccess(
    ResourceTypePattern Type,
    ImmutableArray<PropertyPath> Access,
    ImmutableArray<PropertyPath> Subnets,
    Func<PropertyReading, bool?> IsOff)
{
    /// <summary>A server that says it with 'Enabled' or 'Disabled'.</summary>
    public static ServerAccess Text(string type, string[] access, string[] subnets) => new(
        type,
        [.. access.Select(PropertyPath.Parse)],
        [.. subnets.Select(PropertyPath.Parse)],
        reading => reading.TryGetText(out var text) ? text.Equals("Disabled", StringComparison.OrdinalIgnoreCase) : null);

    /// <summary>A server that says it with true or false.</summary>
    public static ServerAccess Flag(string type, string access, string[] subnets) => new(
        type,
        [PropertyPath.Parse(access)],
        [.. subnets.Select(PropertyPath.Parse)],
        reading => !reading.ToFlag(whenMissing: true));

    /// <summary>Judges a server. It is on the public network unless it says otherwise or is in a subnet.</summary>
    public PolicyVerdict Judge(ResourceView server)
    {
        var access = Access.Select(server.Read).Where(reading => reading.State != PropertyState.Missing).ToList();
        var subnets = Subnets.Select(server.Read).ToList();
        foreach (var reading in access.Where(reading => IsOff(reading) == false))
        {
            return PolicyVerdict.Violation(reading.Path, $"{server} has {reading} here, so it answers on the internet.");
        }

        if (access.Where(reading => IsOff(reading) is null).Select(reading => reading.Path).FirstOrDefault() is { } unclear)
        {
            return PolicyVerdict.Undecided(unclear);
        }

        if (access.Count > 0 || subnets.Any(subnet => subnet.IsTextGiven() == true))
        {
            return PolicyVerdict.Pass;
        }

        if (subnets.Where(subnet => subnet.IsTextGiven() is null).Select(subnet => subnet.Path).FirstOrDefault() is { } unknown)
        {
            return PolicyVerdict.Undecided(unknown);
        }

        var alternative = Subnets.IsEmpty ? "" : $" and is in no subnet ({Subnets[0]})";
        return PolicyVerdict.Violation(
            Access[0], $"{server} does not turn the public network off{alternative}, so it answers on the internet, which is the default.");
    }
}
