using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>A group of another tenant that works here.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="ObjectId">Its object id in its tenant.</param>
/// <param name="Roles">What it has at all times.</param>
/// <param name="EligibleRoles">What its members take for a time.</param>
internal sealed record DelegatedGroup(
    string Name, string ObjectId, ImmutableArray<AzureRole> Roles, ImmutableArray<AzureRole> EligibleRoles);
