using System.Net;

namespace CantonInfra.Reports.Topology;

/// <summary>Orders address ranges by their numbers; what is none comes last, by text.</summary>
internal sealed class AddressOrder : IComparer<string>
{
    /// <summary>The one order.</summary>
    public static AddressOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var isLeft = IPNetwork.TryParse(x, out var left);
        var isRight = IPNetwork.TryParse(y, out var right);
        return (isLeft, isRight) switch
        {
            (true, true) => left.BaseAddress.GetAddressBytes().AsSpan().SequenceCompareTo(right.BaseAddress.GetAddressBytes()),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(x, y),
        };
    }
}
