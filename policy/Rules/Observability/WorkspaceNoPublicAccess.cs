using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>The internet neither writes into a workspace of the production network nor queries it.</summary>
internal sealed class WorkspaceNoPublicAccess : ResourcePolicy
{
    private static readonly ImmutableArray<PropertyPath> Paths =
        [PropertyPath.Parse("publicNetworkAccessForIngestion"), PropertyPath.Parse("publicNetworkAccessForQuery")];

    public override string Id => "workspace-no-public-access";

    public override string Title => "Log Analytics workspaces of the production network are reached by private link only";

    public override string Rationale =>
        "Logs hold names, addresses and queries of everybody. With public access a stolen token reads them from anywhere, and a pod that is "
        + "taken over can send what it knows to a workspace of somebody else by the same way.";

    public override string Remediation =>
        "Set publicNetworkAccessForIngestion and publicNetworkAccessForQuery to 'Disabled' and reach the workspace by an Azure Monitor "
        + "private link scope. Diagnostic settings still arrive. Devnet and testnet, told by canton-infra:environment, may do without.";

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

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = ["azure-native:operationalinsights:Workspace"];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) => TestNetwork.Is(stack)
        ? [PolicyVerdict.NotApplicable("The stack is on a test network, whose workspace may be public.")]
        : Paths.Select(resource.Read).Select(reading => reading.State switch
        {
            PropertyState.Missing => PolicyVerdict.Violation(
                reading.Path, $"{resource} does not set this, which counts as Enabled, so it answers on the internet."),
            PropertyState.Known when reading.TryGetText(out var text) => text.Equals("Disabled", StringComparison.OrdinalIgnoreCase)
                ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(reading.Path, $"{resource} has {reading} here, so it answers on the internet."),
            _ => PolicyVerdict.Undecided(reading.Path),
        });
}
