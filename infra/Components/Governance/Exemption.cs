using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What an assignment does not judge, for a time.</summary>
/// <param name="Assignment">The assignment.</param>
/// <param name="References">The references of the policies within it; none for all.</param>
/// <param name="Scope">The resource id of what is exempt.</param>
/// <param name="IsMitigated">Whether what the policies ask is met by other means; otherwise the risk is accepted.</param>
/// <param name="ExpiresOn">The last day of it, in UTC.</param>
/// <param name="Reason">Why.</param>
internal sealed record Exemption(
    AssignedPolicies Assignment,
    ImmutableArray<string> References,
    string Scope,
    bool IsMitigated,
    DateOnly ExpiresOn,
    string Reason);
