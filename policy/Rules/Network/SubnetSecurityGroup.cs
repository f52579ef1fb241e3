using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Every subnet has a network security group.</summary>
internal sealed class SubnetSecurityGroup : StackPolicy
{
    private static readonly ImmutableArray<ResourceTypePattern> Groups = [NetworkTypes.SecurityGroup, NetworkTypes.ClassicSecurityGroup];
    private static readonly ResourceTypePattern Association = NetworkTypes.ClassicSubnetAssociation;
    private static readonly Reference SubnetOfAssociation = Reference.At("subnetId", [NetworkTypes.ClassicSubnet], "name", "subnets");

    public override string Id => "subnet-security-group";

    public override string Title => "Every subnet has a network security group";

    public override string Rationale =>
        "Without a security group, everything in the network and in all networks that it is peered with reaches everything in the "
        + "subnet, and what is given a public address is reached by the internet.";

    public override string Remediation =>
        "Name a NetworkSecurityGroup in networkSecurityGroup.id (classic: by a SubnetNetworkSecurityGroupAssociation), with a rule that denies what others do not allow. Take the id from the "
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
        var associated = resources.OfType(Association).SelectMany(association => SubnetOfAssociation.Read(association, resources)).ToList();
        var verdicts = (
            from resource in resources.Resources
            from subnet in SubnetPlace.Of(resource)
            select StackVerdict.On(resource, Judge(subnet, resource, resources, associated))).ToList();
        return verdicts.Count > 0 ? verdicts : [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no subnets."))];
    }

    private static PolicyVerdict Judge(SubnetPlace subnet, StackResourceView resource, StackView resources, List<Referred> associated)
    {
        if (!subnet.IsKnown)
        {
            return PolicyVerdict.Undecided(subnet.Reading.Path);
        }

        var name = subnet.Name;
        if (name.TryGetText(out var text) && PlatformSubnets.Names.Contains(text))
        {
            return PolicyVerdict.NotApplicable("Azure guards the traffic of this subnet itself.");
        }

        var group = subnet.SecurityGroup;
        return IsAssociated(subnet, resource, associated) ?? group.IsTextGiven() switch
        {
            true => PolicyVerdict.Pass,
            null => resources.SourcesOf(resource, group.Path, Groups).Any() ? PolicyVerdict.Pass : PolicyVerdict.Undecided(group.Path),
            _ when name.State != PropertyState.Missing && text is null => PolicyVerdict.Undecided(name.Path),
            _ => PolicyVerdict.Violation(group.Path, $"{subnet} has no network security group, so nothing holds traffic off it."),
        };
    }

    // Null where no association tells.
    private static PolicyVerdict? IsAssociated(SubnetPlace subnet, StackResourceView resource, List<Referred> associated)
    {
        if (subnet.IsListed || !subnet.IsClassic)
        {
            return null;
        }

        var self = Referred.To(resource, "name");
        var answers = associated.ConvertAll(each => each.Is(self));
        return answers.Contains(true) ? PolicyVerdict.Pass
            : answers.Contains(null) ? PolicyVerdict.Undecided(PropertyPath.Root, "not known yet which subnet an association is for")
            : null;
    }
}
