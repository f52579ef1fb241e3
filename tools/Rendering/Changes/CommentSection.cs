using System.Collections.Immutable;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>A part of a comment in several lengths, the longest first. It is shown in one of them as a whole, or not at all.</summary>
/// <param name="Title">What is missing where it is left out.</param>
/// <param name="Variants">Its texts; those that are too long for any comment are left out.</param>
internal sealed record CommentSection(string Title, ImmutableArray<string> Variants)
{
    /// <summary>Chooses the lengths of sections so that together they fit.</summary>
    /// <param name="sections">The sections, the most important first.</param>
    /// <param name="most">How many characters there are for them.</param>
    /// <returns>The text of each section, empty for those that are left out, and what was shortened.</returns>
    public static (ImmutableArray<string> Texts, ImmutableArray<string> Shortened) Fit(IReadOnlyList<CommentSection> sections, int most)
    {
        // All begin at their shortest, as many as fit; then each grows as far as there is room, the most important first.
        var texts = new string[sections.Count];
        var used = 0;
        for (var index = 0; index < texts.Length; index++)
        {
            var shortest = sections[index].Variants is [.., var last] ? last : "";
            texts[index] = used + shortest.Length <= most ? shortest : "";
            used += texts[index].Length;
        }

        for (var index = 0; index < texts.Length; index++)
        {
            var room = most - used + texts[index].Length;
            var chosen = sections[index].Variants.FirstOrDefault(variant => variant.Length <= room) ?? texts[index];
            used += chosen.Length - texts[index].Length;
            texts[index] = chosen;
        }

        return (
            [.. texts],
            [.. sections.Where((section, index) => section.Variants is [] || texts[index] != section.Variants[0] || section.IsCut).Select(section => section.Title)]);
    }

    /// <summary>Whether the longest text is not all that there was.</summary>
    public bool IsCut { get; init; }

    /// <summary>A section of the texts that its writers give, each within a limit.</summary>
    /// <param name="title">What is missing where it is left out.</param>
    /// <param name="most">The most characters that any of them may have.</param>
    /// <param name="writers">Write it, the longest first; each is stopped when it has written too much.</param>
    public static CommentSection Create(string title, int most, params IEnumerable<Action<LimitedText>> writers)
    {
        var variants = ImmutableArray.CreateBuilder<string>();
        var isCut = false;
        foreach (var (index, write) in writers.Index())
        {
            var text = new LimitedText(most);
            write(text);
            if (text.IsWhole)
            {
                variants.Add(text.ToString());
            }
            else
            {
                isCut |= index == 0;
            }
        }

        return new CommentSection(title, variants.DrainToImmutable()) { IsCut = isCut };
    }
}
