using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>Nobody writes into a workspace, or reads from it, with its shared keys.</summary>
internal sealed class WorkspaceNoLocalAuth : ResourcePolicy
{
    private const string Forged = "whoever has one of its two keys can forge logs";

    private static readonly ImmutableArray<Switch> Switches =
    [
        Switch.On("azure-native:operationalinsights:Workspace", "features.disableLocalAuth", Forged),
        Switch.Off("azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace", "localAuthenticationEnabled", Forged, byDefault: true),
    ];

    public override string Id => "workspace-no-local-auth";

    public override string Title => "Log Analytics workspaces take no shared keys";

    public override string Rationale =>
        "A workspace has two keys that everybody shares who sends to it. They cannot be told apart in logs, are rarely rotated, and whoever "
        + "has one can write entries that look like any other, so that the logs prove nothing.";

    public override string Remediation =>
        "Set features.disableLocalAuth to true; agents and services then sign in with Entra identities.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:operationalinsights:Workspace",
        Good: """{"features": {"disableLocalAuth": true}}""",
        Bad: """{"features": {}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-1"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A22"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. Switches.Select(each => each.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        Switches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource));
}
