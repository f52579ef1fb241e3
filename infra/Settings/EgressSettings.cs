using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Network;

namespace CantonInfra.Infra.Settings;

/// <summary>How the outbound traffic of an environment leaves (A10), <c>canton-infra:network</c>, member <c>.egress</c>.</summary>
/// <param name="Mode">
/// <c>.egress.mode</c>: firewall or nat; firewall. A firewall lets traffic out to hosts by name and logs it; by a NAT gateway
/// every host can be reached. Both have the same address; a change of the mode is an interruption (docs/decisions/0022).
/// </param>
/// <param name="IntrusionDetection">
/// <c>.egress.intrusionDetection</c>: whether the firewall also looks for attacks in the traffic and stops them, which is another
/// tier at a higher price; false.
/// </param>
/// <param name="AllowedHosts">
/// <c>.egress.allowedHosts</c>: the hosts that nodes reach by HTTPS besides those that the platform needs, such as the sponsoring
/// super validator's; with <c>*.</c> in front all below; none.
/// </param>
internal sealed partial record EgressSettings(EgressMode Mode, bool IntrusionDetection, ImmutableArray<string> AllowedHosts)
{
    private static readonly ImmutableSortedDictionary<string, EgressMode> Modes = new Dictionary<string, EgressMode>
    {
        ["firewall"] = EgressMode.Firewall,
        ["nat"] = EgressMode.Nat,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>As the network takes it.</summary>
    public EgressPlan Plan => new(Mode, IntrusionDetection, AllowedHosts);

    /// <summary>Reads them.</summary>
    /// <param name="network">The setting of the network.</param>
    public static EgressSettings Read(SettingNode network)
    {
        var node = network.Member("egress");
        var mode = node.Member("mode").OneOf("what traffic leaves by", Modes, EgressMode.Firewall);
        var detection = node.Member("intrusionDetection");
        var hosts = node.Member("allowedHosts");
        var settings = new EgressSettings(mode, detection.Boolean(fallback: false), ReadHosts(hosts));
        if (mode == EgressMode.Nat && (settings.IntrusionDetection || !hosts.IsMissing))
        {
            (settings.IntrusionDetection ? detection : hosts).Refuse(
                "a NAT gateway looks at no traffic and lets all of it out; leave this out, or set mode to firewall.");
        }

        return settings;
    }

    /// <summary>Host names, each once.</summary>
    public static ImmutableArray<string> ReadHosts(SettingNode node)
    {
        var hosts = node.Items()
            .Select(item => item.Text(
                "a host name", HostName(), "a host name in lower case, such as scan.example.com or *.example.com"))
            .ToImmutableArray();
        if (hosts.Distinct(StringComparer.Ordinal).Count() != hosts.Length)
        {
            node.Refuse("a host stands twice.");
        }

        return hosts;
    }

    /// <summary>A name of at least two labels: a star for a whole domain of the top level would be no restriction.</summary>
    [GeneratedRegex(@"^(\*\.(?=[^.]+\.))?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$")]
    private static partial Regex HostName();
}
