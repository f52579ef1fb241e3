using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>Who may do more: role assignments, grants, memberships, federated credentials, delegations, Canton users' rights.</summary>
internal sealed class WiderAccess : IDangerDetector
{
    // Resources that give somebody something.
    private static readonly string[] Giving =
    [
        "auth0:index/clientGrant:ClientGrant", "auth0:index/rolePermissions:RolePermissions", "auth0:index/userRoles:UserRoles",
        "azure-native:authorization:RoleAssignment", "azure-native:authorization:RoleDefinition",
        "azure-native:dbforpostgresql:Administrator", "azure-native:dbforpostgresql:AdministratorsMicrosoftEntra",
        "azure-native:managedidentity:FederatedIdentityCredential",
        "azure-native:managedservices:RegistrationAssignment", "azure-native:managedservices:RegistrationDefinition",
        "azure:authorization/assignment:Assignment", "azure:authorization/roleDefinition:RoleDefinition", "azure:keyvault/accessPolicy:AccessPolicy",
        "canton:index:User",
        "keycloak:index/defaultRoles:DefaultRoles", "keycloak:index/genericRoleMapper:GenericRoleMapper",
        "keycloak:index/groupMemberships:GroupMemberships", "keycloak:index/groupRoles:GroupRoles", "keycloak:index/userGroups:UserGroups",
        "keycloak:index/userRoles:UserRoles", "keycloak:openid/clientServiceAccountRealmRole:ClientServiceAccountRealmRole",
        "keycloak:openid/clientServiceAccountRole:ClientServiceAccountRole",
        "kubernetes:rbac.authorization.k8s.io:ClusterRole", "kubernetes:rbac.authorization.k8s.io:ClusterRoleBinding",
        "kubernetes:rbac.authorization.k8s.io:Role", "kubernetes:rbac.authorization.k8s.io:RoleBinding",
        "postgresql:index/defaultPrivileges:DefaultPrivileges", "postgresql:index/grant:Grant", "postgresql:index/grantRole:GrantRole",
        "postgresql:index/role:Role",
    ];

    // Inputs of other resources that do, at any depth; all items of a list count.
    private static readonly string[] GivingInputs = ["accessPolicies", "adminGroupObjectIDs", "adminGroupObjectIds"];

    // Inputs that keep somebody out while they have this value.
    private static readonly (string Name, string Closed)[] Switches =
    [
        ("disableLocalAccounts", "true"), ("disableLocalAuth", "true"), ("enableRbacAuthorization", "true"), ("localAccountDisabled", "true"),
        ("fullScopeAllowed", "false"), ("directAccessGrantsEnabled", "false"), ("passwordAuth", "Disabled"),
    ];

    // What says nothing of who may do what.
    private static readonly string[] Silent = ["annotations", "condition", "conditionVersion", "description", "displayName", "labels", "tags"];

    // Rights over everything.
    private static readonly string[] Sweeping = ["participantAdmin", "identityProviderAdmin", "canReadAsAnyParty", "canExecuteAsAnyParty", "cluster-admin"];

    /// <inheritdoc/>
    public IEnumerable<Danger> Find(PlanDifference difference)
    {
        ImmutableArray<PlannedResource> created =
            [.. difference.Changes.Where(change => change.Operation == Operation.Create).Select(change => change.Resource)];
        var added = new Added(
            created.Select(resource => resource.Urn).ToImmutableHashSet(StringComparer.Ordinal),
            [
                .. created.Where(resource => resource.PlainType() == "kubernetes:core:Namespace")
                    .Select(resource => resource.Inputs.Text("metadata.name")).OfType<string>(),
            ]);
        foreach (var change in difference.Changes.Where(change => change.Operation is Operation.Create or Operation.Import or Operation.Update or Operation.Replace))
        {
            if (Giving.Contains(change.Resource.PlainType(), StringComparer.Ordinal))
            {
                foreach (var danger in change.Former is null ? [Given(change.Resource, added)] : Widened(change))
                {
                    yield return danger;
                }
            }
            else
            {
                foreach (var danger in OfInputs(change))
                {
                    yield return danger;
                }
            }
        }
    }

    private static Danger Given(PlannedResource resource, Added added)
    {
        // To or from something that is new itself, nobody who is there already gets more. The Pulumi CLI tells no dependencies.
        var isForNew = (resource.Dependencies.IsEmpty ? added.Urns.Contains(resource.Parent) : resource.Dependencies.Any(added.Urns.Contains))
            || added.Namespaces.Any(name => resource.Inputs.Text("scope")?.EndsWith($"/namespaces/{name}", StringComparison.Ordinal) == true);
        var text = PropertyJson.ToText(resource.Inputs);
        var isSweeping = Sweeping.Any(right => text.Contains(right, StringComparison.OrdinalIgnoreCase));
        return new Danger(
            DangerKind.WiderAccess, isForNew && !isSweeping ? DangerGrade.Notice : DangerGrade.Grave, resource.Urn, isSweeping ? "gives sweeping rights" : "gives access");
    }

    private static IEnumerable<Danger> Widened(ResourceChange change) => change.Properties
        .Where(property => property.Present is not null && !property.Path.Elements.Any(element => Silent.Contains(element.Key, StringComparer.Ordinal)))
        .Select(property => new Danger(
            DangerKind.WiderAccess,
            DangerGrade.Grave,
            change.Resource.Urn,
            "gives other or more access",
            property.Former is null
                ? $"{property.Path}: + {property.Present.Shown()}"
                : $"{property.Path}: {property.Former.Shown()} → {property.Present.Shown()}"));

    private static IEnumerable<Danger> OfInputs(ResourceChange change)
    {
        foreach (var property in change.Properties)
        {
            if (property.Present is not null && property.Path.Elements.Any(element => GivingInputs.Contains(element.Key, StringComparer.Ordinal)))
            {
                yield return new Danger(
                    DangerKind.WiderAccess, DangerGrade.Grave, change.Resource.Urn, "gives access", $"{property.Path}: {property.Present.Shown()}");
            }

            var name = property.Path.Elements is [.., { Key: { } key }] ? key : "";
            if (Switches.FirstOrDefault(entry => entry.Name == name) is { Name: not null } entry
                && property.Former?.Text()?.Equals(entry.Closed, StringComparison.OrdinalIgnoreCase) == true)
            {
                yield return new Danger(
                    DangerKind.WiderAccess,
                    DangerGrade.Grave,
                    change.Resource.Urn,
                    "lets in by a way that was closed",
                    $"{property.Path}: {property.Former.Shown()} → {property.Present.Shown()}");
            }
        }
    }

    // Azure's roles name a namespace of a cluster in their scope; they depend on the cluster alone.
    private sealed record Added(ImmutableHashSet<string> Urns, ImmutableArray<string> Namespaces);
}
