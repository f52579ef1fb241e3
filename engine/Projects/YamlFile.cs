using System.Globalization;
using CantonInfra.Engine.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Engine.Projects;

/// <summary>A YAML file whose nodes keep their places.</summary>
internal sealed class YamlFile
{
    private YamlFile(string path, YamlMappingNode root)
    {
        Path = path;
        Root = root;
    }

    public string Path { get; }

    public YamlMappingNode Root { get; }

    /// <summary>Reads a file that must hold one mapping; an empty file counts as an empty one.</summary>
    /// <param name="file">The file to read.</param>
    /// <param name="shownPath">The file as messages name it.</param>
    public static YamlFile Load(string file, string shownPath)
    {
        try
        {
            using var reader = new StreamReader(file);
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents switch
            {
                [] => new YamlFile(shownPath, new YamlMappingNode()),
                [{ RootNode: YamlMappingNode root }] => new YamlFile(shownPath, root),
                [{ RootNode: YamlScalarNode { Value: "" or null } }] => new YamlFile(shownPath, new YamlMappingNode()),
                [_] => throw Malformed("The file must hold a mapping of keys to values.", new SourceLocation(shownPath, 1)),
                _ => throw Malformed("The file must hold one YAML document.", new SourceLocation(shownPath, 1)),
            };
        }
        catch (YamlException exception)
        {
            throw Malformed(
                $"The file is not valid YAML: {exception.InnerException?.Message ?? exception.Message}",
                new SourceLocation(shownPath, (int)exception.Start.Line, (int)exception.Start.Column));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Malformed($"The file cannot be read: {exception.Message}", new SourceLocation(shownPath));
        }
    }

    public SourceLocation LocationOf(YamlNode node) => new(Path, (int)node.Start.Line, (int)node.Start.Column);

    public YamlNode? Find(string key) => Find(Root, key);

    public static YamlNode? Find(YamlMappingNode map, string key) =>
        map.Children.FirstOrDefault(child => child.Key is YamlScalarNode scalar && scalar.Value == key).Value;

    /// <summary>The name of the runtime, which stands alone or with options; null where there is none.</summary>
    public string? Runtime() => Find("runtime") switch
    {
        YamlScalarNode scalar => scalar.Value,
        YamlMappingNode map => (Find(map, "name") as YamlScalarNode)?.Value,
        _ => null,
    };

    /// <summary>The text of a scalar, or null where there is none.</summary>
    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => scalar.Value,
        var node => throw Malformed($"'{key}' must be a text.", LocationOf(node)),
    };

    /// <summary>A scalar as the type that YAML's core schema gives it: null, bool, number or string.</summary>
    public static object? Typed(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not ScalarStyle.Plain and not ScalarStyle.Any)
        {
            return text;
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ when LooksLikeNumber(text)
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => text,
        };
    }

    private static bool LooksLikeNumber(string text) => char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.';

    private static ConfigurationException Malformed(string message, SourceLocation location) =>
        new(Diagnostic.Error("config-yaml", message, location));
}
