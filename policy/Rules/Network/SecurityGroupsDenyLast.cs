using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>What no rule of a security group admits stays out, from inside of the network too.</summary>
internal sealed class SecurityGroupsDenyLast : StackPolicy
{
    private static readonly ImmutableArray<ResourceTypePattern> Groups = [NetworkTypes.SecurityGroup, NetworkTypes.ClassicSecurityGroup];
    private static readonly ImmutableArray<ResourceTypePattern> Rules = [NetworkTypes.SecurityRule, NetworkTypes.ClassicSecurityRule];

    // What lists subnets with their groups, or gives a group to what is no Subnet.
    private static readonly ImmutableArray<ResourceTypePattern> Guarded =
    [
        NetworkTypes.Network, NetworkTypes.ClassicNetwork, NetworkTypes.ClassicSubnetAssociation, "azure-native:network:NetworkInterface",
        "azure:network/networkInterfaceSecurityGroupAssociation:NetworkInterfaceSecurityGroupAssociation",
    ];

    private static readonly ImmutableArray<string> GuardedBy = ["subnets", "networkSecurityGroup", "networkSecurityGroupId"];

    private static readonly PropertyPath Listed = PropertyPath.Parse("securityRules[*]");

    private static readonly Reference GroupOfRule =
        Reference.At("networkSecurityGroupName", Groups, "networkSecurityGroupName", "networkSecurityGroups");

    private static readonly Reference GroupOfSubnet =
        Reference.At("networkSecurityGroup.id", Groups, "networkSecurityGroupName", "networkSecurityGroups");

    private static readonly Reference SubnetOfEndpoint = NetworkTypes.SubnetById("subnet.id");

    public override string Id => "security-groups-deny-last";

    public override string Title => "Security groups deny what they do not admit";

    public override string Rationale =>
        "By default a security group admits everything from its own network and from all that are peered with it. Rules that name who "
        + "may come in mean nothing then: a machine that is taken over reaches every port of every other.";

    public override string Remediation =>
        "Add a rule to the group with direction Inbound, access Deny, priority 4096 and '*' for protocol, sources, destinations and "
        + "ports, and admit parts of the network by address, never VirtualNetwork to every port. Where rules name what may be talked to "
        + "outside, deny all else to Internet.";

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
        var guarding = resources.OfType(NetworkTypes.Subnet)
            .Select(subnet => (Subnet: subnet, Groups: GroupOfSubnet.Read(subnet, resources)))
            .ToList();
        var endpoints = resources.OfType("azure-native:network:PrivateEndpoint").SelectMany(endpoint => SubnetOfEndpoint.Read(endpoint, resources)).ToList();
        var others = resources.Resources.Where(resource => resource.IsAny(Guarded)).ToList();
        return groups.SelectMany(group =>
        {
            var self = Referred.To(group, "networkSecurityGroupName");
            var subnets = guarding.Where(each => each.Groups.Any(named => named.Is(self) == true)).Select(each => each.Subnet).ToList();
            var isGuarding = subnets.Count > 0
                || others.Exists(other => GuardedBy.Any(property => resources.SourcesOf(other, property).Contains(group)));
            return Judge(group, RulesOf(group, separate), isGuarding, subnets, endpoints);
        });
    }

    private static Rulebook RulesOf(StackResourceView group, List<(StackResourceView Rule, ImmutableArray<Referred> Groups)> separate)
    {
        var self = Referred.To(group, "networkSecurityGroupName");
        var listed = group.Select(Listed).ToList();
        return new(
            [
                .. listed.Where(rule => rule.State == PropertyState.Known).Select(rule => new SecurityGroupRule(group, rule.Path)),
                .. separate.Where(each => each.Groups.Any(named => named.Is(self) == true))
                    .Select(each => new SecurityGroupRule(each.Rule, PropertyPath.Root)),
            ],
            listed.Exists(rule => rule.State is PropertyState.Unknown or PropertyState.WrongKind)
                || separate.Exists(each => each.Groups.Any(named => named.Is(self) is null)));
    }

    private static IEnumerable<StackVerdict> Judge(
        StackResourceView group, Rulebook book, bool isGuarding, List<StackResourceView> subnets, List<Referred> endpoints)
    {
        foreach (var wide in book.Rules.Where(rule => rule.AdmitsTheNetwork == true))
        {
            yield return StackVerdict.On(wide.Resource, PolicyVerdict.Violation(
                wide.SourcePath, $"{wide.Resource} admits all of the network, and all that is peered with it, to every port."));
        }

        // Nobody on the internet is a client of what is only reached by private ways, not even for web pages.
        if (subnets.Exists(subnet => IsPrivate(subnet, endpoints)))
        {
            foreach (var open in book.Rules.Where(rule => rule.AdmitsAnybody == true))
            {
                yield return StackVerdict.On(open.Resource, PolicyVerdict.Violation(
                    open.SourcePath, $"{open.Resource} admits anybody to {subnets[0]}, which holds what is reached by private ways only."));
            }
        }

        if (subnets.Exists(HoldsDatabases))
        {
            foreach (var open in book.Rules.Where(rule => rule.LetsOutToAnywhere == true))
            {
                yield return StackVerdict.On(open.Resource, PolicyVerdict.Violation(
                    open.DestinationPath, $"{open.Resource} lets databases in {subnets[0]} send anywhere."));
            }
        }

        yield return StackVerdict.On(group, JudgeLast(
            book,
            isGuarding || book.Rules.Any(rule => rule.AdmitsAPart == true),
            rule => rule.RefusesAll,
            $"{group} has no rule that denies all other incoming traffic, so everything in its network and in peered ones comes in."));
        yield return StackVerdict.On(group, JudgeLast(
            book,
            book.Rules.Any(rule => rule.LetsOutAPart == true),
            rule => rule.RefusesInternet,
            $"{group} names what may be talked to outside and has no rule that denies all else, so everything may."));
    }

    private static PolicyVerdict JudgeLast(Rulebook book, bool isNeeded, Func<SecurityGroupRule, bool?> denies, string message) =>
        book.Rules.Any(rule => denies(rule) == true) ? PolicyVerdict.Pass
        : !isNeeded ? PolicyVerdict.NotApplicable("Nothing that this group admits or lets out needs a denial beside it.")
        : book.IsUnclear || book.Rules.Any(rule => denies(rule) is null)
            ? PolicyVerdict.Undecided(PropertyPath.Root, "not known yet whether a rule denies what the others do not name")
        : PolicyVerdict.Violation(PropertyPath.Root, message);

    private static bool IsPrivate(StackResourceView subnet, List<Referred> endpoints)
    {
        var self = Referred.To(subnet, "subnetName");
        return endpoints.Exists(named => named.Is(self) == true)
            || Services(subnet).Any(service => !service.Equals("Microsoft.Network/applicationGateways", StringComparison.OrdinalIgnoreCase));
    }

    private static bool HoldsDatabases(StackResourceView subnet) =>
        Services(subnet).Any(service => service.StartsWith("Microsoft.DBfor", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Services(StackResourceView subnet) => subnet
        .Select(PropertyPath.Parse("delegations[*].serviceName"))
        .Select(reading => reading.TryGetText(out var service) ? service : "")
        .Where(service => service.Length > 0);

    /// <summary>The rules of a group.</summary>
    /// <param name="Rules">Those that are known.</param>
    /// <param name="IsUnclear">Whether there may be more.</param>
    private sealed record Rulebook(ImmutableArray<SecurityGroupRule> Rules, bool IsUnclear);
}
