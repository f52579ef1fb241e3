using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Tools.Differences.Files;

/// <summary>A setting of a stack file that differs.</summary>
/// <param name="Key">The key, with the parts of a structured value after dots, and the names of a list's items in brackets.</param>
/// <param name="Former">What it was, masked where it is secret; null where it is new.</param>
/// <param name="Present">What it is, masked where it is secret; null where it is gone.</param>
internal sealed record SettingChange(string Key, string? Former, string? Present)
{
    private const string Mask = "[secret]";
    private const string NameKey = "name";

    // What people keep secrets in without saying so is not for others to read.
    private const int LongestText = 200;

    /// <summary>The settings in which two texts of a stack file differ; a secret differs when its cipher does.</summary>
    public static ImmutableArray<SettingChange> Compare(string? former, string? present)
    {
        var before = Flat(former);
        var after = Flat(present);
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(key => (Key: key, Former: before.GetValueOrDefault(key), Present: after.GetValueOrDefault(key)))
                .Where(entry => entry.Former != entry.Present)
                .Select(entry => new SettingChange(entry.Key, Shown(entry.Former), Shown(entry.Present))),
        ];
    }

    private static SortedDictionary<string, (string Text, bool IsSecret)?> Flat(string? text)
    {
        var entries = new SortedDictionary<string, (string Text, bool IsSecret)?>(StringComparer.Ordinal);
        if (YamlText.Parse(text).At("config") is YamlMappingNode config)
        {
            foreach (var (key, value) in config.Children)
            {
                Add(key.Scalar(), value);
            }
        }

        return entries;

        void Add(string key, YamlNode node)
        {
            if (node is YamlMappingNode { Children.Count: 1 } secret && secret.At("secure") is YamlScalarNode cipher)
            {
                entries[key] = (cipher.Scalar(), true);
            }
            else if (node is YamlMappingNode map && map.Children.Count > 0)
            {
                foreach (var (name, value) in map.Children)
                {
                    Add($"{key}.{name.Scalar()}", value);
                }
            }
            else if (ByName(node) is { } items)
            {
                // Which there are, in their order, and then each by its name: an item more is no change of those before it.
                entries[key] = ($"[{string.Join(", ", items.Select(item => item.Name))}]", false);
                foreach (var (name, item) in items)
                {
                    foreach (var (part, value) in item.Children.Where(child => child.Key.Scalar() != NameKey))
                    {
                        Add($"{key}[{name}].{part.Scalar()}", value);
                    }
                }
            }
            else
            {
                var canonical = node.Canonical();
                entries[key] = (canonical, canonical.Contains("secure: ", StringComparison.Ordinal));
            }
        }
    }

    // The items of a list by their names; null where not each has one of its own.
    private static (string Name, YamlMappingNode Item)[]? ByName(YamlNode node)
    {
        var items = node.Items().OfType<YamlMappingNode>().Select(item => (Name: item.At(NameKey).Scalar(), Item: item)).ToArray();
        return items.Length > 0 && items.Length == node.Items().Count() && items.All(item => item.Name.Length > 0)
            && items.Select(item => item.Name).Distinct(StringComparer.Ordinal).Count() == items.Length ? items : null;
    }

    private static string? Shown((string Text, bool IsSecret)? value) => value switch
    {
        null => null,
        { IsSecret: true } => Mask,
        { Text: { Length: > LongestText } text } => $"{text[..LongestText]}…",
        { Text: var text } => text,
    };
}
