using System.Buffers;
using System.Globalization;

namespace CantonInfra.Engine.Plans;

/// <summary>Durations as Go writes them, such as <c>1h30m</c>, <c>300s</c> or <c>1500000000ns</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Seconds)[] Units =
        [("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("h", 3600), ("m", 60), ("s", 1)];

    /// <summary>The duration in seconds; 0 where the text is empty or none.</summary>
    public static double Seconds(string text)
    {
        var total = 0.0;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            if (digits <= 0
                || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            {
                return 0;
            }

            rest = rest[digits..];
            var found = false;
            foreach (var (unit, seconds) in Units)
            {
                if (rest.StartsWith(unit, StringComparison.Ordinal))
                {
                    total += count * seconds;
                    rest = rest[unit.Length..];
                    found = true;
                    break;
                }
            }

            if (!found)
            {
                return 0;
            }
        }

        return total;
    }
}
