using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Policy.Limits;

/// <summary>Reads limits.yaml strictly: what it does not know, it refuses, with the line.</summary>
internal sealed class LimitsFile
{
    public const string Name = "limits.yaml";

    private readonly string _path;

    private LimitsFile(string path) => _path = path;

    /// <exception cref="MalformedLimitsException">The file is missing or malformed.</exception>
    public static OuterLimits Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MalformedLimitsException(path, 1, "The file cannot be read.", exception);
        }
    }

    /// <param name="text">The content.</param>
    /// <param name="path">The file's path, for messages.</param>
    /// <exception cref="MalformedLimitsException">The content is malformed.</exception>
    public static OuterLimits Parse(string text, string path)
    {
        var file = new LimitsFile(path);
        var root = file.Fields(file.ReadDocument(text), "The file", "regions");
        return new OuterLimits(file.ReadRegions(root["regions"]));
    }

    private YamlNode ReadDocument(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new MalformedLimitsException(_path, exception.Start.Line, $"This is not valid YAML: {exception.Message.TrimEnd('.')}.", exception);
        }

        return stream.Documents.Count == 1
            ? stream.Documents[0].RootNode
            : throw new MalformedLimitsException(_path, 1, "The file must hold exactly one document.");
    }

    private RegionLimits ReadRegions(YamlNode node)
    {
        var entries = Items(node, "regions").Select(ReadRegionLimit).ToImmutableArray();
        for (var index = 0; index < entries.Length; index++)
        {
            var isLast = index == entries.Length - 1;
            if (entries[index].Stacks.Any(pattern => pattern.IsAll) != isLast)
            {
                throw Malformed(node, "Exactly the last entry of 'regions' must be for all other stacks, with the pattern \"*\".");
            }
        }

        return new RegionLimits(entries);
    }

    private RegionLimit ReadRegionLimit(YamlNode node)
    {
        var fields = Fields(node, "An entry of 'regions'", "stacks", "allowed", "reason");
        return new RegionLimit(
            [.. Items(fields["stacks"], "stacks").Select(ReadPattern)],
            [.. Items(fields["allowed"], "allowed").Select(item => Region.Parse(Text(item, "allowed")))],
            Text(fields["reason"], "reason"));
    }

    private StackPattern ReadPattern(YamlNode node)
    {
        var text = Text(node, "stacks");
        return StackPattern.IsValid(text)
            ? new StackPattern(text)
            : throw Malformed(node, $"'{text}' is not a pattern for stacks: a star may only end it.");
    }

    private Dictionary<string, YamlNode> Fields(YamlNode node, string what, params string[] names)
    {
        var list = string.Join(", ", names);
        if (node is not YamlMappingNode mapping)
        {
            throw Malformed(node, $"{what} must be a mapping with {list}.");
        }

        var fields = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in mapping)
        {
            var name = Text(key, what);
            if (!names.Contains(name))
            {
                throw Malformed(key, $"{what} has an unknown key '{name}'; known are {list}.");
            }

            fields.Add(name, value);
        }

        return names.FirstOrDefault(name => !fields.ContainsKey(name)) is { } missing
            ? throw Malformed(node, $"{what} lacks '{missing}'.")
            : fields;
    }

    private IList<YamlNode> Items(YamlNode node, string what) =>
        node is YamlSequenceNode { Children.Count: > 0 } sequence
            ? sequence.Children
            : throw Malformed(node, $"'{what}' must be a list with at least one item.");

    private string Text(YamlNode node, string what) =>
        node is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw Malformed(node, $"{what}: a text is needed here.");

    private MalformedLimitsException Malformed(YamlNode node, string what) => new(_path, node.Start.Line, what);
}
