using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Policy.Files;
using CantonInfra.Protocol.Properties;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Mutations.Tests.Classifying;

/// <summary>Reads the classification; the file's head says what it looks like.</summary>
internal sealed class ClassificationFile
{
    /// <summary>The kinds of mutations, as <c>unless</c> names them.</summary>
    public static readonly ImmutableArray<string> Mutations = ["delete", "flip", "swap", "open", "widen", "empty", "plain"];

    private const string Advice = "The mutation proof cannot be made without it. Mend the file; its head says what it looks like.";

    private readonly string _path;
    private readonly StrictYaml _yaml;
    private ImmutableDictionary<string, string> _reasons = ImmutableDictionary<string, string>.Empty;

    private ClassificationFile(string path)
    {
        _path = path;
        _yaml = new StrictYaml(path, Advice);
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="MalformedFileException">It is none; the message has the line.</exception>
    public static Classification Load(string path) => new ClassificationFile(path).Read(StrictYaml.ReadText(path));

    /// <summary>Reads a text, for what is tested without a file.</summary>
    public static Classification Parse(string text) => new ClassificationFile(Classification.Path).Read(text);

    private Classification Read(string text)
    {
        var root = _yaml.Fields(_yaml.Document(text), "The file", "reasons", "everywhere", "types");
        _reasons = Entries(root["reasons"], "reasons").ToImmutableDictionary(
            entry => entry.Name, entry => _yaml.Text(entry.Value, entry.Name), StringComparer.Ordinal);
        return new Classification(
            ReadType("everywhere", root["everywhere"]),
            Entries(root["types"], "types").ToImmutableSortedDictionary(
                entry => entry.Name, entry => ReadType(entry.Name, entry.Value), StringComparer.Ordinal));
    }

    private TypeClassification ReadType(string name, YamlNode node)
    {
        var fields = Known(node, name, "guarded", "free", "removal", "protect");
        return new TypeClassification(
            name,
            Line(node),
            [
                .. fields.TryGetValue("guarded", out var guarded) ? Entries(guarded, name).SelectMany(ReadGuarded) : [],
                .. fields.TryGetValue("free", out var free) ? Entries(free, name).SelectMany(ReadFree) : [],
            ],
            ReadWhole(fields, "removal"),
            ReadWhole(fields, "protect"));
    }

    private ImmutableArray<Classified> ReadWhole(Dictionary<string, YamlNode> fields, string name)
    {
        if (!fields.TryGetValue(name, out var node))
        {
            return [];
        }

        // A text is a reason here: what is guarded says more than a rule.
        return node is YamlScalarNode
            ? [new Free(PathPattern.Whole, Line(node), Reason(_yaml.Text(node, name)))]
            : [.. (node is YamlSequenceNode list ? list.Children : [node]).Select(each => ReadGuard(PathPattern.Whole, each, name))];
    }

    private IEnumerable<Classified> ReadGuarded((string Name, YamlNode Key, YamlNode Value) entry)
    {
        var path = ReadPath(entry.Key);
        return entry.Value is YamlSequenceNode list && list.Children.All(item => item is YamlMappingNode)
            ? list.Children.Select(item => ReadGuard(path, item, entry.Name))
            : [ReadGuard(path, entry.Value, entry.Name)];
    }

    private IEnumerable<Classified> ReadFree((string Name, YamlNode Key, YamlNode Value) entry)
    {
        var fields = entry.Value is YamlMappingNode ? _yaml.Fields(entry.Value, entry.Name, "paths", "only-with") : null;
        return _yaml.Items(fields?["paths"] ?? entry.Value, entry.Name).Select(path => new Free(ReadPath(path), Line(path), Reason(entry.Name))
        {
            OnlyWith = fields is null ? null : _yaml.Text(fields["only-with"], "only-with"),
        });
    }

    private Classified ReadGuard(PathPattern path, YamlNode node, string what)
    {
        if (node is not YamlMappingNode)
        {
            return new Guarded(path, Line(node), ReadTexts(node, what));
        }

        var fields = Known(node, what, "rule", "free", "try", "unless", "on", "when", "stacks", "named", "only-with");
        var condition = new Condition(
            fields.TryGetValue("when", out var when)
                ? [.. Entries(when, "when").Select(entry => (ReadPath(entry.Key), ReadTexts(entry.Value, entry.Name)))]
                : [],
            fields.TryGetValue("stacks", out var stacks) ? ReadTexts(stacks, "stacks") : [],
            fields.TryGetValue("named", out var names) ? ReadTexts(names, "named") : []);
        var onlyWith = fields.TryGetValue("only-with", out var setting) ? _yaml.Text(setting, "only-with") : null;
        if (fields.TryGetValue("free", out var reason))
        {
            return new Free(path, Line(node), Reason(_yaml.Text(reason, "free"))) { Condition = condition, OnlyWith = onlyWith };
        }

        return new Guarded(path, Line(node), ReadTexts(Needed(fields, "rule", node, what), "rule"))
        {
            Condition = condition,
            OnlyWith = onlyWith,
            On = fields.TryGetValue("on", out var on) ? ReadTexts(on, "on") : ["itself"],
            Try = fields.TryGetValue("try", out var values) ? [.. _yaml.Items(values, "try").Select(ReadValue)] : [],
            Unless = fields.TryGetValue("unless", out var unless)
                ? Entries(unless, "unless").ToImmutableSortedDictionary(
                    entry => Mutations.Contains(entry.Name) ? entry.Name : throw _yaml.Malformed(
                        entry.Key, $"'{entry.Name}' is no mutation; known are {string.Join(", ", Mutations)}."),
                    entry => Reason(_yaml.Text(entry.Value, entry.Name)),
                    StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, string>.Empty,
        };
    }

    private PathPattern ReadPath(YamlNode node)
    {
        var text = _yaml.Text(node, "a path");
        return PropertyPath.TryParse(text, out var path)
            ? new PathPattern(path)
            : throw _yaml.Malformed(node, $"'{text}' is no path of a property.");
    }

    private ImmutableArray<string> ReadTexts(YamlNode node, string what) => node is YamlSequenceNode
        ? [.. _yaml.Items(node, what).Select(item => _yaml.Text(item, what))]
        : [_yaml.Text(node, what)];

    // Plain scalars are what YAML takes them for; texts that look like something else are quoted.
    private PropertyValue ReadValue(YamlNode node) => node switch
    {
        YamlSequenceNode list => PropertyValue.Of(list.Children.Select(ReadValue)),
        YamlMappingNode map => new MapValue(Entries(map, "try").Select(entry => KeyValuePair.Create(entry.Name, ReadValue(entry.Value)))),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => PropertyValue.Of(flag.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain } number when double.TryParse(
            number.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => PropertyValue.Of(value),
        YamlScalarNode { Value: { } text } => PropertyValue.Of(text),
        _ => throw _yaml.Malformed(node, "A value is needed here."),
    };

    // A reason without a space is one of those that are shared.
    private string Reason(string text) => _reasons.GetValueOrDefault(text) ?? (text.Contains(' ', StringComparison.Ordinal)
        ? text
        : throw new MalformedFileException(_path, 1, $"'{text}' is none of the reasons at the top of the file.", advice: Advice));

    private Dictionary<string, YamlNode> Known(YamlNode node, string what, params string[] names) =>
        Entries(node, what).ToDictionary(
            entry => names.Contains(entry.Name)
                ? entry.Name
                : throw _yaml.Malformed(entry.Key, $"{what} has an unknown key '{entry.Name}'; known are {string.Join(", ", names)}."),
            entry => entry.Value,
            StringComparer.Ordinal);

    private YamlNode Needed(Dictionary<string, YamlNode> fields, string name, YamlNode node, string what) =>
        fields.GetValueOrDefault(name) ?? throw _yaml.Malformed(node, $"{what} lacks '{name}'.");

    private IEnumerable<(string Name, YamlNode Key, YamlNode Value)> Entries(YamlNode node, string what) => node is YamlMappingNode mapping
        ? mapping.Select(entry => (_yaml.Text(entry.Key, what), entry.Key, entry.Value))
        : throw _yaml.Malformed(node, $"{what} must be a mapping.");

    private static int Line(YamlNode node) => (int)node.Start.Line;
}
