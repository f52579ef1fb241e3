using System.Globalization;
using System.Text.RegularExpressions;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Reads durations as identity providers write them: seconds, or <c>1h30m0s</c>.</summary>
internal static partial class Durations
{
    /// <summary>The seconds; null where the value is unknown or no duration.</summary>
    public static double? Seconds(PropertyReading reading)
    {
        if (reading is { State: PropertyState.Known, Value: NumberValue number })
        {
            return number.Value;
        }

        if (!reading.TryGetText(out var text))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var plain))
        {
            return plain;
        }

        var match = Duration().Match(text);
        return match.Success && text.Length > 0
            ? (Part(match, "h") * 3600) + (Part(match, "m") * 60) + Part(match, "s")
            : null;
    }

    private static double Part(Match match, string unit) =>
        match.Groups[unit] is { Success: true } part ? double.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^((?<h>\d+)h)?((?<m>\d+)m)?((?<s>\d+(\.\d+)?)s)?$")]
    private static partial Regex Duration();
}
