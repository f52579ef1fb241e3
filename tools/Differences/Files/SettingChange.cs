using System.Collections.Immutable;
using CantonInfra.Tools.Differences.Dangers;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Tools.Differences.Files;

/// <summary>A setting of a stack file that differs.</summary>
/// <param name="Key">The key, with the parts of a structured value after dots.</param>
/// <param name="Former">What it was, masked where it is secret; null where it is new.</param>
/// <param name="Present">What it is, masked where it is secret; null where it is gone.</param>
internal sealed record SettingChange(string Key, string? Former, string? Present)
{
    private const string Mask = "[secret]";

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

    /// <summary>What a stack's file allows the stack that it did not.</summary>
    /// <param name="settings">The settings that differ.</param>
    /// <param name="file">The file's name.</param>
    public static IEnumerable<Danger> Dangers(IEnumerable<SettingChange> settings, string file) =>
        from setting in settings
        where (setting.Key is "canton-infra:mode" or "canton-infra:enforcement" && setting.Former is null or "deny" && setting.Present == "audit")
            || (setting.Key.StartsWith("canton-infra:allowedRegions", StringComparison.Ordinal) && setting.Former != setting.Present)
        select new Danger(
            DangerKind.LooserLimits,
            DangerGrade.Grave,
            file,
            setting.Key.StartsWith("canton-infra:allowedRegions", StringComparison.Ordinal)
                ? "the regions that the stack allows itself are others"
                : "violations stop a deployment no more",
            $"{setting.Key}: {setting.Former ?? "-"} → {setting.Present ?? "-"}");

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
            else
            {
                var canonical = node.Canonical();
                entries[key] = (canonical, canonical.Contains("secure: ", StringComparison.Ordinal));
            }
        }
    }

    private static string? Shown((string Text, bool IsSecret)? value) => value switch
    {
        null => null,
        { IsSecret: true } => Mask,
        { Text: { Length: > LongestText } text } => $"{text[..LongestText]}…",
        { Text: var text } => text,
    };
}
