namespace CantonInfra.Reports.Controls;

/// <summary>Orders ids of controls as people do: numbers in them count as numbers, so that A9 comes before A10.</summary>
internal sealed class ControlOrder : IComparer<string>
{
    /// <summary>The one order.</summary>
    public static ControlOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (left, right) = (x ?? "", y ?? "");
        var (at, other) = (0, 0);
        while (at < left.Length && other < right.Length)
        {
            var number = Digits(left, at);
            var ofOther = Digits(right, other);
            var order = number.Length > 0 && ofOther.Length > 0
                ? Compare(number, ofOther)
                : left[at].CompareTo(right[other]);
            if (order != 0)
            {
                return order;
            }

            at += Math.Max(1, number.Length);
            other += Math.Max(1, ofOther.Length);
        }

        var rest = (left.Length - at).CompareTo(right.Length - other);
        return rest != 0 ? rest : string.CompareOrdinal(left, right);
    }

    private static ReadOnlySpan<char> Digits(string text, int from)
    {
        var to = from;
        while (to < text.Length && char.IsAsciiDigit(text[to]))
        {
            to++;
        }

        return text.AsSpan(from, to - from);
    }

    // Numbers of any length: the longer one is larger once leading zeros are gone.
    private static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var number = left.TrimStart('0');
        var other = right.TrimStart('0');
        return number.Length != other.Length ? number.Length.CompareTo(other.Length) : number.SequenceCompareTo(other);
    }
}
