using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Machines;

/// <summary>Machines do not pass on the traffic of others.</summary>
internal sealed class NoIpForwarding() : PropertyRule(
    Switch.Off("azure-native:network:NetworkInterface", "enableIPForwarding", Router),
    Switch.Off("azure:network/networkInterface:NetworkInterface", "ipForwardingEnabled", Router)
        with { Older = PropertyPath.Parse("enableIpForwarding") })
{
    private const string Router = "its machine can take traffic that is meant for others and pass it on, past the firewall";

    public override string Id => "no-ip-forwarding";

    public override string Title => "Machines do not route the traffic of others";

    public override string Rationale =>
        "Azure drops what a machine sends under another's address. Where that is off, a machine that is taken over becomes a way around "
        + "the firewall and a place to listen. Only an appliance that routes on purpose needs it.";

    public override string Remediation => "Leave enableIPForwarding out of network interfaces, or set it to false.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        "azure-native:network:NetworkInterface", Good: """{"enableIPForwarding": false}""", Bad: """{"enableIPForwarding": true}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A10"),
    ];
}
