using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Flow logs are on, and log networks and not security groups.</summary>
internal sealed class FlowLogsOfNetworks : StackPolicy
{
    private const string Property = "targetResourceId";
    private const string FlowLog = "azure-native:network:FlowLog";

    private static readonly ImmutableArray<ResourceTypePattern> FlowLogs =
        [FlowLog, "azure:network/networkWatcherFlowLog:NetworkWatcherFlowLog"];

    private static readonly ImmutableArray<ResourceTypePattern> SecurityGroups = [NetworkTypes.SecurityGroup, NetworkTypes.ClassicSecurityGroup];

    private static readonly ImmutableArray<ResourceTypePattern> Networks =
        [NetworkTypes.Network, NetworkTypes.ClassicNetwork];

    private static readonly ImmutableArray<ResourceTypePattern> Parts =
    [
        NetworkTypes.Subnet, NetworkTypes.ClassicSubnet, "azure-native:network:NetworkInterface",
        "azure:network/networkInterface:NetworkInterface",
    ];

    private static readonly Switch IsOn = Switch.On(FlowLog, "enabled", "nothing is logged", byDefault: true);
    private static readonly PropertyPath Target = PropertyPath.Parse(Property);

    private static readonly Reference LoggedNetwork = NetworkTypes.NetworkById(Property);

    public override string Id => "flow-logs-of-networks";

    public override string Title => "Every network has a flow log, and flow logs are on";

    public override string Rationale =>
        "Flow logs of security groups cannot be made any more and end on 2027-09-30. Where none is kept, nobody can tell afterwards "
        + "who talked to whom.";

    public override string Remediation =>
        "Give each virtual network a FlowLog (classic: NetworkWatcherFlowLog) with its id in targetResourceId, and leave enabled out or true. Subnets and network "
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
        var logs = resources.Resources.Where(resource => resource.IsAny(FlowLogs)).ToList();
        var networks = resources.Resources.Where(resource => resource.IsAny(Networks)).ToList();
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
        var self = Referred.To(network, network.Type.Canonical == NetworkTypes.Network ? "virtualNetworkName" : "name");
        var answers = logs.Where(log => !IsOfPart(log, resources))
            .SelectMany(log => LoggedNetwork.Read(log, resources).Select(named => named.Is(self)))
            .ToList();
        return answers.Contains(true) ? PolicyVerdict.Pass
            : answers.Contains(null) ? PolicyVerdict.Undecided(PropertyPath.Root, "not known yet whether a flow log of the stack is for it")
            : PolicyVerdict.Violation(PropertyPath.Root, $"{network} has no flow log, so nobody can tell afterwards who talked to whom.");
    }

    private static bool IsOfPart(StackResourceView log, StackView resources) => log.Read(Target).TryGetText(out var text)
        ? text.Contains("/subnets/", StringComparison.OrdinalIgnoreCase)
        : resources.SourcesOf(log, Property).Any(source => source.IsAny(Parts));

    private static PolicyVerdict JudgeTarget(StackResourceView log, StackView resources)
    {
        var target = log.Read(Target);
        var sources = resources.SourcesOf(log, Property);
        target.TryGetText(out var text);
        var isOfGroup = text?.Contains("/networkSecurityGroups/", StringComparison.OrdinalIgnoreCase)
            ?? sources.Any(source => source.IsAny(SecurityGroups));
        if (isOfGroup)
        {
            return PolicyVerdict.Violation(target.Path, $"{log} logs a network security group, which Azure refuses.");
        }

        return text is not null || sources.Any(source => source.IsAny(Networks) || source.IsAny(Parts))
            ? PolicyVerdict.Pass
            : PolicyVerdict.Undecided(target.Path);
    }
}
