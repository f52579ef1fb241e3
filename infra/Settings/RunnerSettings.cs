using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Runner;

namespace CantonInfra.Infra.Settings;

/// <summary>Where deployments run (A10, P1), <c>canton-infra:runner</c>.</summary>
/// <param name="Mode">
/// <c>.mode</c>: managed (a machine of the environment's own), existing (one that the network lets in) or none (the program knows
/// nothing of it); managed.
/// </param>
/// <param name="VmSize"><c>.vmSize</c>: the size of the managed machine; Standard_D2s_v5.</param>
/// <param name="SshPublicKey">
/// <c>.sshPublicKey</c>: the public key of whoever maintains the managed machine, of the type ssh-ed25519 or ssh-rsa; nobody signs
/// in by SSH.
/// </param>
/// <param name="AllowedHosts">
/// <c>.allowedHosts</c>: the hosts that the managed machine reaches through the firewall besides Azure's and its system's updates,
/// such as those of its tools and of the state; none.
/// </param>
/// <param name="AddressPrefix">
/// <c>.addressPrefix</c>: the addresses of the existing machine, an IPv4 network outside of the environment's. No default.
/// </param>
internal sealed partial record RunnerSettings(
    RunnerMode Mode, string VmSize, string? SshPublicKey, ImmutableArray<string> AllowedHosts, string? AddressPrefix)
{
    private const int LongestPrefix = 32;

    private static readonly ImmutableSortedDictionary<string, RunnerMode> Modes = new Dictionary<string, RunnerMode>
    {
        ["managed"] = RunnerMode.Managed,
        ["existing"] = RunnerMode.Existing,
        ["none"] = RunnerMode.None,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="network">The network, which the existing machine must be outside of.</param>
    public static RunnerSettings Read(SettingsReader reader, NetworkSettings network)
    {
        var node = reader.Structure("runner");
        var mode = node.Member("mode").OneOf("where deployments run", Modes, RunnerMode.Managed);
        var size = node.Member("vmSize");
        var key = node.Member("sshPublicKey");
        var hosts = node.Member("allowedHosts");
        var prefix = node.Member("addressPrefix");
        RefuseUnless(mode == RunnerMode.Managed, "managed", size, key, hosts);
        RefuseUnless(mode == RunnerMode.Existing, "existing", prefix);
        if (mode == RunnerMode.Managed && network.Egress.Mode == EgressMode.Nat && !hosts.IsMissing)
        {
            hosts.Refuse("a NAT gateway lets all traffic out; leave this out.");
        }

        return new RunnerSettings(
            mode,
            size.Text("the size of the machine", VmSizeForm(), "a size of virtual machines, such as Standard_D2s_v5", "Standard_D2s_v5"),
            key.IsMissing ? null : key.Text("an SSH public key", PublicKey(), "an SSH public key of the type ssh-ed25519 or ssh-rsa"),
            EgressSettings.ReadHosts(hosts),
            mode == RunnerMode.Existing ? ReadPrefix(prefix, network) : null);
    }

    private static void RefuseUnless(bool isRead, string mode, params ReadOnlySpan<SettingNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (!isRead && !node.IsMissing)
            {
                node.Refuse($"counts with mode {mode} only; leave it out, or set the mode.");
            }
        }
    }

    private static string ReadPrefix(SettingNode node, NetworkSettings network)
    {
        const string Meaning = "the addresses of the machine that deploys";
        (string, string) pods = (OverlayAddresses.Pods, "the pods of the cluster");
        (string, string) services = (OverlayAddresses.Services, "the services of the cluster");
        return network.AddressSpace.Length == 0
            ? node.Network(Meaning, LongestPrefix, pods, services)
            : node.Network(Meaning, LongestPrefix, pods, services, (network.AddressSpace, "the environment's own resources"));
    }

    [GeneratedRegex("^Standard_[A-Z][A-Za-z0-9_-]+$")]
    private static partial Regex VmSizeForm();

    [GeneratedRegex("^ssh-(ed25519|rsa) [A-Za-z0-9+/]+={0,2}( [^\n]*)?$")]
    private static partial Regex PublicKey();
}
