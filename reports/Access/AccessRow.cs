namespace CantonInfra.Reports.Access;

/// <summary>That somebody may do something (A6, A20, A21).</summary>
/// <param name="Plane">Where: Azure, Kubernetes, Keycloak, Database, Ledger.</param>
/// <param name="IsPerson">Whether people have it, not a workload.</param>
/// <param name="Who">The group, identity, account or ledger user.</param>
/// <param name="Duty">The duty of the people; empty for workloads.</param>
/// <param name="Role">What they may do: the role or the privileges.</param>
/// <param name="Scope">On what.</param>
/// <param name="Why">What for; empty where nothing says so.</param>
internal sealed record AccessRow(string Plane, bool IsPerson, string Who, string Duty, string Role, string Scope, string Why);
