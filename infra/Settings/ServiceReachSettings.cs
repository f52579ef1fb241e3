using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Network;

namespace CantonInfra.Infra.Settings;

/// <summary>What a service connects to besides the ledger and the identity provider (A9, A10).</summary>
/// <param name="Hosts">Hosts on the internet.</param>
/// <param name="Addresses">Addresses of networks that the environment is connected with.</param>
internal sealed partial record ServiceReachSettings(ImmutableArray<string> Hosts, ImmutableArray<ServiceAddressSettings> Addresses)
{
    private const int LongestPrefix = 32;

    /// <summary>Reads it.</summary>
    /// <param name="node">The service.</param>
    /// <param name="addressSpaces">The environment's own networks, in which the program alone decides who is reached.</param>
    public static ServiceReachSettings Read(SettingNode node, ImmutableArray<string> addressSpaces)
    {
        var list = node.Member("addresses");
        var own = addressSpaces.Select(space => (space, "the environment's own subnets")).ToArray();
        var addresses = list.Items()
            .Select(item => new ServiceAddressSettings(
                item.Member("name").Text("what is there", Name(), "a name of lowercase letters and digits with single hyphens between"),
                item.Member("addressPrefix").Network(
                    "the network that it is in",
                    LongestPrefix,
                    [.. own, (OverlayAddresses.Pods, "the pods of the cluster"), (OverlayAddresses.Services, "the services of the cluster")]),
                item.Member("port").Integer("the port that it is reached at", 1, 65_535)))
            .ToImmutableArray();
        if (addresses.DistinctBy(address => address.Name, StringComparer.Ordinal).Count() != addresses.Length)
        {
            list.Refuse("a name stands twice; each entry has one of its own.");
        }

        return new ServiceReachSettings(EgressSettings.ReadHosts(node.Member("hosts")), addresses);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Name();
}

/// <summary>Something that a service connects to in another network.</summary>
/// <param name="Name">What is there.</param>
/// <param name="AddressPrefix">Its addresses, an IPv4 network.</param>
/// <param name="Port">The port.</param>
internal sealed record ServiceAddressSettings(string Name, string AddressPrefix, int Port);
