using CantonInfra.Infra.Components.Network;

namespace CantonInfra.Infra.Settings;

/// <summary>The network of an environment.</summary>
/// <param name="AddressSpace">
/// <c>canton-infra:addressSpace</c>: the virtual network, an IPv4 network of /20 or larger; different in every environment,
/// so that they can be peered.
/// </param>
internal sealed record NetworkSettings(string AddressSpace)
{
    /// <summary>Reads them.</summary>
    public static NetworkSettings Read(SettingsReader reader) => new(
        reader.Key("addressSpace").Network(
            "the network of the environment",
            AddressPlan.LongestPrefix,
            (OverlayAddresses.Pods, "the pods of the cluster"),
            (OverlayAddresses.Services, "the services of the cluster")));
}
