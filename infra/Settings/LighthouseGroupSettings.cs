using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Governance;

namespace CantonInfra.Infra.Settings;

/// <summary><c>canton-infra:lighthouse.groups[]</c>: a group of the provider; the role that ends the delegation comes with each (A25).</summary>
/// <param name="Name"><c>.name</c>: what it is called. No default.</param>
/// <param name="ObjectId"><c>.objectId</c>: its object id in the provider's tenant. No default.</param>
/// <param name="Roles"><c>.roles</c>: what it has at all times, by Azure's names; roles that read; none.</param>
/// <param name="EligibleRoles">
/// <c>.eligibleRoles</c>: what its members take for up to four hours with a second factor, by Azure's names; none.
/// </param>
internal sealed record LighthouseGroupSettings(
    string Name, string ObjectId, ImmutableArray<AzureRole> Roles, ImmutableArray<AzureRole> EligibleRoles)
{
    /// <summary>The group.</summary>
    public DelegatedGroup Group => new(Name, ObjectId, Roles, EligibleRoles);

    /// <summary>Reads one.</summary>
    public static LighthouseGroupSettings Read(SettingNode node) => new(
        node.Member("name").Text("what the group is called"),
        node.Member("objectId").Guid("the group's object id"),
        ReadRoles(node.Member("roles"), DelegatedRoles.Permanent, "that a group may have at all times"),
        ReadRoles(node.Member("eligibleRoles"), DelegatedRoles.Eligible, "that members may take for a time"));

    private static ImmutableArray<AzureRole> ReadRoles(
        SettingNode node, ImmutableSortedDictionary<string, AzureRole> allowed, string which)
    {
        var roles = ImmutableArray.CreateBuilder<AzureRole>();
        foreach (var item in node.Items())
        {
            var name = item.Text("a role");
            if (allowed.TryGetValue(name, out var role))
            {
                roles.Add(role);
            }
            else if (name.Length > 0)
            {
                item.Refuse($"'{name}' is not one of the roles {which}: {string.Join(", ", allowed.Keys)}."
                    + NearestName.Hint(name, allowed.Keys));
            }
        }

        return roles.ToImmutable();
    }
}
