using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary>Reads a stack's settings one by one and keeps every mistake, so that all are told at once.</summary>
/// <param name="source">The values.</param>
/// <param name="locations">Where they are in the stack file.</param>
internal sealed partial class SettingsReader(ISettingSource source, SettingLocations locations)
{
    private const string Namespace = "canton-infra:";

    // Keys of our namespace that the policy pack alone reads (docs/decisions/0011).
    private static readonly ImmutableArray<string> PolicyKeys = [Namespace + "allowedRegions"];

    private readonly List<SettingError> _errors = [];
    private readonly HashSet<string> _keys = new(PolicyKeys, StringComparer.Ordinal);
    private readonly List<SettingNode> _nodes = [];
    private readonly SortedDictionary<string, SettingUse> _uses = new(StringComparer.Ordinal);

    /// <summary>What was read so far, by path.</summary>
    public IEnumerable<SettingUse> Uses => _uses.Values;

    /// <summary>A setting of this program with a plain value.</summary>
    /// <param name="name">The key without the namespace.</param>
    public SettingNode Key(string name) => KeyOf(Namespace + name);

    /// <summary>A setting that belongs to a provider, with a plain value.</summary>
    /// <param name="key">The full key, <c>namespace:name</c>.</param>
    public SettingNode KeyOf(string key)
    {
        _keys.Add(key);
        return Track(new SettingNode(this, key, source.Get(key)));
    }

    /// <summary>A setting of this program whose value is a map or a list.</summary>
    /// <param name="name">The key without the namespace.</param>
    public SettingNode Structure(string name)
    {
        var key = Namespace + name;
        _keys.Add(key);
        var text = source.Get(key);
        if (text is null)
        {
            return Track(new SettingNode(this, key, (JsonElement?)null));
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return Track(new SettingNode(this, key, document.RootElement.Clone()));
        }
        catch (JsonException)
        {
            // A plain text where a map or list belongs; the first read says so.
            return Track(new SettingNode(this, key, JsonSerializer.SerializeToElement(text)));
        }
    }

    /// <summary>A secret from outside; null where it is not set.</summary>
    /// <param name="name">The key without the namespace.</param>
    public Output<string>? Secret(string name)
    {
        var key = Namespace + name;
        _keys.Add(key);
        if (locations.Find(key) is { IsSecure: false })
        {
            Add(key, null, $"a secret in clear; it must be encrypted: pulumi config set --secret {key}");
        }

        Note(key, "an encrypted text", null);
        return source.GetSecret(key);
    }

    /// <summary>A secret from outside that has to be there.</summary>
    /// <param name="name">The key without the namespace.</param>
    /// <param name="meaning">What it is, for the message where it is missing.</param>
    public Output<string> RequiredSecret(string name, string meaning)
    {
        if (Secret(name) is { } secret)
        {
            return secret;
        }

        var key = Namespace + name;
        Add(key, null, $"missing; it must give {meaning}: pulumi config set --secret {key}");
        return Output.CreateSecret("");
    }

    /// <summary>Notes a mistake.</summary>
    /// <param name="path">The setting.</param>
    /// <param name="text">Its value as it was read, where it is a plain one.</param>
    /// <param name="message">What is wrong, and what is allowed.</param>
    public void Add(string path, string? text, string message)
    {
        var location = locations.Find(path);
        if (location is { IsSecure: true })
        {
            // Told once at the end; a message of the value's own could show it.
            return;
        }

        // A value from somewhere else, such as -c on the command line, is not the one on that line.
        var isElsewhere = location?.Text is { } written && text is not null && written != text;
        _errors.Add(isElsewhere
            ? new SettingError(null, null, path, message)
            : new SettingError(locations.File, location?.Line ?? LineAround(path), path, message));
    }

    /// <summary>All mistakes, unknown keys among them, in the order of their lines.</summary>
    public ImmutableArray<SettingError> Finish()
    {
        var known = _keys.Where(IsOurs).ToList();
        foreach (var key in locations.Keys.Where(key => IsOurs(key) && !_keys.Contains(key)))
        {
            Add(key, null, $"there is no such setting.{NearestName.Hint(key, known)}");
        }

        foreach (var node in _nodes)
        {
            node.RefuseUnknownMembers();
            if (locations.Find(node.Path) is { IsSecure: true } encrypted)
            {
                _errors.Add(new SettingError(
                    locations.File,
                    encrypted.Line,
                    node.Path,
                    "is encrypted; it is no secret and must be in clear: pulumi config set"));
            }
        }

        return [.. _errors.OrderBy(error => error.Line ?? 0)];
    }

    /// <summary>Notes what is taken at a path; what is told last is the most exact.</summary>
    internal void Note(string path, string form, string? fallback)
    {
        var place = ItemNumber().Replace(path, "[]");
        _uses[place] = new SettingUse(place, form, fallback);
    }

    /// <summary>Takes a node into account when unknown members are looked for.</summary>
    internal SettingNode Track(SettingNode node)
    {
        _nodes.Add(node);
        return node;
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex ItemNumber();

    private static bool IsOurs(string key) => key.StartsWith(Namespace, StringComparison.Ordinal);

    // What is missing belongs into what is there: the nearest map around it, at last the configuration.
    private int? LineAround(string path)
    {
        for (var end = path.LastIndexOfAny(['.', '[']); end > 0; end = path.LastIndexOfAny(['.', '['], end - 1))
        {
            if (locations.Find(path[..end]) is { } around)
            {
                return around.Line;
            }
        }

        return locations.ConfigLine;
    }
}
