using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Policy.Files;

/// <summary>Reads a YAML file strictly: what it does not know, it refuses, with the line.</summary>
/// <param name="path">The file's path, for messages.</param>
/// <param name="advice">What follows from a malformed file and what to do; null for a file of the policy pack.</param>
internal sealed class StrictYaml(string path, string? advice = null)
{
    /// <exception cref="MalformedFileException">The file cannot be read.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MalformedFileException(path, 1, "The file cannot be read.", exception);
        }
    }

    /// <summary>The one document's root.</summary>
    public YamlNode Document(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new MalformedFileException(path, exception.Start.Line, $"This is not valid YAML: {exception.Message.TrimEnd('.')}.", exception, advice);
        }

        return stream.Documents.Count == 1
            ? stream.Documents[0].RootNode
            : throw new MalformedFileException(path, 1, "The file must hold exactly one document.", advice: advice);
    }

    /// <summary>A mapping with exactly these keys.</summary>
    public Dictionary<string, YamlNode> Fields(YamlNode node, string what, params string[] names)
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

    /// <summary>A list with at least one item.</summary>
    public IList<YamlNode> Items(YamlNode node, string what) => ItemsOrNone(node, what) is { Count: > 0 } items
        ? items
        : throw Malformed(node, $"'{what}' must be a list with at least one item.");

    /// <summary>A list, or an empty one.</summary>
    public IList<YamlNode> ItemsOrNone(YamlNode node, string what) => node is YamlSequenceNode sequence
        ? sequence.Children
        : throw Malformed(node, $"'{what}' must be a list with at least one item, or [] where none is meant.");

    /// <summary>A text that is not blank.</summary>
    public string Text(YamlNode node, string what) =>
        node is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw Malformed(node, $"{what}: a text is needed here.");

    public MalformedFileException Malformed(YamlNode node, string what) => new(path, node.Start.Line, what, advice: advice);
}
