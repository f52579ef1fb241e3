using System.Collections.Immutable;
using CantonInfra.Infra.Components.Governance;

namespace CantonInfra.Infra.Settings;

/// <summary>A provider of security services in another tenant, <c>canton-infra:lighthouse</c>; none where it is missing (A25).</summary>
/// <param name="ManagingTenantId"><c>.managingTenantId</c>: the provider's tenant. No default.</param>
/// <param name="Groups"><c>.groups</c>: the provider's groups, at least one.</param>
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
        var read = groups.Items().Select(group => LighthouseGroupSettings.Read(group).Group).ToImmutableArray();
        if (groups.IsMissing || read.IsEmpty)
        {
            groups.Refuse("missing; it must give the provider's groups, a list of at least one.");
        }

        return new LighthouseSettings(node.Member("managingTenantId").Guid("the provider's tenant"), read);
    }
}
