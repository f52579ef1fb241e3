using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Security groups count for private endpoints too.</summary>
internal sealed class PrivateEndpointsGuarded : StackPolicy
{
    private static readonly Choice Guarded = Choice.Of(
        NetworkTypes.Subnet,
        "privateEndpointNetworkPolicies",
        ["Enabled", "NetworkSecurityGroupEnabled"],
        "Disabled",
        "no security group counts for the private endpoints in it and all of the network reaches them");

    private static readonly Reference SubnetOfEndpoint = NetworkTypes.SubnetById("subnet.id");

    public override string Id => "private-endpoints-guarded";

    public override string Title => "Security groups count for private endpoints";

    public override string Rationale =>
        "By default Azure does not ask the security group of a subnet about traffic to the private endpoints in it. The rules look as if "
        + "only nodes reached the vaults, and everything does.";

    public override string Remediation =>
        "Set privateEndpointNetworkPolicies of the subnet to Enabled, so that routes count too, or to NetworkSecurityGroupEnabled.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A10"),
        new(PolicyControl.Requirement, "A18"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var used = resources.OfType("azure-native:network:PrivateEndpoint")
            .SelectMany(endpoint => SubnetOfEndpoint.Read(endpoint, resources))
            .ToList();
        var verdicts = resources.OfType(NetworkTypes.Subnet)
            .Where(subnet => used.Exists(named => named.Is(Referred.To(subnet, "subnetName")) == true))
            .Select(subnet => StackVerdict.On(subnet, Guarded.JudgeOne(subnet)))
            .ToList();
        return verdicts.Count > 0
            ? verdicts
            : [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no subnet with private endpoints."))];
    }
}
