using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Tests.Settings.Reference;

/// <summary>What each setting means, by its path: the documentation of the parameters that settings are read into.</summary>
/// <remarks>
/// A parameter, or a type, that is a setting begins with its path: <c>canton-infra:owner</c> in full, or <c>.zones</c> below the
/// path that its record's summary names.
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
                    meanings[path.StartsWith('.') ? place + path : path] = entry.Groups["meaning"].Value;
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
    [GeneratedRegex(@"(?<=^|\. )`(?<path>(\.|[\w-]+:)[.\w:\-\[\]]+)`: (?<meaning>.+?)(?=$|(?<=\.) `\.)", RegexOptions.Singleline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
