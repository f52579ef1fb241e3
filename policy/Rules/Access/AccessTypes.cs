using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>The types of identities and of what gives them rights.</summary>
internal static class AccessTypes
{
    /// <summary>Identities that workloads and services have.</summary>
    public static ImmutableArray<ResourceTypePattern> Identities { get; } =
        ["azure-native:managedidentity:UserAssignedIdentity", "azure:authorization/userAssignedIdentity:UserAssignedIdentity"];

    /// <summary>What gives a role.</summary>
    public static ImmutableArray<ResourceTypePattern> RoleAssignments { get; } =
        ["azure-native:authorization:RoleAssignment", "azure:authorization/assignment:Assignment"];

    /// <summary>Roles that a program makes.</summary>
    public static ImmutableArray<ResourceTypePattern> RoleDefinitions { get; } =
        ["azure-native:authorization:RoleDefinition", "azure:authorization/roleDefinition:RoleDefinition"];

    /// <summary>What lets somebody else's token act as an identity.</summary>
    public static ImmutableArray<ResourceTypePattern> FederatedCredentials { get; } =
        ["azure-native:managedidentity:FederatedIdentityCredential", "azure:armmsi/federatedIdentityCredential:FederatedIdentityCredential"];

    /// <summary>Groups of resources, which scopes can be.</summary>
    public static ImmutableArray<ResourceTypePattern> ResourceGroups { get; } =
        ["azure-native:resources:ResourceGroup", "azure:core/resourceGroup:ResourceGroup"];
}
