using System.Collections.Immutable;
using System.Globalization;

namespace CantonInfra.Tools.Differences.Files;

/// <summary>Which values of a setting are looser than which: whether a change of it is one that a reviewer must know of.</summary>
/// <remarks>Values are texts as a stack file has them; null is a setting that is not said. What cannot be compared is looser.</remarks>
internal abstract record SettingDirection
{
    /// <summary>Whether a value is looser than the one before.</summary>
    /// <param name="former">What it was; null where it was not said.</param>
    /// <param name="present">What it is; null where it is not said.</param>
    public abstract bool IsLooser(string? former, string? present);

    /// <summary>The items of a list in the form of one line; the commas of what is nested are not its own.</summary>
    public static ImmutableArray<string> Items(string? list)
    {
        if (list is not ['[', .. var inner, ']'])
        {
            return list is null ? [] : [list];
        }

        var items = ImmutableArray.CreateBuilder<string>();
        var (depth, start) = (0, 0);
        for (var index = 0; index <= inner.Length; index++)
        {
            if (index == inner.Length || (depth == 0 && inner[index] == ','))
            {
                items.Add(inner[start..index].Trim());
                start = index + 1;
            }
            else
            {
                depth += inner[index] switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 };
            }
        }

        return [.. items.Where(item => item.Length > 0)];
    }

    /// <summary>A number of which less is looser.</summary>
    /// <param name="Default">What it is where nothing is said; null for no bound, so that any number is looser than none.</param>
    internal sealed record Lower(int? Default) : SettingDirection
    {
        /// <inheritdoc/>
        public override bool IsLooser(string? former, string? present)
        {
            if (present is null && Default is null)
            {
                return false;
            }

            return !(Number(former, Default) is { } before && Number(present, Default) is { } now && now >= before);
        }
    }

    /// <summary>A number of which more is looser.</summary>
    /// <param name="Default">What it is where nothing is said.</param>
    internal sealed record Higher(int Default) : SettingDirection
    {
        /// <inheritdoc/>
        public override bool IsLooser(string? former, string? present) =>
            !(Number(former, Default) is { } before && Number(present, Default) is { } now && now <= before);
    }

    /// <summary>One of some values, of which each is looser than those before it.</summary>
    /// <param name="Values">The values, the strictest first.</param>
    /// <param name="Default">What it is where nothing is said.</param>
    internal sealed record Ordered(ImmutableArray<string> Values, string Default) : SettingDirection
    {
        /// <inheritdoc/>
        public override bool IsLooser(string? former, string? present) =>
            Values.IndexOf(present ?? Default) is var now && (now < 0 || now > Values.IndexOf(former ?? Default));
    }

    /// <summary>A list of which each item that is added is looser.</summary>
    internal sealed record Grows : SettingDirection
    {
        /// <inheritdoc/>
        public override bool IsLooser(string? former, string? present) => IsCut(former) || IsCut(present)
            ? former != present
            : Items(present).Except(Items(former), StringComparer.Ordinal).Any();
    }

    /// <summary>A list of which each item that goes is looser; where nothing is said it has all.</summary>
    internal sealed record Shrinks : SettingDirection
    {
        /// <inheritdoc/>
        public override bool IsLooser(string? former, string? present) => present is not null
            && (former is null || IsCut(former) || IsCut(present) || Items(former).Except(Items(present), StringComparer.Ordinal).Any());
    }

    /// <summary>A text of which any other may be looser.</summary>
    internal sealed record Differs : SettingDirection
    {
        /// <inheritdoc/>
        public override bool IsLooser(string? former, string? present) => present is not null && former != present;
    }

    /// <summary>One of some values, of which one is looser than all others.</summary>
    /// <param name="Value">The value.</param>
    internal sealed record Becomes(string Value) : SettingDirection
    {
        /// <inheritdoc/>
        public override bool IsLooser(string? former, string? present) => present == Value && former != Value;
    }

    private static int? Number(string? text, int? otherwise) =>
        text is null ? otherwise : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsCut(string? text) => text?.EndsWith('…') == true;
}
