using System.Collections.Immutable;
using CantonInfra.Canton.Rights;

namespace CantonInfra.Canton.Ledger;

/// <summary>A user as it is to be. What is null is left as it is found.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Rights">Exactly its rights; parties may be hints.</param>
public sealed record WantedUser(string Id, ImmutableSortedSet<LedgerRight> Rights)
{
    /// <summary>Its identity provider; empty for the participant's default.</summary>
    public string IdentityProviderId { get; init; } = "";

    /// <summary>Its primary party or the hint of one; empty for none.</summary>
    public string? PrimaryParty { get; init; }

    /// <summary>Whether it is shut out.</summary>
    public bool? IsDeactivated { get; init; }

    /// <summary>Annotations to set; an empty text removes one. Others stay.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
