using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Limits;

/// <summary>Which users of a participant may have a right that reaches beyond one party.</summary>
/// <param name="Right">The right's name, such as <c>CanReadAsAnyParty</c>.</param>
/// <param name="Users">Patterns for the names that users have in the program; none where nobody may.</param>
/// <param name="Reason">Why these; shown with violations.</param>
internal sealed record LedgerRightLimit(string Right, ImmutableArray<NamePattern> Users, string Reason);

/// <summary>Which users of a participant may have rights that reach beyond one party; rights that are not named are for anybody.</summary>
/// <param name="Entries">One for each right.</param>
internal sealed record LedgerRightLimits(ImmutableArray<LedgerRightLimit> Entries)
{
    /// <summary>The limit of a right; null where it has none.</summary>
    public LedgerRightLimit? Of(string right) => Entries.FirstOrDefault(entry => entry.Right.Equals(right, StringComparison.OrdinalIgnoreCase));
}
