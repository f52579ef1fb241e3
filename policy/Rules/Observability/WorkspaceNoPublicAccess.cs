using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>The internet neither writes into a workspace of the production network nor queries it.</summary>
internal sealed class WorkspaceNoPublicAccess : ResourcePolicy
{
    private const string Open = "it answers on the internet";

    private static readonly ImmutableArray<Choice> Choices =
    [
        Choice.Of("azure-native:operationalinsights:Workspace", "publicNetworkAccessForIngestion", ["Disabled", "SecuredByPerimeter"], "Enabled", Open),
        Choice.Of("azure-native:operationalinsights:Workspace", "publicNetworkAccessForQuery", ["Disabled", "SecuredByPerimeter"], "Enabled", Open),
        Choice.Of("azure-native:monitor:AzureMonitorWorkspace", "publicNetworkAccess", ["Disabled"], "Enabled", Open),
        Choice.Of(
            "azure-native:monitor:DataCollectionEndpoint", "networkAcls.publicNetworkAccess", ["Disabled", "SecuredByPerimeter"], "Enabled", Open),
        Choice.Of(
            "azure-native:monitor:PrivateLinkScope", "accessModeSettings.ingestionAccessMode", "PrivateOnly",
            "its networks can send to workspaces of anybody"),
        Choice.Of(
            "azure-native:monitor:PrivateLinkScope", "accessModeSettings.queryAccessMode", "PrivateOnly",
            "its networks can query workspaces of anybody"),
    ];

    private static readonly ImmutableArray<Switch> Switches =
    [
        Switch.Off("azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace", "internetIngestionEnabled", Open, byDefault: true),
        Switch.Off("azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace", "internetQueryEnabled", Open, byDefault: true),
    ];

    public override string Id => "workspace-no-public-access";

    public override string Title => "Workspaces of the production network are reached by private link only";

    public override string Rationale =>
        "Logs hold names, addresses and queries of everybody. With public access a stolen token reads them from anywhere, and a pod that is "
        + "taken over can send what it knows to a workspace of somebody else by the same way.";

    public override string Remediation =>
        "Set publicNetworkAccessForIngestion and publicNetworkAccessForQuery to 'Disabled', as well as publicNetworkAccess of an Azure "
        + "Monitor workspace and of a data collection endpoint, and reach them by a private link scope whose access modes are "
        + "'PrivateOnly'. Diagnostic settings still arrive. Devnet and testnet, told by canton-infra:environment, may do without.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        "azure-native:operationalinsights:Workspace",
        Good: """{"publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled"}""",
        Bad: """{"publicNetworkAccessForIngestion": "Disabled"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A22"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [.. Choices.Select(choice => choice.Type).Concat(Switches.Select(each => each.Type)).Distinct()];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) => TestNetwork.Is(stack)
        ? [PolicyVerdict.NotApplicable("The stack is on a test network, whose workspace may be public.")]
        : Choices.Where(choice => choice.Type.Matches(resource.Type)).SelectMany(choice => choice.Judge(resource))
            .Concat(Switches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource)));
}
