using System.Collections.Frozen;
using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Recovery;

/// <summary>Something that keeps data, and in which regions.</summary>
/// <param name="Data">What it keeps.</param>
/// <param name="Store">Its logical name.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Region">Where it is; empty where it is not known.</param>
/// <param name="CopyRegion">Where copies go; empty for nowhere else.</param>
/// <param name="Key">customer-managed or service-managed.</param>
/// <param name="Resource">Its position in the stack's resources.</param>
internal sealed record DataStore(string Data, string Store, string Type, string Region, string CopyRegion, string Key, int Resource)
{
    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string Vault = "azure-native:keyvault:Vault";
    private const string Account = "azure-native:storage:StorageAccount";
    private const string Machine = "azure-native:compute:VirtualMachine";
    private const string CustomerManaged = "customer-managed";
    private const string ServiceManaged = "service-managed";

    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Server] = "databases",
        ["azure-native:containerservice:ManagedCluster"] = "state of the cluster, disks of its nodes",
        [Vault] = "keys and secrets",
        ["azure-native:keyvault:ManagedHsm"] = "keys",
        [Account] = "objects and files",
        ["azure-native:operationalinsights:Workspace"] = "logs",
        ["azure-native:monitor:AzureMonitorWorkspace"] = "metrics",
        ["azure-native:compute:Disk"] = "a disk",
        [Machine] = "the disk of a machine",
        ["azure-native:recoveryservices:Vault"] = "backups",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The stores of a plan: by region, data and name.</summary>
    public static ImmutableArray<DataStore> Of(PlanIndex plan) =>
    [
        .. plan.Plan.Resources
            .Where(resource => resource.Kind == ResourceKind.Custom)
            .Select(resource => (resource, type: TypeToken.Canonical(resource.Type)))
            .Where(entry => Kinds.ContainsKey(entry.type))
            .Select(entry => Of(plan, entry.resource, entry.type))
            .OrderBy(store => store.Region, StringComparer.Ordinal)
            .ThenBy(store => store.Data, StringComparer.Ordinal)
            .ThenBy(store => store.Store, StringComparer.Ordinal),
    ];

    private static DataStore Of(PlanIndex plan, PlannedResource resource, string type)
    {
        var region = Regions.Normalize(PlanIndex.Text(resource, "location"));
        var copy = type == Vault ? Regions.VaultPairOf(region) : HasCopy(resource, type) ? Regions.PairOf(region) : "";
        return new DataStore(DataOf(plan, resource, type), resource.Name, resource.Type, region, copy, KeyOf(resource, type), plan.Positions[resource.Urn]);
    }

    // What is in it, as far as the plan says: databases of servers, containers of accounts, what sends its logs to them.
    private static string DataOf(PlanIndex plan, PlannedResource resource, string type)
    {
        var parts = type switch
        {
            Server => Databases(plan, resource).Select(name => $"database {name}"),
            Account => Contents(plan, resource),
            _ => [],
        };
        return string.Join(", ", parts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) is { Length: > 0 } known ? known : Kinds[type];
    }

    private static IEnumerable<string> Databases(PlanIndex plan, PlannedResource server) =>
        plan.OfType("postgresql:index/database:Database")
            .Where(database => plan.Find(database.Provider)?.Dependencies.Contains(server.Urn) == true)
            .Concat(plan.OfType("azure-native:dbforpostgresql:Database").Where(database => plan.Source(database, "serverName") == server))
            .Select(database => PlanIndex.Text(database, "name") is { Length: > 0 } name ? name : PlanIndex.Text(database, "databaseName") is { Length: > 0 } other ? other : database.Name);

    private static IEnumerable<string> Contents(PlanIndex plan, PlannedResource account) =>
        plan.OfType("azure-native:storage:BlobContainer").Where(container => plan.Source(container, "accountName") == account)
            .Select(container => PlanIndex.Text(container, "containerName") is { Length: > 0 } name ? $"container {name}" : container.Name)
            .Concat(plan.OfType("azure-native:network:FlowLog").Where(log => plan.Source(log, "storageId") == account).Select(_ => "logs of network flows"))
            .Concat(plan.OfType("azure-native:monitor:SubscriptionDiagnosticSetting").Where(setting => plan.Source(setting, "storageAccountId") == account).Select(_ => "the activity log"))
            .Concat(plan.OfType("azure-native:monitor:DiagnosticSetting").Where(setting => plan.Source(setting, "storageAccountId") == account).Select(_ => "logs of resources"));

    private static bool HasCopy(PlannedResource resource, string type) => type switch
    {
        Server => PlanIndex.Text(resource, "backup", "geoRedundantBackup") == "Enabled",
        Account => PlanIndex.Text(resource, "sku", "name") is var sku
            && (sku.Contains("GRS", StringComparison.Ordinal) || sku.Contains("GZRS", StringComparison.Ordinal)),
        _ => false,
    };

    private static string KeyOf(PlannedResource resource, string type) => type switch
    {
        Server =>
            PlanIndex.Text(resource, "dataEncryption", "type") == "AzureKeyVault" ? CustomerManaged : ServiceManaged,
        Account =>
            PlanIndex.Text(resource, "encryption", "keySource") == "Microsoft.Keyvault" ? CustomerManaged : ServiceManaged,
        "azure-native:containerservice:ManagedCluster" =>
            resource.Inputs.Entries.ContainsKey("diskEncryptionSetID") ? CustomerManaged : ServiceManaged,
        Machine => PlanIndex.Value(resource, "storageProfile", "osDisk", "managedDisk", "diskEncryptionSet") is not null ? CustomerManaged : ServiceManaged,
        "azure-native:compute:Disk" => PlanIndex.Value(resource, "encryption", "diskEncryptionSetId") is not null || resource.PropertyDependencies.ContainsKey("encryption")
            ? CustomerManaged : ServiceManaged,
        _ => ServiceManaged,
    };
}
