using CantonInfra.Infra.Components.Network;

namespace CantonInfra.Infra.Settings;

/// <summary>The network of an environment, <c>canton-infra:network</c> (A10).</summary>
/// <param name="AddressSpace">
/// <c>canton-infra:addressSpace</c>: the virtual network, an IPv4 network of /20 or larger; different in every environment,
/// so that they can be peered.
/// </param>
/// <param name="Egress">How outbound traffic leaves.</param>
/// <param name="FlowLogs">The flow logs.</param>
internal sealed record NetworkSettings(string AddressSpace, EgressSettings Egress, FlowLogSettings FlowLogs)
{
    /// <summary>Reads them.</summary>
    public static NetworkSettings Read(SettingsReader reader)
    {
        var node = reader.Structure("network");
        return new NetworkSettings(
            reader.Key("addressSpace").Network(
                "the network of the environment",
                AddressPlan.LongestPrefix,
                (OverlayAddresses.Pods, "the pods of the cluster"),
                (OverlayAddresses.Services, "the services of the cluster")),
            EgressSettings.Read(node),
            FlowLogSettings.Read(node));
    }
}
