using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>A role assignment, as far as it may be one to people.</summary>
/// <param name="Role">The role.</param>
/// <param name="Principal">The kind of principal.</param>
internal sealed record HumanRole(PropertyReading Role, PropertyReading Principal)
{
    private const string Native = "azure-native:authorization:RoleAssignment";
    private const string Classic = "azure:authorization/assignment:Assignment";

    /// <summary>The types that give roles.</summary>
    public static ImmutableArray<ResourceTypePattern> Types { get; } = [Native, Classic];

    /// <summary>Reads a role assignment. The classic one can name the role by its name, which is then in the reading.</summary>
    public static HumanRole Of(ResourceView resource)
    {
        var role = resource.Read("roleDefinitionId");
        return new HumanRole(
            role.State == PropertyState.Missing ? resource.Read("roleDefinitionName") : role, resource.Read("principalType"));
    }

    /// <summary>Whether the role is one of some, by GUID or name; null where it is not known.</summary>
    public bool? IsOneOf(ImmutableSortedDictionary<string, string> roles) => RoleIds.Guid(Role) switch
    {
        null => Role.State == PropertyState.Missing ? false : null,
        { } id => roles.ContainsKey(id) || roles.Values.Contains(id, StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>Whether people may be meant, as they are where nothing says otherwise; null where it is not known.</summary>
    public bool? MayBePeople() =>
        Principal.State == PropertyState.Missing ? true
        : Principal.TryGetText(out var type) ? !type.Equals("ServicePrincipal", StringComparison.OrdinalIgnoreCase)
        : null;
}
