using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>Detections of Sentinel are on, raise incidents, and run in a workspace that has Sentinel.</summary>
internal sealed class DetectionsOn : StackPolicy
{
    private const string Rule = "azure-native:securityinsights:ScheduledAlertRule";
    private const string ClassicRule = "azure:sentinel/alertRuleScheduled:AlertRuleScheduled";

    private static readonly ImmutableArray<Switch> Switches =
    [
        Switch.On(Rule, "enabled", "nothing is looked for"),
        Switch.On(Rule, "incidentConfiguration.createIncident", "what it finds is put into no incident, and nobody looks at it", byDefault: true),
        Switch.Off(Rule, "suppressionEnabled", "after one finding it stays silent for a while"),
        Switch.On(ClassicRule, "enabled", "nothing is looked for", byDefault: true),
        Switch.On(ClassicRule, "incident.createIncidentEnabled", "what it finds is put into no incident, and nobody looks at it", byDefault: true),
        Switch.Off(ClassicRule, "suppressionEnabled", "after one finding it stays silent for a while"),
    ];

    // Three ways to turn Sentinel on; the older ones are solutions of the workspace.
    private static readonly ImmutableArray<(ResourceTypePattern Type, string Workspace)> Onboardings =
    [
        ("azure-native:securityinsights:SentinelOnboardingState", "workspaceName"),
        ("azure:sentinel/logAnalyticsWorkspaceOnboarding:LogAnalyticsWorkspaceOnboarding", "workspaceId"),
        ("azure-native:operationsmanagement:Solution", "properties"),
        ("azure:operationalinsights/analyticsSolution:AnalyticsSolution", "workspaceResourceId"),
    ];

    public override string Id => "detections-on";

    public override string Title => "Detections of Sentinel are on and raise incidents";

    public override string Rationale =>
        "A detection that is switched off or suppressed, that raises no incident, or that belongs to a workspace without Sentinel finds "
        + "nothing: whoever turns it off first works unseen afterwards.";

    public override string Remediation =>
        "Set enabled and incidentConfiguration.createIncident to true and suppressionEnabled to false, and declare a "
        + "SentinelOnboardingState for the workspace. What is too loud is made narrower in its query.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-1"),
        new(PolicyControl.CloudSecurityBenchmark, "IR-3"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A24"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var onboarded = Onboardings
            .SelectMany(way => resources.OfType(way.Type).SelectMany(onboarding => resources.SourcesOf(onboarding, way.Workspace)))
            .Select(workspace => workspace.Urn).ToHashSet(StringComparer.Ordinal);
        foreach (var resource in resources.Resources)
        {
            foreach (var verdict in Switches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource)))
            {
                yield return StackVerdict.On(resource, verdict);
            }

            // A workspace of another stack has been onboarded there.
            if (((ResourceTypePattern)Rule).Matches(resource.Type)
                && resources.SourcesOf(resource, "workspaceName").FirstOrDefault() is { } workspace && !onboarded.Contains(workspace.Urn))
            {
                yield return StackVerdict.On(resource, PolicyVerdict.Violation(
                    Protocol.Properties.PropertyPath.Parse("workspaceName"), $"{resource} looks at {workspace}, which Sentinel is not turned on for."));
            }
        }
    }
}
