using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Cluster;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>What people can have roles on in an environment.</summary>
/// <param name="Azure">The environment.</param>
/// <param name="Groups">The resource groups.</param>
/// <param name="Logs">The workspace.</param>
/// <param name="Vaults">The vaults, by their names in the program.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Namespaces">The namespaces.</param>
internal sealed record EnvironmentAccess(
    AzureEnvironment Azure,
    ResourceGroups Groups,
    LogAnalytics Logs,
    IReadOnlyDictionary<string, KeyVault> Vaults,
    AksCluster Cluster,
    IReadOnlyList<TrustZoneNamespace> Namespaces)
{
    /// <summary>Gives people their roles in Azure and in the cluster.</summary>
    public HumanAccess Grant(EnvironmentSettings settings)
    {
        var operators = AccessTable.OperatorRoleDuties
            .SelectMany(duty => settings.Access.Groups.GetValueOrDefault(duty, []))
            .ToImmutableArray();
        foreach (var home in Namespaces)
        {
            home.AddOperators(AccessTable.OperatorRole, operators);
        }

        return new HumanAccess("access", new HumanAccessArgs
        {
            SubscriptionId = Azure.SubscriptionId,
            Groups = settings.Access.Groups,
            EmergencyGroups = settings.Cluster.AdminGroupObjectIds,
            Targets = [.. Targets()],
        });
    }

    private IEnumerable<AccessTarget> Targets()
    {
        foreach (var purpose in ResourceGroups.Purposes)
        {
            yield return new(AccessPlace.Groups, purpose, Azure.Names.ResourceGroup(purpose), GroupId(purpose), Groups);
        }

        var alerts = ResourceGroups.ObservabilityPurpose;
        yield return new(AccessPlace.Alerts, alerts, Azure.Names.ResourceGroup(alerts), GroupId(alerts), Groups);

        var workspace = Azure.Names.LogAnalyticsWorkspace;
        yield return new(
            AccessPlace.Logs, "logs", workspace, $"{GroupId(alerts)}/providers/Microsoft.OperationalInsights/workspaces/{workspace}", Logs);
        foreach (var (name, vault) in Vaults)
        {
            yield return new(
                AccessPlace.Vaults,
                name,
                vault.AzureName,
                $"{GroupId(ResourceGroups.SecurityPurpose)}/providers/Microsoft.KeyVault/vaults/{vault.AzureName}",
                vault);
        }

        var cluster = Azure.Names.Cluster;
        var clusterId = $"{GroupId(ResourceGroups.ClusterPurpose)}/providers/Microsoft.ContainerService/managedClusters/{cluster}";
        yield return new(AccessPlace.Cluster, "cluster", cluster, clusterId, Cluster);
        foreach (var home in Namespaces)
        {
            yield return new(
                AccessPlace.Namespaces, home.NamespaceName, $"{cluster}/{home.NamespaceName}", $"{clusterId}/namespaces/{home.NamespaceName}", Cluster);
        }
    }

    private string GroupId(string purpose) => $"/subscriptions/{Azure.SubscriptionId}/resourceGroups/{Azure.Names.ResourceGroup(purpose)}";
}
