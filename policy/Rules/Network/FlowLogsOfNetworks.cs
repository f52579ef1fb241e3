using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Flow logs are on, and log networks and not security groups.</summary>
internal sealed class FlowLogsOfNetworks : StackPolicy
{
    private const string Property = "targetResourceId";
    private const string FlowLog = "azure-native:network:FlowLog";

    private static readonly ResourceTypePattern SecurityGroup = "azure-native:network:NetworkSecurityGroup";

    private static readonly ImmutableArray<ResourceTypePattern> Networks =
        ["azure-native:network:VirtualNetwork", "azure-native:network:Subnet", "azure-native:network:NetworkInterface"];

    private static readonly Switch IsOn = Switch.On(FlowLog, "enabled", "nothing is logged", byDefault: true);
    private static readonly PropertyPath Target = PropertyPath.Parse(Property);

    private static readonly Reference LoggedNetwork = NetworkTypes.NetworkById(Property);

    public override string Id => "flow-logs-of-networks";

    public override string Title => "Every network has a flow log, and flow logs are on";

    public override string Rationale =>
        "Flow logs of security groups cannot be made any more and end on 2027-09-30. Where none is kept, nobody can tell afterwards "
        + "who talked to whom.";

    public override string Remediation =>
        "Give each virtual network a FlowLog with its id in targetResourceId, and leave enabled out or true. Subnets and network "
        + "interfaces can have logs of their own besides.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-4"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A24"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var logs = resources.OfType(FlowLog).ToList();
        var networks = resources.OfType(NetworkTypes.Network).ToList();
        return logs.Count == 0 && networks.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no networks and no flow logs."))]
            :
            [
                .. logs.SelectMany(log => IsOn.Judge(log).Append(JudgeTarget(log, resources)).Select(verdict => StackVerdict.On(log, verdict))),
                .. networks.Select(network => StackVerdict.On(network, JudgeNetwork(network, logs, resources))),
            ];
    }

    // A log of a subnet or of an interface sees a part of its network only.
    private static PolicyVerdict JudgeNetwork(StackResourceView network, List<StackResourceView> logs, StackView resources)
    {
        var self = Referred.To(network, "virtualNetworkName");
        var answers = logs.Where(log => !IsOfPart(log, resources))
            .SelectMany(log => LoggedNetwork.Read(log, resources).Select(named => named.Is(self)))
            .ToList();
        return answers.Contains(true) ? PolicyVerdict.Pass
            : answers.Contains(null) ? PolicyVerdict.Undecided(PropertyPath.Root, "not known yet whether a flow log of the stack is for it")
            : PolicyVerdict.Violation(PropertyPath.Root, $"{network} has no flow log, so nobody can tell afterwards who talked to whom.");
    }

    private static bool IsOfPart(StackResourceView log, StackView resources) => log.Read(Target).TryGetText(out var text)
        ? text.Contains("/subnets/", StringComparison.OrdinalIgnoreCase)
        : resources.SourcesOf(log, Property).Any(source => Networks.Skip(1).Any(type => type.Matches(source.Type)));

    private static PolicyVerdict JudgeTarget(StackResourceView log, StackView resources)
    {
        var target = log.Read(Target);
        var sources = resources.SourcesOf(log, Property);
        target.TryGetText(out var text);
        var isOfGroup = text?.Contains("/networkSecurityGroups/", StringComparison.OrdinalIgnoreCase)
            ?? sources.Any(source => SecurityGroup.Matches(source.Type));
        if (isOfGroup)
        {
            return PolicyVerdict.Violation(target.Path, $"{log} logs a network security group, which Azure refuses.");
        }

        return text is not null || sources.Any(source => Networks.Any(type => type.Matches(source.Type)))
            ? PolicyVerdict.Pass
            : PolicyVerdict.Undecided(target.Path);
    }
}
