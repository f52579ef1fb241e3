using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>A peering connects two networks and no third.</summary>
internal sealed class PeeringsClosed : ResourcePolicy
{
    private const string Forwarded = "traffic that the other network passes on for networks nobody named comes in";
    private const string Transit = "the other network uses its gateway, and so do those behind it";
    private const string Remote = "its traffic leaves by the gateway of the other network, past its own firewall";
    private const string Peering = "azure-native:network:VirtualNetworkPeering";
    private const string ClassicPeering = "azure:network/virtualNetworkPeering:VirtualNetworkPeering";

    private static readonly PolicySetting<ImmutableArray<string>> Hubs = PolicySetting.Texts(
        "hubs", "Names of peerings, as in the program, that lead to a hub with a firewall or a gateway and may pass traffic on.", []);

    private static readonly ImmutableArray<Switch> Switches =
    [
        .. new[] { ("", Peering), ("", ClassicPeering), ("virtualNetworkPeerings[*].", NetworkTypes.Network) }.SelectMany(each => new[]
        {
            Switch.Off(each.Item2, $"{each.Item1}allowForwardedTraffic", Forwarded),
            Switch.Off(each.Item2, $"{each.Item1}allowGatewayTransit", Transit),
            Switch.Off(each.Item2, $"{each.Item1}useRemoteGateways", Remote),
        }),
    ];

    public override string Id => "peerings-closed";

    public override string Title => "Peerings pass on no traffic of third networks";

    public override string Rationale =>
        "A peering that passes traffic on joins every network behind it to the ledger's, whatever its security groups were written for: "
        + "to Azure all of that is one network.";

    public override string Remediation =>
        "Leave allowForwardedTraffic, allowGatewayTransit and useRemoteGateways out, or set them to false. Where the peering leads to "
        + "a hub with a firewall, name it in the rule's setting 'hubs'.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        Peering, Good: """{"allowVirtualNetworkAccess": true}""", Bad: """{"allowForwardedTraffic": true}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A10"),
    ];

    public override ImmutableArray<PolicySetting> Settings { get; } = [Hubs];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Peering, ClassicPeering, NetworkTypes.Network];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        stack.Get(Hubs).Contains(resource.Name)
            ? [PolicyVerdict.NotApplicable("The rule's settings name it as a way to a hub.")]
            : Switches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource));
}
