using System.Collections.Frozen;
using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Recovery;

/// <summary>Something that keeps data, and in which regions.</summary>
/// <param name="Data">What it keeps.</param>
/// <param name="Store">Its logical name.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Region">Where it is; empty where it is not known.</param>
/// <param name="CopyRegion">Where copies go; empty for nowhere else.</param>
/// <param name="Key">customer-managed, service-managed, or empty where that is not told.</param>
/// <param name="Resource">Its position in the stack's resources.</param>
internal sealed record DataStore(string Data, string Store, string Type, string Region, string CopyRegion, string Key, int Resource)
{
    private const string CustomerManaged = "customer-managed";
    private const string ServiceManaged = "service-managed";

    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["azure-native:dbforpostgresql:Server"] = "databases of the ledger and of identities",
        ["azure-native:containerservice:ManagedCluster"] = "state of the cluster, disks of its nodes",
        ["azure-native:keyvault:Vault"] = "keys and secrets",
        ["azure-native:keyvault:ManagedHsm"] = "keys",
        ["azure-native:storage:StorageAccount"] = "logs and archives",
        ["azure-native:operationalinsights:Workspace"] = "logs",
        ["azure-native:monitor:AzureMonitorWorkspace"] = "metrics",
        ["azure-native:compute:Disk"] = "a disk",
        ["azure-native:compute:VirtualMachine"] = "the disk of a machine",
        ["azure-native:recoveryservices:Vault"] = "backups",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The stores of a plan: by region, data and name.</summary>
    public static ImmutableArray<DataStore> Of(PlanIndex plan) =>
    [
        .. plan.Plan.Resources
            .Where(resource => resource.Kind == ResourceKind.Custom)
            .Select(resource => (resource, type: PlanIndex.Canonical(resource.Type)))
            .Where(entry => Kinds.ContainsKey(entry.type))
            .Select(entry => Of(plan, entry.resource, entry.type))
            .OrderBy(store => store.Region, StringComparer.Ordinal)
            .ThenBy(store => store.Data, StringComparer.Ordinal)
            .ThenBy(store => store.Store, StringComparer.Ordinal),
    ];

    private static DataStore Of(PlanIndex plan, PlannedResource resource, string type)
    {
        var region = Regions.Normalize(PlanIndex.Text(resource, "location"));
        return new DataStore(
            Kinds[type], resource.Name, resource.Type, region, HasCopy(resource, type) ? Regions.PairOf(region) : "", KeyOf(resource, type), plan.Positions[resource.Urn]);
    }

    private static bool HasCopy(PlannedResource resource, string type) => type switch
    {
        "azure-native:dbforpostgresql:Server" => PlanIndex.Text(resource, "backup", "geoRedundantBackup") == "Enabled",
        "azure-native:storage:StorageAccount" => PlanIndex.Text(resource, "sku", "name") is var sku
            && (sku.Contains("GRS", StringComparison.Ordinal) || sku.Contains("GZRS", StringComparison.Ordinal)),
        _ => false,
    };

    private static string KeyOf(PlannedResource resource, string type) => type switch
    {
        "azure-native:dbforpostgresql:Server" =>
            PlanIndex.Text(resource, "dataEncryption", "type") == "AzureKeyVault" ? CustomerManaged : ServiceManaged,
        "azure-native:storage:StorageAccount" =>
            PlanIndex.Text(resource, "encryption", "keySource") == "Microsoft.Keyvault" ? CustomerManaged : ServiceManaged,
        "azure-native:containerservice:ManagedCluster" =>
            resource.Inputs.Entries.ContainsKey("diskEncryptionSetID") ? CustomerManaged : ServiceManaged,
        _ => "",
    };
}
