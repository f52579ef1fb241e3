using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>The roles that a provider of security services may have here, by their names in Azure (A25).</summary>
/// <remarks>
/// Azure takes neither Owner nor roles with data actions for a delegation; we take nothing that writes for good
/// (facts/azure.md, section 6.7).
/// </remarks>
internal static class DelegatedRoles
{
    /// <summary>Roles that a group has at all times: they read.</summary>
    public static ImmutableSortedDictionary<string, AzureRole> Permanent { get; } = ByName(
        AzureRoles.Reader,
        AzureRoles.SecurityReader,
        AzureRoles.LogAnalyticsReader,
        AzureRoles.MonitoringReader,
        AzureRoles.SentinelReader);

    /// <summary>Roles that a member takes for a time, with a second factor: they work on incidents.</summary>
    public static ImmutableSortedDictionary<string, AzureRole> Eligible { get; } = ByName(
        AzureRoles.SentinelResponder,
        AzureRoles.SentinelContributor,
        AzureRoles.SentinelPlaybookOperator);

    private static ImmutableSortedDictionary<string, AzureRole> ByName(params ReadOnlySpan<AzureRole> roles)
    {
        var byName = ImmutableSortedDictionary.CreateBuilder<string, AzureRole>(StringComparer.Ordinal);
        foreach (var role in roles)
        {
            byName.Add(role.Name, role);
        }

        return byName.ToImmutable();
    }
}
