using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CantonInfra.Policy.Files;
using CantonInfra.Protocol.Properties;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Policy.Tests.Corpus;

/// <summary>
/// Reads a program of the corpus; docs/writing-a-rule.md says how one is written. <c>${name.path}</c> in a property is what a
/// preview makes of an output: the value that the named resource has at that path, else an unknown, and a dependency.
/// </summary>
internal sealed partial class ForeignProgramFile
{
    /// <summary>The project of all foreign programs.</summary>
    public const string Project = "foreign";

    private readonly StrictYaml _yaml;
    private readonly Dictionary<string, (YamlMappingNode Node, string Type, string Urn)> _resources = new(StringComparer.Ordinal);

    private ForeignProgramFile(string path) => _yaml = new StrictYaml(path);

    /// <exception cref="MalformedFileException">The file is malformed.</exception>
    public static ForeignProgram Load(string path) => Read(path, StrictYaml.ReadText(path));

    /// <exception cref="MalformedFileException">The text is malformed.</exception>
    public static ForeignProgram Read(string path, string text) => new ForeignProgramFile(path).Read(text);

    private ForeignProgram Read(string text)
    {
        var root = Mapping(_yaml.Document(text), "A program", "who", "stack", "config", "resources", "outputs", "expect", "undecided");
        var stack = _yaml.Text(Required(root, "stack"), "stack");
        if (!_yaml.Text(Required(root, "who"), "who").TrimEnd().EndsWith('.'))
        {
            throw _yaml.Malformed(Required(root, "who"), "'who' must say in a sentence who would write such a program.");
        }

        foreach (var item in _yaml.Items(Required(root, "resources"), "resources"))
        {
            Register(stack, item);
        }

        var stackUrn = $"urn:pulumi:{stack}::{Project}::{ForeignResource.StackType}::{Project}-{stack}";
        return new ForeignProgram(
            stack,
            [
                new ForeignResource(ForeignResource.StackType, $"{Project}-{stack}", stackUrn, Properties(Child(root, "outputs")).Values),
                .. _resources.Select(entry => Resource(stack, stackUrn, entry.Key, entry.Value.Node, entry.Value.Type, entry.Value.Urn)),
            ],
            Findings(Required(root, "expect"), "expect"),
            Child(root, "undecided") is { } undecided ? Findings(undecided, "undecided") : [])
        {
            Config = Child(root, "config") is YamlMappingNode config
                ? config.ToImmutableSortedDictionary(
                    entry => _yaml.Text(entry.Key, "config"), entry => _yaml.Text(entry.Value, "config"), StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, string>.Empty,
        };
    }

    private void Register(string stack, YamlNode item)
    {
        var node = Mapping(item, "A resource", "type", "name", "properties", "parent", "provider", "dependsOn", "protect");
        var type = _yaml.Text(Required(node, "type"), "type");
        var name = _yaml.Text(Required(node, "name"), "name");
        var chain = Child(node, "parent") is { } parent ? $"{Find(parent).Urn.Split("::")[2]}$" : "";
        if (!_resources.TryAdd(name, (node, type, $"urn:pulumi:{stack}::{Project}::{chain}{type}::{name}")))
        {
            throw _yaml.Malformed(node, $"There are two resources '{name}'; expectations name them, so give one another name.");
        }
    }

    private ForeignResource Resource(string stack, string stackUrn, string name, YamlMappingNode node, string type, string urn)
    {
        var (properties, sources) = Properties(Child(node, "properties"));
        return new ForeignResource(type, name, urn, properties)
        {
            Parent = Child(node, "parent") is { } parent ? Find(parent).Urn : stackUrn,
            IsProtected = Child(node, "protect") is YamlScalarNode { Value: "true" },
            Provider = Provider(stack, type, Child(node, "provider")),
            DependsOn = Child(node, "dependsOn") is { } others ? [.. _yaml.Items(others, "dependsOn").Select(other => Find(other).Urn)] : [],
            Sources = sources,
        };
    }

    // Components and providers have none.
    private (string Urn, string Name, MapValue Settings)? Provider(string stack, string type, YamlNode? node)
    {
        if (type.StartsWith("pulumi:", StringComparison.Ordinal) || type.Split(':') is not [var package, _, _] || package.Length == 0 || package == "components")
        {
            return null;
        }

        var providerType = $"pulumi:providers:{package}";
        return node is null
            ? ($"urn:pulumi:{stack}::{Project}::{providerType}::default", "default", MapValue.Empty)
            : (Find(node).Urn, _yaml.Text(node, "provider"), Properties(Child(Find(node).Node, "properties")).Values);
    }

    private (MapValue Values, ImmutableArray<(string Property, string Urn)> Sources) Properties(YamlNode? node)
    {
        if (node is null)
        {
            return (MapValue.Empty, []);
        }

        var sources = ImmutableArray.CreateBuilder<(string, string)>();
        var values = new JsonObject();
        foreach (var (key, value) in node as YamlMappingNode ?? throw _yaml.Malformed(node, "Properties must be a mapping."))
        {
            var property = _yaml.Text(key, "A property's name");
            values[property] = Json(value, urn => sources.Add((property, urn)));
        }

        // The default encoder escapes the apostrophes that the notation would take for quotes.
        return (PropertyNotation.Read(values.ToJsonString()), sources.DrainToImmutable());
    }

    private JsonNode? Json(YamlNode node, Action<string> depend) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Select(
            entry => KeyValuePair.Create(_yaml.Text(entry.Key, "A key"), Json(entry.Value, depend)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(item => Json(item, depend))]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "null" or "~" or "" } => null,
        YamlScalarNode { Style: ScalarStyle.Plain } plain
            when double.TryParse(plain.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        YamlScalarNode scalar => Text(scalar, depend),
        _ => throw _yaml.Malformed(node, "This is no value."),
    };

    private JsonNode? Text(YamlScalarNode scalar, Action<string> depend)
    {
        var isKnown = true;
        var text = Reference().Replace(scalar.Value!, match =>
        {
            var (node, _, urn) = Find(new YamlScalarNode(match.Groups["name"].Value), scalar);
            depend(urn);
            var known = Known(Child(node, "properties"), match.Groups["path"].Value);
            isKnown &= known is not null;
            return known ?? "";
        });
        return isKnown ? text : PropertyJson.UnknownMark;
    }

    private static string? Known(YamlNode? node, string path) =>
        path.Split('.').Aggregate(node, (at, key) => Child(at, key)) is YamlScalarNode { Value: { } value } && !value.Contains("${", StringComparison.Ordinal)
            ? value
            : null;

    private ImmutableHashSet<Finding> Findings(YamlNode node, string what) =>
        [.. _yaml.ItemsOrNone(node, what).Select(item =>
        {
            var fields = _yaml.Fields(item, what, "rule", "resource");
            var resource = _yaml.Text(fields["resource"], "resource");
            return new Finding(
                _yaml.Text(fields["rule"], "rule"), resource == Finding.Stack || _resources.ContainsKey(resource) ? resource : throw Unknown(fields["resource"], resource));
        })];

    private (YamlMappingNode Node, string Type, string Urn) Find(YamlNode name, YamlNode? place = null) =>
        _resources.TryGetValue(_yaml.Text(name, "A resource's name"), out var found)
            ? found
            : throw Unknown(place ?? name, name.ToString());

    private MalformedFileException Unknown(YamlNode place, string name) =>
        _yaml.Malformed(place, $"There is no resource '{name}', or none before this one.");

    private YamlMappingNode Mapping(YamlNode node, string what, params string[] keys)
    {
        var mapping = node as YamlMappingNode ?? throw _yaml.Malformed(node, $"{what} must be a mapping.");
        return mapping.Children.Keys.FirstOrDefault(key => !keys.Contains(_yaml.Text(key, what))) is { } unknown
            ? throw _yaml.Malformed(unknown, $"{what} has an unknown key '{unknown}'; known are {string.Join(", ", keys)}.")
            : mapping;
    }

    private YamlNode Required(YamlMappingNode node, string key) => Child(node, key) ?? throw _yaml.Malformed(node, $"'{key}' is missing here.");

    private static YamlNode? Child(YamlNode? node, string key) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z0-9_-]+)(?:\.(?<path>[A-Za-z0-9_.-]+))?\}")]
    private static partial Regex Reference();
}
