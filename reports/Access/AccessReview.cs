using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Access;

/// <summary>Who may do what, of all that a plan grants: in Azure, in clusters, at the identity provider, in databases, on the ledger (A21).</summary>
/// <remarks>What the stack's output <c>access</c> says of people wins, for it knows their duties; everything else comes from the resources.</remarks>
internal static class AccessReview
{
    /// <summary>What stands for a name that only a deployment knows.</summary>
    public const string Unknown = "known after deployment";

    /// <summary>The rows: people first, then by plane, who, scope and role.</summary>
    public static ImmutableArray<AccessRow> Of(PlanIndex plan)
    {
        var people = FromOutput(plan.Plan).ToImmutableArray();
        var known = people.Select(row => (row.Plane, row.Who)).ToHashSet();
        return
        [
            .. people
                .Concat(AzureAccess.Of(plan).Concat(KubernetesAccess.Of(plan)).Concat(KeycloakAccess.GroupsOf(plan)).Where(row => !known.Contains((row.Plane, row.Who))))
                .Concat(KeycloakAccess.Of(plan))
                .Concat(DatabaseAccess.Of(plan))
                .Concat(LedgerUserAccess.Of(plan))
                .Distinct()
                .OrderByDescending(row => row.IsPerson)
                .ThenBy(row => row.Plane, StringComparer.Ordinal)
                .ThenBy(row => row.Duty, StringComparer.Ordinal)
                .ThenBy(row => row.Who, StringComparer.Ordinal)
                .ThenBy(row => row.Scope, StringComparer.Ordinal)
                .ThenBy(row => row.Role, StringComparer.Ordinal),
        ];
    }

    /// <summary>A text, or another where it is empty.</summary>
    public static string Or(string text, string other) => text.Length > 0 ? text : other;

    private static IEnumerable<AccessRow> FromOutput(Plan plan) =>
        from map in PlanIndex.Maps(plan.Outputs["access"])
        from who in PlanIndex.Members(map, "groups").DefaultIfEmpty(Unknown)
        select new AccessRow(
            PlanIndex.Member(map, "plane"), IsPerson: true, who, PlanIndex.Member(map, "duty"), PlanIndex.Member(map, "role"),
            PlanIndex.Member(map, "scope"), PlanIndex.Member(map, "why"));
}
