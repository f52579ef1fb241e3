using System.Collections.Frozen;
using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Internet;

/// <summary>Whether a service answers on the internet.</summary>
internal enum DoorState
{
    /// <summary>To anybody who has credentials.</summary>
    Open,

    /// <summary>To some networks only.</summary>
    Limited,

    /// <summary>The plan does not say.</summary>
    Unknown,

    /// <summary>By private endpoints or within its network only.</summary>
    Closed,
}

/// <summary>A service of Azure that has a name on the internet.</summary>
/// <param name="Name">Its logical name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State">Whether it answers there.</param>
/// <param name="Resource">Its position in the stack's resources.</param>
internal sealed record ServiceDoor(string Name, string Kind, DoorState State, int Resource)
{
    // The property that closes each, the value that does, and the one that lets some networks in; what is not said is open at Azure's default.
    private static readonly FrozenDictionary<string, Lock> Locks = new Dictionary<string, Lock>(StringComparer.Ordinal)
    {
        ["azure-native:containerregistry:Registry"] = new("container registry", ["publicNetworkAccess"], ["networkRuleSet", "defaultAction"]),
        ["azure-native:containerservice:ManagedCluster"] = new(
            "API server of a cluster", ["apiServerAccessProfile", "enablePrivateCluster"], ["apiServerAccessProfile", "authorizedIPRanges"]),
        ["azure-native:dbforpostgresql:Server"] = new("PostgreSQL server", ["network", "publicNetworkAccess"], []),
        ["azure-native:keyvault:ManagedHsm"] = new("managed HSM", ["properties", "publicNetworkAccess"], ["properties", "networkAcls", "defaultAction"]),
        ["azure-native:keyvault:Vault"] = new("key vault", ["properties", "publicNetworkAccess"], ["properties", "networkAcls", "defaultAction"]),
        ["azure-native:monitor:AzureMonitorWorkspace"] = new("metrics", ["publicNetworkAccess"], []),
        ["azure-native:monitor:DataCollectionEndpoint"] = new("collection of logs", ["networkAcls", "publicNetworkAccess"], []),
        ["azure-native:operationalinsights:Workspace"] = new("log workspace", ["publicNetworkAccessForIngestion"], []) { Second = ["publicNetworkAccessForQuery"] },
        ["azure-native:storage:StorageAccount"] = new("storage account", ["publicNetworkAccess"], ["networkRuleSet", "defaultAction"]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The services of a plan: what is most open first.</summary>
    public static ImmutableArray<ServiceDoor> Of(PlanIndex plan) =>
    [
        .. from resource in plan.Plan.Resources
           where resource.Kind == ResourceKind.Custom
           let type = TypeToken.Canonical(resource.Type)
           where Locks.ContainsKey(type)
           let state = Locks[type].StateOf(resource)
           orderby state, Locks[type].Kind, resource.Name
           select new ServiceDoor(resource.Name, Locks[type].Kind, state, plan.Positions[resource.Urn]),
    ];

    private sealed record Lock(string Kind, string[] Path, string[] Networks)
    {
        public string[]? Second { get; init; }

        public DoorState StateOf(PlannedResource resource)
        {
            var state = Of(resource, Path);
            var worst = Second is { } second && Of(resource, second) is var other && other < state ? other : state;
            return worst == DoorState.Open && Limits(resource) ? DoorState.Limited : worst;
        }

        private static DoorState Of(PlannedResource resource, string[] path)
        {
            PropertyValue? value = resource.Inputs;
            foreach (var name in path)
            {
                value = value is null ? null : PlanIndex.Plain(value) is MapValue map ? map[name] : PlanIndex.Plain(value) is null ? value : null;
            }

            return value switch
            {
                null => DoorState.Open,
                _ => PlanIndex.Plain(value) switch
                {
                    StringValue { Value: var text } => text is "Disabled" or "SecuredByPerimeter" ? DoorState.Closed : DoorState.Open,
                    BoolValue { Value: var isPrivate } => isPrivate ? DoorState.Closed : DoorState.Open,
                    _ => DoorState.Unknown,
                },
            };
        }

        private bool Limits(PlannedResource resource) => Networks.Length > 0
            && PlanIndex.Value(resource, Networks) is StringValue { Value: "Deny" } or ListValue { Items.Length: > 0 };
    }
}
