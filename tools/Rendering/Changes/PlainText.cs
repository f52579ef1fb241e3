using System.Globalization;
using System.Text;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>Texts that somebody else wrote, made harmless: one line, of characters that stay where they are put.</summary>
internal static class PlainText
{
    /// <summary>The text as one line of at most so many characters.</summary>
    /// <remarks>
    /// Controls, marks that change direction or pile up, and halves of characters become U+FFFD. White space becomes a space.
    /// </remarks>
    public static string Line(string text, int most)
    {
        var line = new StringBuilder(Math.Min(text.Length, most));
        var isSpace = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (!isSpace)
                {
                    line.Append(' ');
                }

                isSpace = true;
                continue;
            }

            isSpace = false;
            line.Append(IsHarmless(rune) ? rune.ToString() : "\ufffd");
            if (line.Length > most)
            {
                break;
            }
        }

        while (line.Length > 0 && line[^1] == ' ')
        {
            line.Length--;
        }

        if (line.Length <= most)
        {
            return line.ToString();
        }

        var end = most - 1;
        end -= char.IsHighSurrogate(line[end - 1]) ? 1 : 0;
        return $"{line.ToString(0, end)}…";
    }

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
