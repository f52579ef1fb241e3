using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Governance;

namespace CantonInfra.Infra.Settings;

/// <summary>A provider of security services in another tenant, <c>canton-infra:lighthouse</c>; none where it is missing.</summary>
/// <param name="ManagingTenantId"><c>.managingTenantId</c>: the provider's tenant. No default.</param>
/// <param name="Groups">
/// <c>.groups[].name</c>: what one of the provider's groups is called; at least one. <c>.groups[].objectId</c>: its object id.
/// <c>.groups[].roles</c>: the roles that it has at all times, by Azure's names; the one that ends the delegation comes by itself.
/// <c>.groups[].eligibleRoles</c>: those that its members take for up to four hours with a second factor.
/// </param>
internal sealed record LighthouseSettings(string ManagingTenantId, ImmutableArray<DelegatedGroup> Groups)
{
    /// <summary>Reads them; null where nothing is delegated.</summary>
    public static LighthouseSettings? Read(SettingsReader reader)
    {
        var node = reader.Structure("lighthouse");
        if (node.IsMissing)
        {
            return null;
        }

        var groups = node.Member("groups");
        var read = groups.Items().Select(Group).ToImmutableArray();
        if (groups.IsMissing || read.IsEmpty)
        {
            groups.Refuse("missing; it must give the provider's groups, a list of at least one.");
        }

        return new LighthouseSettings(node.Member("managingTenantId").Guid("the provider's tenant"), read);
    }

    private static DelegatedGroup Group(SettingNode node) => new(
        node.Member("name").Text("what the group is called"),
        node.Member("objectId").Guid("the group's object id"),
        Roles(node.Member("roles"), DelegatedRoles.Permanent, "that a group may have at all times"),
        Roles(node.Member("eligibleRoles"), DelegatedRoles.Eligible, "that members may take for a time"));

    private static ImmutableArray<AzureRole> Roles(
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
