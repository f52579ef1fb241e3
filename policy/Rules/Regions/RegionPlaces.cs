using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Regions;

/// <summary>Where in a resource's inputs a region can be named, other than at the top in <c>location</c>.</summary>
internal static class RegionPlaces
{
    /// <summary>Types that put data or computing into further regions, and where they name them.</summary>
    private static readonly ImmutableArray<(ResourceTypePattern Type, PropertyPath Path)> Nested =
    [
        // Copies of a database's data, readable and writable.
        Place("azure-native:documentdb:DatabaseAccount", "locations[*].locationName"),
        Place("azure-native:cosmosdb:DatabaseAccount", "locations[*].locationName"),

        // Copies of the hardware module's keys.
        Place("azure-native:keyvault:ManagedHsm", "properties.regions[*].name"),

        // Copies of the logs.
        Place("azure-native:operationalinsights:Workspace", "replication.location"),

        // Copies of queued events and messages.
        Place("azure-native:eventhub:Namespace", "geoDataReplication.locations[*].locationName"),
        Place("azure-native:servicebus:Namespace", "geoDataReplication.locations[*].locationName"),

        // Gateways that see the traffic.
        Place("azure-native:apimanagement:ApiManagementService", "additionalLocations[*].location"),

        // Processing of prompts and documents.
        Place("azure-native:cognitiveservices:Account", "properties.locations.regions[*].name"),

        // Copies of disk images.
        Place("azure-native:compute:GalleryImageVersion", "publishingProfile.targetRegions[*].name"),
        Place("azure-native:compute:GalleryApplicationVersion", "publishingProfile.targetRegions[*].name"),

        // Copies of a cache and of volumes.
        Place("azure-native:redis:LinkedServer", "linkedRedisCacheLocation"),
        Place("azure-native:netapp:Volume", "dataProtection.replication.remoteVolumeRegion"),

        // What a policy lets others use.
        // The same in the classic provider.
        Place("azure:containerservice/registry:Registry", "georeplications[*].location"),
        Place("azure:cosmosdb/account:Account", "geoLocations[*].location"),
        Place("azure:keyvault/managedHardwareSecurityModuleRegion:ManagedHardwareSecurityModuleRegion", "regionName"),
        Place("azure:apimanagement/service:Service", "additionalLocations[*].location"),

        Place("azure-native:authorization:PolicyAssignment", "parameters.allowedLocations.value[*]"),
        Place("azure-native:authorization:PolicyAssignment", "parameters.listOfAllowedLocations.value[*]"),
    ];

    /// <summary>Types that have no region at all, so that their provider's default does not place them.</summary>
    private static readonly ImmutableArray<ResourceTypePattern> Regionless =
    [
        // Statements about other resources: roles, locks, policies, plans, log routes.
        "azure-native:authorization:*",
        "azure-native:management:*",
        "azure-native:managedservices:*",
        "azure-native:security:*",
        "azure-native:monitor:DiagnosticSetting",
        "azure-native:insights:DiagnosticSetting",
        "azure-native:securityinsights:*",

        // Parts of a resource that has one.
        "azure-native:network:Subnet",
        "azure-native:network:SecurityRule",
        "azure-native:network:Route",
        "azure-native:network:VirtualNetworkPeering",
        "azure-native:network:PrivateDnsZoneGroup",
        "azure-native:managedidentity:FederatedIdentityCredential",
        "azure-native:operationalinsights:Table",

        // Their provider is judged itself; many of them have no region.
        "azure:*",
    ];

    /// <summary>The exceptions from <see cref="Regionless"/>: an assignment's identity lives in a region.</summary>
    private static readonly ImmutableArray<ResourceTypePattern> Regional = ["azure-native:authorization:PolicyAssignment"];

    /// <summary>Templates: what they create, and where, is not seen by any rule.</summary>
    private static readonly ImmutableArray<ResourceTypePattern> Opaque =
    [
        "azure-native:resources:Deployment*", "azure:core/templateDeployment*", "azure:core/resourceGroupTemplateDeployment*",
        "azure:core/subscriptionTemplateDeployment*", "azure:management/groupTemplateDeployment*", "azure:core/tenantTemplateDeployment*",
    ];

    public static IEnumerable<PropertyPath> NestedPlacesOf(ResourceType type) =>
        Nested.Where(entry => entry.Type.Matches(type)).Select(entry => entry.Path);

    public static bool CanInheritFromProvider(ResourceType type) =>
        !Regionless.Any(pattern => pattern.Matches(type)) || Regional.Any(pattern => pattern.Matches(type));

    public static bool HidesResources(ResourceType type) => Opaque.Any(pattern => pattern.Matches(type));

    private static (ResourceTypePattern Type, PropertyPath Path) Place(string type, string path) => (type, PropertyPath.Parse(path));
}
