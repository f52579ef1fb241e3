using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Dangers;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>A danger that is the same in several stacks.</summary>
/// <param name="Grade">How much it asks for.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Subject">The resource's type and name, or a file.</param>
/// <param name="What">What happens.</param>
/// <param name="Places">What plans or files say of it, each with the stacks that it is so in.</param>
internal sealed record StacksDanger(
    DangerGrade Grade, DangerKind Kind, string Subject, string What, ImmutableArray<StacksDanger.Place> Places)
{
    private const int MostPlaces = 3;
    private const int LongestStack = 24;

    /// <summary>What is said of a danger in some stacks.</summary>
    /// <param name="Detail">What is said; empty for nothing.</param>
    /// <param name="Stacks">The stacks; none for what is of no stack in particular.</param>
    internal sealed record Place(string Detail, ImmutableArray<string> Stacks);

    /// <summary>The dangers of a report, the gravest first; what is the same in several stacks is one.</summary>
    public static ImmutableArray<StacksDanger> Of(ChangeReport report) =>
    [
        .. report.AllDangers
            .GroupBy(entry => (entry.Danger.Grade, entry.Danger.Kind, Subject: ChangeWords.Subject(entry.Danger.Urn), entry.Danger.What, Apart: Apart(entry.Danger)))
            .Select(group => new StacksDanger(
                group.Key.Grade,
                group.Key.Kind,
                group.Key.Subject,
                group.Key.What,
                [
                    .. group.GroupBy(entry => entry.Danger.Detail, StringComparer.Ordinal)
                        .Select(place => new Place(place.Key, [.. place.Select(entry => entry.Stack).Where(stack => stack.Length > 0).Distinct(StringComparer.Ordinal)])),
                ])),
    ];

    /// <summary>The danger as a line of Markdown.</summary>
    /// <param name="subject">How long its subject may be.</param>
    /// <param name="detail">How long its details may be; 0 for none.</param>
    /// <param name="stacks">How many stacks are named of each place.</param>
    public string Line(int subject, int detail, int stacks)
    {
        var places = detail == 0 ? [new Place("", [.. Places.SelectMany(place => place.Stacks).Distinct(StringComparer.Ordinal)])] : Places;
        var shown = places.Take(MostPlaces).Select((place, index) =>
            (place.Detail.Length > 0 ? $"{(index == 0 ? ":" : "")} {MarkdownText.Code(place.Detail, detail)}" : "")
            + (place.Stacks.IsEmpty ? "" : $" ({Named(place.Stacks, stacks)})"));
        var more = places.Length > MostPlaces ? string.Create(CultureInfo.InvariantCulture, $"; and {places.Length - MostPlaces} more") : "";
        return $"{MarkdownText.Code(Subject, subject)} {What}{string.Join(';', shown)}{more}";
    }

    // One resource is lost or moved once in each stack, whatever else is said of it there; of other kinds each detail is a danger.
    private static string Apart(Danger danger) => danger.Kind is DangerKind.LossOfState or DangerKind.MovedWithoutAlias ? "" : danger.Detail;

    private static string Named(ImmutableArray<string> stacks, int most) =>
        string.Join(", ", stacks.Take(most).Select(stack => MarkdownText.Code(stack, LongestStack)))
        + (stacks.Length > most ? string.Create(CultureInfo.InvariantCulture, $" and {stacks.Length - most} more") : "");
}
