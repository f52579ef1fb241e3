using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>What a type of resource has to write down: who used it, and for what.</summary>
/// <param name="Type">The type.</param>
/// <param name="Needed">Categories; where several stand in one, any of them will do, as Azure has renamed and split some.</param>
internal sealed record LogCategory(ResourceTypePattern Type, ImmutableArray<ImmutableArray<string>> Needed)
{
    private static readonly ImmutableArray<ImmutableArray<string>> Vault = [["AuditEvent"]];
    private static readonly ImmutableArray<ImmutableArray<string>> Cluster = [["kube-audit", "kube-audit-admin"], ["kube-apiserver"], ["guard"]];
    private static readonly ImmutableArray<ImmutableArray<string>> Server = [["PostgreSQLLogs"]];
    private static readonly ImmutableArray<ImmutableArray<string>> Registry = [["ContainerRegistryLoginEvents"], ["ContainerRegistryRepositoryEvents"]];

    private static readonly ImmutableArray<ImmutableArray<string>> Firewall =
        [["AZFWNetworkRule", "AzureFirewallNetworkRule"], ["AZFWApplicationRule", "AzureFirewallApplicationRule"]];

    private static readonly ImmutableArray<ImmutableArray<string>> SecurityGroup = [["NetworkSecurityGroupEvent"], ["NetworkSecurityGroupRuleCounter"]];

    private static readonly ImmutableArray<ImmutableArray<string>> Storage = [["StorageRead"], ["StorageWrite"], ["StorageDelete"]];

    /// <summary>By type; others have nothing that counts more than the rest.</summary>
    public static ImmutableArray<LogCategory> All { get; } =
    [
        new("azure-native:keyvault:Vault", Vault),
        new("azure-native:keyvault:ManagedHsm", Vault),
        new("azure:keyvault/keyVault:KeyVault", Vault),
        new("azure-native:containerservice:ManagedCluster", Cluster),
        new("azure:containerservice/kubernetesCluster:KubernetesCluster", Cluster),
        new("azure-native:dbforpostgresql:Server", Server),
        new("azure:postgresql/flexibleServer:FlexibleServer", Server),
        new("azure-native:containerregistry:Registry", Registry),
        new("azure:containerservice/registry:Registry", Registry),
        new("azure-native:network:AzureFirewall", Firewall),
        new("azure:network/firewall:Firewall", Firewall),
        new("azure-native:network:NetworkSecurityGroup", SecurityGroup),
        new("azure:network/networkSecurityGroup:NetworkSecurityGroup", SecurityGroup),
        new("azure-native:operationalinsights:Workspace", [["Audit"]]),
        new("azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace", [["Audit"]]),
        new("azure-native:storage:StorageAccount", Storage),
        new("azure:storage/account:Account", Storage),
    ];

    /// <summary>What is missing among the categories that are sent, for a resource; empty where nothing is.</summary>
    public static ImmutableArray<string> Missing(ResourceView resource, ImmutableHashSet<string> sent) =>
        sent.Contains("allLogs") || sent.Contains("audit") ? []
        : [.. All.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Needed).Where(any => !any.Any(sent.Contains)).Select(any => any[0])];
}
