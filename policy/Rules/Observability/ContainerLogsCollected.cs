using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>What containers of a cluster write is collected.</summary>
internal sealed class ContainerLogsCollected : StackPolicy
{
    private static readonly ResourceTypePattern Cluster = "azure-native:containerservice:ManagedCluster";
    private static readonly ResourceTypePattern ClassicCluster = "azure:containerservice/kubernetesCluster:KubernetesCluster";
    private static readonly ResourceTypePattern Association = "azure-native:monitor:DataCollectionRuleAssociation";
    private static readonly ResourceTypePattern Rule = "azure-native:monitor:DataCollectionRule";

    private static readonly ImmutableArray<ResourceTypePattern> Charts =
        ["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v3:Chart", "kubernetes:helm.sh/v4:Chart"];

    // Collectors that are brought by a chart, by a part of its name.
    private static readonly ImmutableArray<string> Collectors =
    [
        "fluent", "vector", "promtail", "alloy", "datadog", "opentelemetry", "otel", "grafana-agent", "k8s-monitoring", "filebeat",
        "elastic-agent", "splunk", "newrelic", "dynatrace", "loki-stack",
    ];

    private static readonly ImmutableArray<string> Streams =
        ["Microsoft-ContainerLogV2", "Microsoft-ContainerLog", "Microsoft-ContainerInsights-Group-Default"];

    private static readonly PropertyPath Agent = PropertyPath.Parse("addonProfiles.omsagent");
    private static readonly PropertyPath OlderAgent = PropertyPath.Parse("addonProfiles.omsAgent");
    private static readonly PropertyPath ClassicAgent = PropertyPath.Parse("omsAgent");
    private static readonly PropertyPath Insights = PropertyPath.Parse("azureMonitorProfile.containerInsights.enabled");
    private static readonly PropertyPath Flows = PropertyPath.Parse("dataFlows[*]");
    private static readonly PropertyPath Destinations = PropertyPath.Parse("destinations.logAnalytics[*]");

    public override string Id => "container-logs-collected";

    public override string Title => "What containers write is collected in a workspace";

    public override string Rationale =>
        "The logs of a participant, of Keycloak and of every service exist on a node until the pod is gone. Who signed in, what was "
        + "refused and what failed can be looked up afterwards only where an agent has collected it.";

    public override string Remediation =>
        "Enable the add-on omsagent with a workspace and useAADAuth 'true', and associate the cluster with a DataCollectionRule that "
        + "sends Microsoft-ContainerLogV2 to that workspace; or deploy a collector of your own as a chart of the stack.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-3"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A21"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var hasCollector = resources.Resources.Any(resource => Charts.Any(type => type.Matches(resource.Type)) && IsCollector(resource));
        return resources.Resources
            .Where(resource => Cluster.Matches(resource.Type) || ClassicCluster.Matches(resource.Type))
            .Select(cluster => StackVerdict.On(
                cluster,
                hasCollector ? PolicyVerdict.Pass : ClassicCluster.Matches(cluster.Type) ? OfClassic(cluster) : Judge(cluster, resources)));
    }

    private static bool IsCollector(StackResourceView chart) =>
        chart.Read(PropertyPath.Parse("chart")).TryGetText(out var name)
        && Collectors.Any(collector => name.Contains(collector, StringComparison.OrdinalIgnoreCase));

    private static PolicyVerdict OfClassic(StackResourceView cluster)
    {
        var agent = cluster.Read(ClassicAgent);
        return agent.IsNothing() switch
        {
            null => PolicyVerdict.Undecided(agent.Path),
            true => PolicyVerdict.Violation(agent.Path, $"{cluster} has no agent that collects what containers write."),
            false => PolicyVerdict.Pass,
        };
    }

    private static PolicyVerdict Judge(StackResourceView cluster, StackView resources)
    {
        if (cluster.Read(Insights).ToFlag(whenMissing: false) == true)
        {
            return PolicyVerdict.Pass;
        }

        var agent = cluster.Read(Agent).State == PropertyState.Missing ? cluster.Read(OlderAgent) : cluster.Read(Agent);
        var enabled = cluster.Read(agent.Path.Then("enabled"));
        if (enabled.ToFlag(whenMissing: false) is not { } isOn)
        {
            return PolicyVerdict.Undecided(enabled.Path);
        }

        if (!isOn)
        {
            return PolicyVerdict.Violation(enabled.Path, $"{cluster} has no agent that collects what containers write.");
        }

        var workspace = cluster.Read(agent.Path.Then("config").Then("logAnalyticsWorkspaceResourceID"));
        if (workspace.State == PropertyState.Missing)
        {
            return PolicyVerdict.Violation(workspace.Path, $"{cluster} has an agent without a workspace, so it collects nothing.");
        }

        var identity = cluster.Read(agent.Path.Then("config").Then("useAADAuth"));
        return identity.State == PropertyState.Unknown ? PolicyVerdict.Undecided(identity.Path)
            : IsTrue(identity) ? HasRule(cluster, resources)
            : PolicyVerdict.Violation(
                identity.Path, $"{cluster} has {identity} here, so its agent uses the key of the workspace instead of the cluster's identity.");
    }

    private static bool IsTrue(PropertyReading reading) =>
        reading.ToFlag(whenMissing: false) == true || (reading.TryGetText(out var text) && text.Equals("true", StringComparison.OrdinalIgnoreCase));

    // With an identity the agent collects what a rule says, and nothing without one.
    private static PolicyVerdict HasRule(StackResourceView cluster, StackView resources)
    {
        var rules = resources.OfType(Association)
            .Where(association => resources.SourcesOf(association, "resourceUri").Any(source => source.Urn == cluster.Urn))
            .SelectMany(association => resources.SourcesOf(association, "dataCollectionRuleId"))
            .Where(source => Rule.Matches(source.Type))
            .Select(Collects)
            .ToList();
        return rules.Contains(true) ? PolicyVerdict.Pass
            : rules.Contains(null) ? PolicyVerdict.Undecided(PropertyPath.Root, "not known yet what a data collection rule sends where")
            : PolicyVerdict.Violation(
                PropertyPath.Root,
                $"{cluster} has an agent, and no data collection rule that sends what containers write to a workspace.");
    }

    private static bool? Collects(StackResourceView rule)
    {
        var flows = rule.Select(Flows).ToList();
        var workspaces = rule.Select(Destinations).Select(reading => reading.Value).OfType<MapValue>()
            .Where(destination => destination["workspaceResourceId"] is not null)
            .Select(destination => Text(destination["name"])).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return flows.Any(flow => flow.State == PropertyState.Unknown) ? null : flows.Select(flow => flow.Value).OfType<MapValue>().Any(
            flow => Texts(flow["streams"]).Intersect(Streams, StringComparer.OrdinalIgnoreCase).Any()
                && Texts(flow["destinations"]).Any(workspaces.Contains));
    }

    private static IEnumerable<string> Texts(PropertyValue? list) =>
        list?.Unwrapped is ListValue items ? items.Items.Select(Text).OfType<string>() : [];

    private static string? Text(PropertyValue? value) => (value?.Unwrapped as StringValue)?.Value;
}
