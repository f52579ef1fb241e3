using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Tools.Differences.Files;

/// <summary>Reads YAML that may be anybody's: no more than its shape is believed.</summary>
internal static class YamlText
{
    // Whole files of this kind have a few hundred lines; deeper nesting than this has no use in them.
    private const int MostDepth = 32;

    /// <summary>The document's root; null where the text is no YAML, is empty, or nests too deep.</summary>
    public static YamlNode? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || !IsShallow(text))
        {
            return null;
        }

        try
        {
            var yaml = new YamlStream();
            using var reader = new StringReader(text);
            yaml.Load(reader);
            return yaml.Documents.FirstOrDefault()?.RootNode;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    /// <summary>The value of a key; null where there is none.</summary>
    public static YamlNode? At(this YamlNode? node, string key) =>
        (node as YamlMappingNode)?.Children.FirstOrDefault(child => child.Key is YamlScalarNode scalar && scalar.Value == key).Value;

    /// <summary>The items of a list; none where it is no list.</summary>
    public static IEnumerable<YamlNode> Items(this YamlNode? node) => (node as YamlSequenceNode)?.Children ?? [];

    /// <summary>The text of a scalar; empty for anything else.</summary>
    public static string Scalar(this YamlNode? node) => (node as YamlScalarNode)?.Value ?? "";

    /// <summary>The node in one line, maps in the order of their keys, so that equal nodes have equal texts.</summary>
    public static string Canonical(this YamlNode? node) => node switch
    {
        YamlScalarNode scalar => scalar.Value ?? "",
        YamlSequenceNode list => $"[{string.Join(", ", list.Children.Select(Canonical))}]",
        YamlMappingNode map => $"{{{string.Join(", ", map.Children.Select(child => $"{Canonical(child.Key)}: {Canonical(child.Value)}").Order(StringComparer.Ordinal))}}}",
        _ => "",
    };

    // The events come before any recursion, and an alias could make a small text endless.
    private static bool IsShallow(string text)
    {
        try
        {
            using var reader = new StringReader(text);
            var parser = new Parser(reader);
            for (var depth = 0; parser.MoveNext();)
            {
                depth += parser.Current!.NestingIncrease;
                if (depth > MostDepth || parser.Current is YamlDotNet.Core.Events.AnchorAlias)
                {
                    return false;
                }
            }

            return true;
        }
        catch (YamlException)
        {
            return false;
        }
    }
}
