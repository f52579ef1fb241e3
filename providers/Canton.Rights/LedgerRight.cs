using System.Diagnostics.CodeAnalysis;

namespace CantonInfra.Canton.Rights;

/// <summary>One right of a Canton user. Its text is <c>CanReadAsAnyParty</c> or <c>CanActAs=party</c>.</summary>
/// <param name="Kind">What it permits.</param>
/// <param name="Party">The party that it is for; null for a right that names none.</param>
[SuppressMessage("Design", "CA1036", Justification = "Rights are sorted for people; none is less than another.")]
public sealed record LedgerRight(RightKind Kind, string? Party = null) : IComparable<LedgerRight>
{
    /// <summary>Whether rights of that kind name a party.</summary>
    public static bool NamesParty(RightKind kind) => kind is RightKind.CanActAs or RightKind.CanReadAs or RightKind.CanExecuteAs;

    /// <summary>Reads the text form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="right">The right.</param>
    /// <param name="error">What is wrong with the text.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out LedgerRight? right, [NotNullWhen(false)] out string? error)
    {
        var parts = text.Split('=', 2);
        right = null;
        if (!TryParseKind(parts[0], out var kind))
        {
            error = $"'{parts[0]}' is not one of: {string.Join(", ", Enum.GetNames<RightKind>())}.";
            return false;
        }

        var party = parts.Length > 1 ? parts[1] : "";
        if (NamesParty(kind) != (party.Length > 0))
        {
            error = NamesParty(kind) ? $"{kind} is for a party: {kind}=<party>." : $"{kind} names no party; write {kind} alone.";
            return false;
        }

        right = new LedgerRight(kind, NamesParty(kind) ? party : null);
        error = null;
        return true;
    }

    /// <summary>Reads a kind by its name, letter by letter.</summary>
    public static bool TryParseKind(string name, out RightKind kind) =>
        Enum.TryParse(name, ignoreCase: false, out kind) && Enum.GetName(kind) == name;

    /// <inheritdoc/>
    public int CompareTo(LedgerRight? other) => other is null
        ? 1
        : (Kind, string.CompareOrdinal(Party, other.Party)) switch
        {
            var (kind, _) when kind != other.Kind => kind.CompareTo(other.Kind),
            var (_, party) => party,
        };

    /// <inheritdoc/>
    public override string ToString() => Party is null ? Kind.ToString() : $"{Kind}={Party}";
}
