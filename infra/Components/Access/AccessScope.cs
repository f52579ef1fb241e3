using Pulumi;
using Pulumi.AzureNative.Authorization;

namespace CantonInfra.Infra.Components.Access;

/// <summary>Something in Azure that roles are given on.</summary>
/// <param name="Name">Its name, unique within the subscription among the scopes of the program.</param>
/// <param name="Id">Its resource id.</param>
/// <param name="SubscriptionId">Its subscription.</param>
internal sealed record AccessScope(string Name, Input<string> Id, string SubscriptionId)
{
    /// <summary>A whole subscription.</summary>
    public static AccessScope Subscription(string id) => new("subscription", $"/subscriptions/{id}", id);

    /// <summary>Gives an identity a role here.</summary>
    /// <param name="name">The logical name of the assignment.</param>
    /// <param name="role">The role.</param>
    /// <param name="identity">Who gets it.</param>
    /// <param name="parent">The component that gives it.</param>
    /// <returns>The assignment; whatever needs the role depends on it.</returns>
    public Resource Grant(string name, AzureRole role, ManagedIdentity identity, Resource parent) =>
        new RoleAssignment(
            name,
            new RoleAssignmentArgs
            {
                // Given, not generated: the same assignment has the same name in every run and after a rebuild.
                RoleAssignmentName = NameGuid.Create($"{SubscriptionId}/{Name}/{role.Id}/{identity.AzureName}"),
                Scope = Id,
                RoleDefinitionId = role.DefinitionId(SubscriptionId),
                PrincipalId = identity.PrincipalId,

                // Without the type Azure looks the principal up, and fails while a new identity is still spreading.
                PrincipalType = PrincipalType.ServicePrincipal,
            },
            new CustomResourceOptions { Parent = parent });

    /// <summary>Gives a group of people a role here.</summary>
    /// <param name="name">The logical name of the assignment.</param>
    /// <param name="role">The role.</param>
    /// <param name="group">Who gets it, and why.</param>
    /// <param name="after">What has to be there before.</param>
    /// <param name="parent">The component that gives it.</param>
    public void Grant(string name, AzureRole role, EntraGroup group, Resource after, Resource parent) =>
        _ = new RoleAssignment(
            name,
            new RoleAssignmentArgs
            {
                RoleAssignmentName = NameGuid.Create($"{SubscriptionId}/{Name}/{role.Id}/{group.ObjectId}"),
                Scope = Id,
                RoleDefinitionId = role.DefinitionId(SubscriptionId),
                PrincipalId = group.ObjectId,
                PrincipalType = PrincipalType.Group,
                Description = group.Why,
            },
            new CustomResourceOptions { Parent = parent, DependsOn = { after } });
}
