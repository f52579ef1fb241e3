using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Access;

/// <summary>Who may do what in clusters, by the bindings of the plan; what charts bind is theirs.</summary>
internal static class KubernetesAccess
{
    /// <summary>What a plan grants.</summary>
    public static IEnumerable<AccessRow> Of(PlanIndex plan) =>
        from type in (string[])["RoleBinding", "ClusterRoleBinding"]
        from resource in plan.OfType($"kubernetes:rbac.authorization.k8s.io/v1:{type}")
        from subject in PlanIndex.Maps(PlanIndex.Value(resource, "subjects"))
        let place = PlanIndex.Member(subject, "namespace")
        select new AccessRow(
            "Kubernetes",
            IsPerson: PlanIndex.Member(subject, "kind") is "User" or "Group",
            place.Length > 0 ? $"{place}/{PlanIndex.Member(subject, "name")}" : AccessReview.Or(PlanIndex.Member(subject, "name"), AccessReview.Unknown),
            "",
            PlanIndex.Text(resource, "roleRef", "name"),
            AccessReview.Or(PlanIndex.Text(resource, "metadata", "namespace"), "the cluster"),
            "");
}
