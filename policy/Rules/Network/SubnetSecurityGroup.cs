using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Every subnet has a network security group.</summary>
internal sealed class SubnetSecurityGroup : StackPolicy
{
    private const string Property = "networkSecurityGroup";

    private static readonly ResourceTypePattern Subnet = "azure-native:network:Subnet";
    private static readonly ResourceTypePattern SecurityGroup = "azure-native:network:NetworkSecurityGroup";
    private static readonly PropertyPath Group = PropertyPath.Parse($"{Property}.id");
    private static readonly PropertyPath Name = PropertyPath.Parse("subnetName");

    public override string Id => "subnet-security-group";

    public override string Title => "Every subnet has a network security group";

    public override string Rationale =>
        "Without a security group, everything in the network and in all networks that it is peered with reaches everything in the "
        + "subnet, and what is given a public address is reached by the internet.";

    public override string Remediation =>
        "Name a NetworkSecurityGroup in networkSecurityGroup.id, with a rule that denies what others do not allow. Take the id from the "
        + "group's output, so that previews can connect the two.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var subnets = resources.OfType(Subnet).Select(subnet => StackVerdict.On(subnet, Judge(subnet, resources))).ToList();
        return subnets.Count > 0 ? subnets : [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no subnets."))];
    }

    private static PolicyVerdict Judge(StackResourceView subnet, StackView resources)
    {
        var name = subnet.Read(Name);
        if (name.TryGetText(out var text) && PlatformSubnets.Names.Contains(text))
        {
            return PolicyVerdict.NotApplicable("Azure guards the traffic of this subnet itself.");
        }

        var group = subnet.Read(Group);
        return group.IsTextGiven() switch
        {
            true => PolicyVerdict.Pass,
            null => resources.SourcesOf(subnet, Property).Any(source => SecurityGroup.Matches(source.Type))
                ? PolicyVerdict.Pass
                : PolicyVerdict.Undecided(group.Path),
            _ when name.State != PropertyState.Missing && text is null => PolicyVerdict.Undecided(name.Path),
            _ => PolicyVerdict.Violation(group.Path, $"{subnet} has no network security group, so nothing holds traffic off it."),
        };
    }
}
