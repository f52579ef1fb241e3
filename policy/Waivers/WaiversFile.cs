using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Policy.Files;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Policy.Waivers;

/// <summary>Reads waivers.yaml.</summary>
internal sealed class WaiversFile
{
    public const string Name = "waivers.yaml";

    private readonly StrictYaml _yaml;
    private readonly ImmutableArray<string> _waivable;

    private WaiversFile(StrictYaml yaml, ImmutableArray<string> waivable)
    {
        _yaml = yaml;
        _waivable = waivable;
    }

    /// <exception cref="MalformedFileException">The file is missing or malformed.</exception>
    public static ImmutableArray<PolicyWaiver> Load(string path, ImmutableArray<string> waivable) =>
        Parse(StrictYaml.ReadText(path), path, waivable);

    /// <param name="text">The content.</param>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="waivable">The rules that may be waived.</param>
    /// <exception cref="MalformedFileException">The content is malformed.</exception>
    public static ImmutableArray<PolicyWaiver> Parse(string text, string path, ImmutableArray<string> waivable)
    {
        var yaml = new StrictYaml(path);
        var file = new WaiversFile(yaml, waivable);
        var root = yaml.Fields(yaml.Document(text), "The file", "waivers");
        var waivers = ImmutableArray.CreateBuilder<PolicyWaiver>();
        foreach (var node in yaml.ItemsOrNone(root["waivers"], "waivers"))
        {
            var waiver = file.ReadWaiver(node);
            waivers.Add(waivers.Any(other => (other.Rule, other.Subject) == (waiver.Rule, waiver.Subject))
                ? throw yaml.Malformed(node, $"There are two waivers for {waiver.Rule} on {waiver.Subject}.")
                : waiver);
        }

        return waivers.DrainToImmutable();
    }

    private PolicyWaiver ReadWaiver(YamlNode node)
    {
        var fields = _yaml.Fields(node, "A waiver", "rule", "resource", "owner", "reason", "ticket", "expires");
        var rule = _yaml.Text(fields["rule"], "rule");
        return new PolicyWaiver(
            _waivable.Contains(rule)
                ? rule
                : throw _yaml.Malformed(
                    fields["rule"], $"'{rule}' cannot be waived; limits.yaml lists as waivable: {string.Join(", ", _waivable)}."),
            ReadSubject(fields["resource"]),
            _yaml.Text(fields["owner"], "owner"),
            _yaml.Text(fields["reason"], "reason"),
            _yaml.Text(fields["ticket"], "ticket"),
            ReadDay(fields["expires"]));
    }

    private WaiverSubject ReadSubject(YamlNode node)
    {
        if (node is YamlScalarNode)
        {
            var urn = _yaml.Text(node, "resource");
            return Urn.TryParse(urn, out _)
                ? WaiverSubject.OfUrn(urn)
                : throw _yaml.Malformed(node, $"'{urn}' is not a URN, such as urn:pulumi:stack::project::type::name.");
        }

        var fields = _yaml.Fields(node, "'resource' is a URN or", "project", "stacks", "type", "name");
        var type = _yaml.Text(fields["type"], "type");
        var name = _yaml.Text(fields["name"], "name");
        if (type.Contains('*', StringComparison.Ordinal))
        {
            throw _yaml.Malformed(fields["type"], $"'{type}': a waiver is for one type, without a star.");
        }

        return NamePattern.IsValid(name) && name != "*"
            ? WaiverSubject.OfType(
                _yaml.Text(fields["project"], "project"),
                [.. _yaml.Items(fields["stacks"], "stacks").Select(item => StackPatterns.Read(_yaml, item))],
                type,
                new NamePattern(name))
            : throw _yaml.Malformed(fields["name"], $"'{name}' is not a name: a star may end one, and not be all of it.");
    }

    private DateOnly ReadDay(YamlNode node)
    {
        var text = _yaml.Text(node, "expires");
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw _yaml.Malformed(node, $"'{text}' is not a day such as 2030-01-31, the last on which the waiver holds.");
    }
}
