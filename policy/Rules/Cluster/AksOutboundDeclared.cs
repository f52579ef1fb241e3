using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Pods leave a cluster by an address that somebody chose.</summary>
internal sealed class AksOutboundDeclared() : PropertyRule(
    Choice.Of(AksTypes.Cluster, "networkProfile.outboundType", Declared, "loadBalancer", Chosen),
    Choice.Of(AksTypes.ClassicCluster, "networkProfile.outboundType", Declared, "loadBalancer", Chosen))
{
    private const string Chosen = "it makes a public load balancer of its own and leaves by addresses that nobody declared, past every firewall";

    private static readonly ImmutableArray<string> Declared =
        ["userDefinedRouting", "userAssignedNATGateway", "managedNATGateway", "managedNATGatewayV2", "none", "block"];

    public override string Id => "aks-outbound-declared";

    public override string Title => "Clusters leave by a declared way out";

    public override string Rationale =>
        "Left alone, a cluster makes a load balancer with a public address for what leaves it. Other operators, who admit a validator by "
        + "its address, lose it when that address changes, and no firewall sees what the pods send.";

    public override string Remediation =>
        "Set networkProfile.outboundType to userDefinedRouting with a route to a firewall on the subnets of the nodes, or to "
        + "userAssignedNATGateway with a NAT gateway on them.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        AksTypes.Cluster,
        Good: """{"networkProfile": {"outboundType": "userDefinedRouting"}}""",
        Bad: """{"networkProfile": {"networkPlugin": "azure"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A10"),
    ];
}
