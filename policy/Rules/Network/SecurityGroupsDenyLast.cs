using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>What no rule of a security group admits stays out, from inside of the network too.</summary>
internal sealed class SecurityGroupsDenyLast : StackPolicy
{
    private static readonly ImmutableArray<ResourceTypePattern> Groups = [NetworkTypes.SecurityGroup, NetworkTypes.ClassicSecurityGroup];
    private static readonly ImmutableArray<ResourceTypePattern> Rules = [NetworkTypes.SecurityRule, NetworkTypes.ClassicSecurityRule];
    private static readonly PropertyPath Listed = PropertyPath.Parse("securityRules[*]");

    private static readonly Reference GroupOfRule =
        Reference.At("networkSecurityGroupName", Groups, "networkSecurityGroupName", "networkSecurityGroups");

    private static readonly Reference GroupOfSubnet =
        Reference.At("networkSecurityGroup.id", Groups, "networkSecurityGroupName", "networkSecurityGroups");

    public override string Id => "security-groups-deny-last";

    public override string Title => "Security groups deny what they do not admit";

    public override string Rationale =>
        "By default a security group admits everything from its own network and from all that are peered with it. Rules that name who "
        + "may come in mean nothing then: a machine that is taken over reaches every port of every other.";

    public override string Remediation =>
        "Add a rule to the group with direction Inbound, access Deny, priority 4096 and '*' for protocol, sources, destinations and "
        + "ports, and admit parts of the network by address, never VirtualNetwork to every port.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A10"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var groups = resources.Resources.Where(resource => Groups.Any(type => type.Matches(resource.Type))).ToList();
        if (groups.Count == 0)
        {
            return [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no security groups."))];
        }

        var separate = resources.Resources.Where(resource => Rules.Any(type => type.Matches(resource.Type)))
            .Select(rule => (Rule: rule, Groups: GroupOfRule.Read(rule, resources)))
            .ToList();
        var guarding = resources.OfType(NetworkTypes.Subnet).SelectMany(subnet => GroupOfSubnet.Read(subnet, resources)).ToList();
        return groups.SelectMany(group => Judge(group, separate, guarding));
    }

    private static IEnumerable<StackVerdict> Judge(
        StackResourceView group, List<(StackResourceView Rule, ImmutableArray<Referred> Groups)> separate, List<Referred> guarding)
    {
        var self = Referred.To(group, "networkSecurityGroupName");
        var own = separate.Where(each => each.Groups.Any(named => named.Is(self) == true)).Select(each => each.Rule).ToList();
        var unclear = separate.Exists(each => each.Groups.Any(named => named.Is(self) is null));
        var listed = group.Select(Listed).ToList();
        unclear |= listed.Exists(rule => rule.State is PropertyState.Unknown or PropertyState.WrongKind);
        List<SecurityGroupRule> rules =
        [
            .. listed.Where(rule => rule.State == PropertyState.Known).Select(rule => new SecurityGroupRule(group, rule.Path)),
            .. own.Select(rule => new SecurityGroupRule(rule, PropertyPath.Root)),
        ];
        foreach (var wide in rules.Where(rule => rule.AdmitsTheNetwork == true))
        {
            yield return StackVerdict.On(wide.Resource, PolicyVerdict.Violation(
                wide.SourcePath, $"{wide.Resource} admits all of the network, and all that is peered with it, to every port."));
        }

        var isUsed = guarding.Exists(named => named.Is(self) == true) || rules.Exists(rule => rule.AdmitsAPart == true);
        yield return StackVerdict.On(group, rules.Exists(rule => rule.RefusesAll == true) ? PolicyVerdict.Pass
            : !isUsed ? PolicyVerdict.NotApplicable("No subnet of the stack has this group, and it admits no part of a network.")
            : unclear || rules.Exists(rule => rule.RefusesAll is null)
                ? PolicyVerdict.Undecided(PropertyPath.Root, "not known yet whether a rule denies what the others do not admit")
            : PolicyVerdict.Violation(
                PropertyPath.Root,
                $"{group} has no rule that denies all other incoming traffic, so everything in its network and in peered ones comes in."));
    }
}
