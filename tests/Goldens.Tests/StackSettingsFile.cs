using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace CantonInfra.Goldens.Tests;

/// <summary>The settings of a stack file by their paths: members of maps apart, lists as a whole.</summary>
internal static class StackSettingsFile
{
    /// <summary>Reads a stack file.</summary>
    /// <returns>Each setting's value as YAML on one line.</returns>
    public static ImmutableSortedDictionary<string, string> Read(string text)
    {
        var yaml = new YamlStream();
        using var reader = new StringReader(text);
        yaml.Load(reader);
        var config = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children["config"];
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in config.Children)
        {
            Flatten(((YamlScalarNode)key).Value!, value, settings);
        }

        return settings.ToImmutable();
    }

    /// <summary>Writes a stack file with these settings.</summary>
    public static string Write(ImmutableSortedDictionary<string, string> settings)
    {
        var config = new SortedDictionary<string, object>(StringComparer.Ordinal);
        var values = new DeserializerBuilder().Build();
        foreach (var (path, value) in settings)
        {
            var parts = path.Split('.');
            var map = config;
            foreach (var part in parts[..^1])
            {
                map = (SortedDictionary<string, object>)(map.TryGetValue(part, out var inner)
                    ? inner
                    : map[part] = new SortedDictionary<string, object>(StringComparer.Ordinal));
            }

            // Flow style on one line is a value of its own, and quotes keep texts texts.
            map[parts[^1]] = values.Deserialize<object>(value)!;
        }

        return new SerializerBuilder().WithQuotingNecessaryStrings().Build()
            .Serialize(new Dictionary<string, object> { ["config"] = config });
    }

    private static void Flatten(
        string path, YamlNode node, ImmutableSortedDictionary<string, string>.Builder settings)
    {
        if (node is YamlMappingNode map && !map.Children.ContainsKey("secure"))
        {
            foreach (var (key, value) in map.Children)
            {
                Flatten($"{path}.{((YamlScalarNode)key).Value}", value, settings);
            }
        }
        else
        {
            settings[path] = OneLine(node);
        }
    }

    private static string OneLine(YamlNode node) => node switch
    {
        YamlMappingNode map => $"{{ {string.Join(", ", map.Children.Select(entry => $"{OneLine(entry.Key)}: {OneLine(entry.Value)}"))} }}",
        YamlSequenceNode list => $"[{string.Join(", ", list.Children.Select(OneLine))}]",
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } scalar => scalar.Value!,
        YamlScalarNode scalar => $"'{scalar.Value!.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => node.ToString(),
    };
}
