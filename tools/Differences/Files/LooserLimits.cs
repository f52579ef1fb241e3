using System.Globalization;
using CantonInfra.Tools.Differences.Dangers;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Tools.Differences.Files;

/// <summary>What limits.yaml allows that it did not. What cannot be read is told, never passed over.</summary>
internal static class LooserLimits
{
    // Any name that no pattern has in particular.
    private const string OtherStacks = "*";

    private static readonly string[] StackLists = ["regions", "modes", "waivers", "sources", "subscriptionRoles", "privilegedNamespaces"];

    // All that is compared below; of another part of the file nobody here knows which way is looser.
    private static readonly string[] Known = [.. StackLists, "ledgerRights", "charts", "waivable"];

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

            foreach (var danger in Sources(before, after, stack, shown).Concat(Roles(before, after, stack, shown))
                .Concat(PrivilegedNamespaces(before, after, stack, shown)))
            {
                yield return danger;
            }
        }

        foreach (var danger in LedgerRights(before, after).Concat(Charts(before, after)))
        {
            yield return danger;
        }

        var waivable = Texts(before.At("waivable"));
        foreach (var rule in Texts(after.At("waivable")).Except(waivable))
        {
            yield return Looser("another rule can be waived", rule);
        }

        foreach (var part in before.Children.Concat(after.Children).Select(child => child.Key.Scalar()).Except(Known, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (before.At(part).Canonical() != after.At(part).Canonical())
            {
                yield return Looser("a limit differs that cannot be compared; read its difference", part);
            }
        }
    }

    private static IEnumerable<Danger> Sources(YamlMappingNode before, YamlMappingNode after, string stack, string shown)
    {
        var (former, present) = (Entry(before, "sources", stack), Entry(after, "sources", stack));
        if (former is not null && present is null)
        {
            yield return Looser("sources of images and charts are bounded no more", shown);
        }

        foreach (var list in (string[])["images", "charts"])
        {
            foreach (var source in Texts(present.At(list)).Except(Texts(former.At(list)), StringComparer.Ordinal))
            {
                yield return Looser($"{list} may come from elsewhere", $"{shown}: {source}");
            }
        }
    }

    private static IEnumerable<Danger> Roles(YamlMappingNode before, YamlMappingNode after, string stack, string shown)
    {
        var (former, present) = (Entry(before, "subscriptionRoles", stack), Entry(after, "subscriptionRoles", stack));
        if (former is not null && present is null)
        {
            yield return Looser("roles on whole subscriptions are bounded no more", shown);
        }

        var allowed = former.At("allowed").Items().Select(role => role.At("id").Scalar()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var role in present.At("allowed").Items().Where(role => !allowed.Contains(role.At("id").Scalar())))
        {
            yield return Looser("another role may be given on a whole subscription", $"{shown}: {role.At("name").Scalar()} {role.At("id").Scalar()}");
        }
    }

    private static IEnumerable<Danger> PrivilegedNamespaces(YamlMappingNode before, YamlMappingNode after, string stack, string shown)
    {
        var (former, present) = (Entry(before, "privilegedNamespaces", stack), Entry(after, "privilegedNamespaces", stack));
        if (former is not null && present is null)
        {
            yield return Looser("namespaces whose pods have rights on nodes are bounded no more", shown);
        }

        foreach (var name in Texts(present.At("names")).Except(Texts(former.At("names")), StringComparer.Ordinal))
        {
            yield return Looser("pods of another namespace may have rights on their nodes", $"{shown}: {name}");
        }
    }

    // A right that is not named is for anybody.
    private static IEnumerable<Danger> LedgerRights(YamlMappingNode before, YamlMappingNode after)
    {
        var present = after.At("ledgerRights").Items().ToLookup(entry => entry.At("right").Scalar(), entry => entry.At("users"), StringComparer.Ordinal);
        foreach (var entry in before.At("ledgerRights").Items())
        {
            var right = entry.At("right").Scalar();
            if (!present.Contains(right))
            {
                yield return Looser("a far right on the ledger is for anybody", right);
            }

            foreach (var user in present[right].SelectMany(Texts).Except(Texts(entry.At("users")), StringComparer.Ordinal))
            {
                yield return Looser("another user may have a far right on the ledger", $"{right}: {user}");
            }
        }
    }

    private static IEnumerable<Danger> Charts(YamlMappingNode before, YamlMappingNode after)
    {
        var (former, present) = (before.At("charts"), after.At("charts"));
        foreach (var name in Texts(former.At("names")).Except(Texts(present.At("names")), StringComparer.Ordinal))
        {
            yield return Looser("versions of charts are bounded no more", name);
        }

        var networks = present.At("networks").Items().ToLookup(entry => entry.At("network").Scalar(), entry => entry.At("versions"), StringComparer.Ordinal);
        var known = former.At("networks").Items().ToLookup(entry => entry.At("network").Scalar(), entry => entry.At("versions"), StringComparer.Ordinal);
        foreach (var network in known.Select(entry => entry.Key).Where(network => !networks.Contains(network)))
        {
            yield return Looser("versions of charts are bounded no more", network);
        }

        foreach (var network in networks)
        {
            foreach (var version in network.SelectMany(Texts).Except(known[network.Key].SelectMany(Texts), StringComparer.Ordinal))
            {
                yield return Looser("another version of the ledger's charts is approved", $"{network.Key}: {version}");
            }
        }
    }

    private static IEnumerable<string> Texts(YamlNode? list) => list.Items().Select(item => item.Scalar());

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
