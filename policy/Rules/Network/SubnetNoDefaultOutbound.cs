using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Subnets have no way out that nobody declared.</summary>
internal sealed class SubnetNoDefaultOutbound : ResourcePolicy
{
    private const string Subnet = "azure-native:network:Subnet";

    private const string Leaves = "its machines leave by an address that Azure picks and changes, past every firewall";

    public override string Id => "subnet-no-default-outbound";

    public override string Title => "Subnets have no default way out to the internet";

    public override string Rationale =>
        "Azure gives machines an address for outbound traffic that nobody chose. Who allows a validator by its address does not know it, "
        + "and data leaves by it that a firewall would have stopped.";

    public override string Remediation =>
        "Set defaultOutboundAccess (classic: defaultOutboundAccessEnabled) to false, and give the subnet a NAT gateway or a route to a firewall where it needs a way out. "
        + "Subnets that are delegated to a service, and those of Azure's own gateways, are not judged.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } =
        new(Subnet, Good: """{"defaultOutboundAccess": false}""", Bad: """{"addressPrefix": "10.0.0.0/24"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A10"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => SubnetPlace.Types;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var verdicts = SubnetPlace.Of(resource).Select(Judge).ToList();
        return verdicts.Count > 0 ? verdicts : [PolicyVerdict.NotApplicable("The network lists no subnets.")];
    }

    private static PolicyVerdict Judge(SubnetPlace subnet)
    {
        if (!subnet.IsKnown)
        {
            return PolicyVerdict.Undecided(subnet.Reading.Path);
        }

        var verdict = new Switch(Subnet, subnet.DefaultOutbound, MustBe: false, ByDefault: true, Leaves).Judge(subnet.Resource).Single();
        if (verdict is PassVerdict)
        {
            return verdict;
        }

        var name = subnet.Name;
        var delegations = subnet.Delegations;
        if ((name.TryGetText(out var text) && PlatformSubnets.Names.Contains(text)) || delegations.IsNothing() == false)
        {
            return PolicyVerdict.NotApplicable("A service of Azure has this subnet for itself.");
        }

        return (delegations.IsNothing(), name.State != PropertyState.Missing && text is null) switch
        {
            (null, _) => PolicyVerdict.Undecided(delegations.Path),
            (_, true) => PolicyVerdict.Undecided(name.Path),
            _ => verdict,
        };
    }
}
