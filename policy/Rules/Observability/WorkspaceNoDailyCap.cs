using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>The logs of the production network have no bound that floods could reach.</summary>
internal sealed class WorkspaceNoDailyCap : ResourcePolicy
{
    private static readonly ImmutableArray<(ResourceTypePattern Type, PropertyPath Path)> Caps =
    [
        ("azure-native:operationalinsights:Workspace", PropertyPath.Parse("workspaceCapping.dailyQuotaGb")),
        ("azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace", PropertyPath.Parse("dailyQuotaGb")),
    ];

    public override string Id => "workspace-no-daily-cap";

    public override string Title => "Log Analytics workspaces of the production network have no daily cap";

    public override string Rationale =>
        "Once the cap is reached, a workspace drops what comes in until the next day, and Sentinel sees nothing of it. Whoever wants to go "
        + "unseen only has to make enough noise first.";

    public override string Remediation =>
        "Leave workspaceCapping out and alert on cost instead. On devnet and testnet, told by canton-infra:environment, a cap is fine.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:operationalinsights:Workspace",
        Good: """{"workspaceCapping": {"dailyQuotaGb": -1}}""",
        Bad: """{"workspaceCapping": {"dailyQuotaGb": 2}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-3"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A22"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. Caps.Select(each => each.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (TestNetwork.Is(stack))
        {
            yield return PolicyVerdict.NotApplicable("The stack is on a test network, whose logs may be bound.");
            yield break;
        }

        var reading = resource.Read(Caps.First(each => each.Type.Matches(resource.Type)).Path);
        yield return reading switch
        {
            { State: PropertyState.Missing } => PolicyVerdict.Pass,

            // Azure's way to say that there is none.
            { State: PropertyState.Known, Value: NumberValue { Value: -1 } } => PolicyVerdict.Pass,
            { State: PropertyState.Known, Value: NumberValue } => PolicyVerdict.Violation(
                reading.Path, $"{resource} takes no more than {reading} GB a day, so that whoever floods it goes unlogged for the rest of the day."),
            _ => PolicyVerdict.Undecided(reading.Path),
        };
    }
}
