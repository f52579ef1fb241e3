using System.Collections.Immutable;

namespace CantonInfra.Reachability.Addresses;

/// <summary>
/// All addresses cut at the borders of networks: each piece is within each of the networks or without, so one question answers
/// for all of its addresses.
/// </summary>
public static class AddressAtoms
{
    /// <summary>The pieces, in order.</summary>
    /// <param name="networks">The networks whose borders matter.</param>
    public static ImmutableArray<AddressSpan> Of(IEnumerable<AddressSpan> networks)
    {
        var all = networks.ToList();
        return [.. Cut(AddressSpan.AllV4, all), .. Cut(AddressSpan.AllV6, all)];
    }

    /// <summary>The same addresses with neighbours put together.</summary>
    /// <param name="pieces">Pieces in order.</param>
    public static IEnumerable<AddressSpan> Merge(IEnumerable<AddressSpan> pieces)
    {
        AddressSpan? open = null;
        foreach (var piece in pieces)
        {
            if (open is { } before && before.IsV6 == piece.IsV6 && before.Last + 1 == piece.First)
            {
                open = before with { Last = piece.Last };
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = piece;
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    private static IEnumerable<AddressSpan> Cut(AddressSpan whole, List<AddressSpan> networks)
    {
        var starts = new SortedSet<UInt128> { whole.First };
        foreach (var network in networks.Where(network => network.IsV6 == whole.IsV6))
        {
            starts.Add(network.First);
            if (network.Last < whole.Last)
            {
                starts.Add(network.Last + 1);
            }
        }

        var ordered = starts.ToList();
        return ordered.Select((start, index) =>
            new AddressSpan(whole.IsV6, start, index + 1 < ordered.Count ? ordered[index + 1] - 1 : whole.Last));
    }
}
