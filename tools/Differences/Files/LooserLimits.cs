using System.Globalization;
using CantonInfra.Tools.Differences.Dangers;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Tools.Differences.Files;

/// <summary>What limits.yaml allows that it did not. What cannot be read is told, never passed over.</summary>
internal static class LooserLimits
{
    // Any name that no pattern has in particular.
    private const string OtherStacks = "*";

    private static readonly string[] StackLists = ["regions", "modes", "waivers"];

    /// <summary>The dangers of a change.</summary>
    /// <param name="former">The file as it was; null where there was none.</param>
    /// <param name="present">The file as it is; null where there is none.</param>
    /// <param name="stacks">The stacks to compare the limits for, besides those that the files name.</param>
    public static IEnumerable<Danger> Find(string? former, string? present, IEnumerable<string> stacks)
    {
        if (former == present)
        {
            return [];
        }

        if (present is null)
        {
            return [Looser("the limits are gone", "")];
        }

        if (former is null)
        {
            return [];
        }

        return (YamlText.Parse(former), YamlText.Parse(present)) is (YamlMappingNode before, YamlMappingNode after)
            ? Compare(before, after, stacks)
            : [Looser("the limits cannot be compared; read their difference", "")];
    }

    private static IEnumerable<Danger> Compare(YamlMappingNode before, YamlMappingNode after, IEnumerable<string> stacks)
    {
        var names = stacks.Concat(Patterns(before)).Concat(Patterns(after)).Append(OtherStacks).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        foreach (var stack in names)
        {
            var shown = stack == OtherStacks ? "all other stacks" : stack;
            if (Entry(after, "regions", stack) is { } regions)
            {
                var allowed = Entry(before, "regions", stack).At("allowed").Items().Select(Region).ToHashSet(StringComparer.Ordinal);
                foreach (var region in regions.At("allowed").Items().Where(item => !allowed.Contains(Region(item))))
                {
                    yield return Looser("another region is allowed", $"{shown}: {region.Scalar()}");
                }
            }
            else
            {
                yield return Looser("regions are bounded no more", shown);
            }

            var (least, leastNow) = (Entry(before, "modes", stack).At("least").Scalar(), Entry(after, "modes", stack).At("least").Scalar());
            if (least == "deny" && leastNow != "deny")
            {
                yield return Looser("violations need not stop a deployment any more", $"{shown}: {least} → {leastNow}");
            }

            var (days, daysNow) = (Days(before, stack), Days(after, stack));
            if (daysNow is null || days is null || daysNow > days)
            {
                yield return Looser(
                    "waivers may run longer", string.Create(CultureInfo.InvariantCulture, $"{shown}: {days} → {daysNow} days"));
            }
        }

        var waivable = before.At("waivable").Items().Select(item => item.Scalar()).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in after.At("waivable").Items().Select(item => item.Scalar()).Where(rule => !waivable.Contains(rule)))
        {
            yield return Looser("another rule can be waived", rule);
        }
    }

    private static IEnumerable<string> Patterns(YamlMappingNode file) =>
        from list in StackLists
        from entry in file.At(list).Items()
        from pattern in entry.At("stacks").Items()
        select pattern.Scalar();

    // The first entry whose patterns have the name; a pattern stands for all names that begin so.
    private static YamlNode? Entry(YamlMappingNode file, string list, string stack) =>
        file.At(list).Items().FirstOrDefault(entry => entry.At("stacks").Items().Any(pattern => Matches(pattern.Scalar(), stack)));

    private static bool Matches(string pattern, string stack) => pattern.EndsWith('*')
        ? stack.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : pattern == stack;

    private static int? Days(YamlMappingNode file, string stack) =>
        int.TryParse(Entry(file, "waivers", stack).At("maximumDays").Scalar(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;

    private static string Region(YamlNode node) =>
        string.Concat(node.Scalar().Where(character => !char.IsWhiteSpace(character))).ToLowerInvariant();

    private static Danger Looser(string what, string detail) =>
        new(DangerKind.LooserLimits, DangerGrade.Grave, PolicyFiles.LimitsPath, what, detail);
}
