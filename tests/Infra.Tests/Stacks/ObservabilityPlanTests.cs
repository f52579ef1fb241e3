using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>Logs and alerts in whole plans: what they are about is there, and each option changes only what it should.</summary>
public sealed class ObservabilityPlanTests
{
    private const string Setting = "azure-native:monitor:DiagnosticSetting";

    private static readonly Lazy<Task<Plan>> Mainnet = new(() => PlanAsync());

    // What somebody has to be told of, and where that is in mainnet's plan.
    public static TheoryData<string, string, string> Required => new()
    {
        { "backup failed", "azure-native:monitor:ScheduledQueryRule", "backup-failed" },
        { "backup missing", "azure-native:monitor:MetricAlert", "psql-ledger-postgresql-backup-missing" },
        { "vault access denied", "azure-native:monitor:ScheduledQueryRule", "vault-access-denied" },
        { "node not ready", "azure-native:alertsmanagement:PrometheusRuleGroup", "cluster-alerts" },
        { "certificate expiry", "azure-native:alertsmanagement:PrometheusRuleGroup", "cluster-alerts" },
        { "storage nearly full", "azure-native:monitor:MetricAlert", "psql-ledger-postgresql-storage" },
        { "replication lag", "azure-native:monitor:MetricAlert", "psql-ledger-postgresql-replication-lag" },
        { "database down", "azure-native:monitor:MetricAlert", "psql-keycloak-postgresql-down" },
        { "vault availability", "azure-native:monitor:MetricAlert", "keys-vault-unavailable" },
        { "SNAT exhaustion", "azure-native:monitor:MetricAlert", "firewall-firewall-snat-exhausted" },
        { "lock deleted", "azure-native:monitor:ActivityLogAlert", "lock-deleted" },
        { "role assignment written", "azure-native:monitor:ActivityLogAlert", "role-assigned" },
        { "network security group changed", "azure-native:monitor:ActivityLogAlert", "security-group-changed" },
        { "diagnostic setting deleted", "azure-native:monitor:ActivityLogAlert", "diagnostic-setting-deleted" },
        { "vault deleted", "azure-native:monitor:ActivityLogAlert", "vault-deleted" },
        { "service health", "azure-native:monitor:ActivityLogAlert", "service-health" },
    };

    // A12
    [Theory]
    [MemberData(nameof(Required))]
    public async Task Somebody_is_told_of_what_matters_on_mainnet(string matter, string type, string name)
    {
        var plan = await Mainnet.Value;

        var alert = Assert.Single(plan.Resources, resource => resource.Type == type && resource.Name == name);
        Assert.True(matter.Length > 0);
        Assert.Contains(Sources(plan, alert), source => source.Type == "azure-native:monitor:ActionGroup");
    }

    [Fact]
    public async Task Every_alert_of_the_catalogue_is_about_something_that_is_there()
    {
        var plan = await Mainnet.Value;
        var alerts = plan.Resources.Where(resource => resource.Type
            is "azure-native:monitor:MetricAlert" or "azure-native:monitor:ScheduledQueryRule"
            or "azure-native:monitor:ActivityLogAlert" or "azure-native:alertsmanagement:PrometheusRuleGroup").ToList();

        // The subscription is in no plan.
        Assert.All(alerts.Where(alert => alert.Name != "service-health"), alert => Assert.NotEmpty(
            alert.PropertyDependencies["scopes"].Select(urn => plan.Resources.Single(resource => resource.Urn == urn))));

        // Egress is by a firewall here, and there is no replica.
        ImmutableArray<string> declared = [.. alerts.Select(alert => alert.Name)];
        Assert.All(
            AlertCatalogue.All.Where(rule => rule is not PrometheusAlertRule
                and not MetricAlertRule { Target: AlertTarget.NatGateway or AlertTarget.PostgreSqlReplica }),
            rule => Assert.Contains(declared, name => name == rule.Name || name.EndsWith("-" + rule.Name, StringComparison.Ordinal)));
    }

    // A24
    [Theory]
    [InlineData("azure-native:containerservice:ManagedCluster")]
    [InlineData("azure-native:dbforpostgresql:Server")]
    [InlineData("azure-native:keyvault:Vault")]
    [InlineData("azure-native:network:AzureFirewall")]
    [InlineData("azure-native:network:NetworkSecurityGroup")]
    [InlineData("azure-native:network:PublicIPAddress")]
    [InlineData("azure-native:network:VirtualNetwork")]
    [InlineData("azure-native:operationalinsights:Workspace")]
    [InlineData("azure-native:storage:StorageAccount")]
    public async Task Nothing_that_can_log_is_forgotten(string type)
    {
        var plan = await Mainnet.Value;

        var logging = plan.Resources
            .Where(resource => resource.Type == Setting && resource.PropertyDependencies.ContainsKey("workspaceId"))
            .SelectMany(resource => resource.PropertyDependencies["resourceUri"])
            .ToHashSet(StringComparer.Ordinal);
        var resources = plan.Resources.Where(resource => resource.Type == type).ToList();
        Assert.NotEmpty(resources);
        Assert.All(resources, resource => Assert.Contains(resource.Urn, logging));
    }

    [Fact]
    public async Task The_archive_adds_itself_and_what_goes_there_and_nothing_else()
    {
        var (with, without) = await Both("archive");

        var added = with.Except(without).ToList();
        Assert.Empty(without.Except(with));
        Assert.All(added, label => Assert.True(
            label.Contains("archive", StringComparison.Ordinal) || label.Contains("law-", StringComparison.Ordinal), label));
        Assert.Contains($"{Setting} keys-logs-archive", added);
        Assert.Contains($"{Setting} psql-ledger-logs-archive", added);
    }

    // Azure sends to an account of a resource's own region only.
    [Fact]
    public async Task What_is_in_another_region_is_not_archived()
    {
        var plan = await PlanAsync("canton-infra:data={\"replica\":{\"location\":\"eastus2\",\"addressSpace\":\"10.43.0.0/20\"}}");

        var archived = plan.Resources.Where(resource => resource.Type == Setting && resource.Name.EndsWith("-archive", StringComparison.Ordinal))
            .Select(resource => resource.Name).ToList();
        Assert.Contains("psql-ledger-logs-archive", archived);
        Assert.DoesNotContain(archived, name => name.Contains("region", StringComparison.Ordinal) || name.Contains("replica", StringComparison.Ordinal));
        Assert.Contains(plan.Resources, resource => resource.Name == "psql-ledger-replica-logs");
        Assert.Contains(plan.Resources, resource => resource.Name == "psql-ledger-replica-replica-lag");
    }

    [Fact]
    public async Task Sentinel_adds_itself_and_its_rules_and_nothing_else()
    {
        var (with, without) = await Both("sentinel");

        Assert.Empty(without.Except(with));
        Assert.All(with.Except(without), label => Assert.Contains(" sentinel", label, StringComparison.Ordinal));
        Assert.Equal(DetectionRules.All.Length + 4, with.Count - without.Count);
    }

    // Two of its rules are about what was done in the subscription: without this they ask an empty table.
    [Fact]
    public async Task Sentinel_has_the_activity_log_in_its_own_workspace()
    {
        var plan = await Mainnet.Value;

        var setting = Assert.Single(plan.Resources, resource => resource.Type == "azure-native:monitor:SubscriptionDiagnosticSetting");
        var onboarding = plan.Resources.Single(resource => resource.Type == "azure-native:securityinsights:SentinelOnboardingState");
        Assert.Contains(Sources(plan, setting), source =>
            source.Type == "azure-native:operationalinsights:Workspace" && Sources(plan, onboarding).Contains(source));
    }

    [Fact]
    public async Task Private_ingestion_adds_links_and_zones_and_nothing_else()
    {
        var (with, without) = await Both("privateIngestion");

        Assert.Empty(without.Except(with));
        Assert.Equal(
            ["PrivateDnsZone", "PrivateDnsZoneGroup", "PrivateEndpoint", "PrivateLink", "PrivateLinkScope", "PrivateLinkScopedResource",
                "PrivateZone", "VirtualNetworkLink", "MonitorPrivateLink"],
            with.Except(without).Select(label => label.Split(' ')[0].Split(':')[^1]).Distinct().OrderBy(
                type => type == "MonitorPrivateLink" ? "~" : type, StringComparer.Ordinal));
    }

    private static IEnumerable<PlannedResource> Sources(Plan plan, PlannedResource resource) =>
        plan.Resources.Where(other => resource.Dependencies.Contains(other.Urn));

    private static async Task<(List<string> With, List<string> Without)> Both(string option)
    {
        var with = await Mainnet.Value;
        var without = await PlanAsync($"canton-infra:observability={{\"{option}\":false}}");
        return (Labels(with), Labels(without));

        static List<string> Labels(Plan plan) =>
            [.. plan.Resources.Where(resource => resource.Type != "pulumi:pulumi:Stack").Select(resource => $"{resource.Type} {resource.Name}")];
    }

    private static async Task<Plan> PlanAsync(params string[] overrides)
    {
        using var folder = new ProjectFolder("mainnet", ProjectFolder.StackFile("mainnet"));
        var result = await folder.PreviewAsync(overrides);
        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        return result.Plan;
    }
}
