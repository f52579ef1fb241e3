using System.Collections.Immutable;

namespace CantonInfra.Canton.Ledger;

/// <summary>A user of a participant.</summary>
/// <param name="Id">Its id: the <c>sub</c> of its tokens.</param>
public sealed record LedgerUser(string Id)
{
    /// <summary>The party that it usually acts as; empty where there is none.</summary>
    public string PrimaryParty { get; init; } = "";

    /// <summary>Whether it is shut out of the ledger.</summary>
    public bool IsDeactivated { get; init; }

    /// <summary>Notes on it.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Changes with every change of the user, though not of its rights; empty before it exists.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>The identity provider that its tokens come from; empty for the participant's default.</summary>
    public string IdentityProviderId { get; init; } = "";

    /// <inheritdoc/>
    public bool Equals(LedgerUser? other) =>
        other is not null
        && (Id, PrimaryParty, IsDeactivated, ResourceVersion, IdentityProviderId)
            == (other.Id, other.PrimaryParty, other.IsDeactivated, other.ResourceVersion, other.IdentityProviderId)
        && Annotations.SequenceEqual(other.Annotations);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, PrimaryParty, IsDeactivated, ResourceVersion, IdentityProviderId, Annotations.Count);
}
