using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Tests.Settings.Reference;

/// <summary>What each setting means, by its path: the documentation of the parameters that settings are read into.</summary>
/// <remarks>
/// A parameter, or a type, that is a setting begins with its path: <c>canton-infra:owner</c> in full, or <c>.zones</c> below the
/// path that its record's summary names. <c>{a,b}</c> in a path stands for both.
/// </remarks>
internal static partial class SettingMeanings
{
    /// <summary>Reads them from the documentation that the compiler wrote.</summary>
    public static ImmutableSortedDictionary<string, string> Read()
    {
        var file = Path.ChangeExtension(typeof(SettingNode).Assembly.Location, ".xml");
        var meanings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var member in XDocument.Load(file).Descendants("member"))
        {
            if (!((string?)member.Attribute("name"))!.StartsWith("T:CantonInfra.Infra.Settings.", StringComparison.Ordinal))
            {
                continue;
            }

            var place = (string?)member.Element("summary")?.Element("c") ?? "";
            foreach (var element in member.Elements())
            {
                foreach (Match entry in Entry().Matches(Text(element)))
                {
                    var path = entry.Groups["path"].Value;
                    foreach (var each in Expand(path.StartsWith('.') ? place + path : path))
                    {
                        meanings[each] = entry.Groups["meaning"].Value;
                    }
                }
            }
        }

        return meanings.ToImmutable();
    }

    /// <summary>What a setting means: its own explanation, or the one of what it is a part of; null where there is neither.</summary>
    public static string? Of(string path, ImmutableSortedDictionary<string, string> meanings)
    {
        for (var place = path; place.Contains('.', StringComparison.Ordinal); place = place[..place.LastIndexOf('.')])
        {
            if (meanings.TryGetValue(place, out var meaning))
            {
                return meaning;
            }
        }

        return meanings.GetValueOrDefault(path);
    }

    private static IEnumerable<string> Expand(string path)
    {
        var alternatives = Alternatives().Match(path);
        return alternatives.Success
            ? alternatives.Groups["each"].Value.Split(',').SelectMany(each =>
                Expand(path[..alternatives.Index] + each + path[(alternatives.Index + alternatives.Length)..]))
            : [path];
    }

    /// <summary>The requirements behind settings, by the path of what is explained with them.</summary>
    public static ImmutableSortedDictionary<string, string> ReadRows()
    {
        var file = Path.ChangeExtension(typeof(SettingNode).Assembly.Location, ".xml");
        var rows = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (path, meaning) in Read())
        {
            if (Row().Match(meaning) is { Success: true } row)
            {
                rows[path] = row.Groups["rows"].Value;
            }
        }

        foreach (var summary in XDocument.Load(file).Descendants("summary"))
        {
            if (summary.Element("c")?.Value is { } place && Row().Match(summary.Value) is { Success: true } row)
            {
                rows.TryAdd(place, row.Groups["rows"].Value);
            }
        }

        return rows.ToImmutable();
    }

    /// <summary>The requirements behind a setting: its own, or those of what it is a part of; that there is a program, where neither says.</summary>
    public static string RowsOf(string path, ImmutableSortedDictionary<string, string> rows) => rows
        .Where(entry => path == entry.Key || path.StartsWith(entry.Key + ".", StringComparison.Ordinal))
        .OrderByDescending(entry => entry.Key.Length)
        .Select(entry => entry.Value)
        .FirstOrDefault("P1");

    private static string Text(XElement element) => Blank().Replace(
        string.Concat(element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } reference => $"`{((string?)reference.Attribute("cref"))?.Split('.')[^1]}`",
            XElement other => other.Value,
            XText text => text.Value,
            _ => "",
        })),
        " ").Trim();

    // One parameter may stand for several settings, each in a sentence that begins with its path.
    [GeneratedRegex(@"(?<=^|\. )`(?<path>(\.|[\w-]+:)[.\w:\-\[\]{},]+)`: (?<meaning>.+?)(?=$|(?<=\.) `\.)", RegexOptions.Singleline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\{(?<each>[^}]+)\}")]
    private static partial Regex Alternatives();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\((?<rows>[A-EP]\d+((, | to )[A-EP]\d+)*)\)")]
    private static partial Regex Row();
}
