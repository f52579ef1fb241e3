using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CantonInfra.Infra.Settings;

/// <summary>One setting: a key of the configuration, or a member or item within one.</summary>
/// <remarks>Every read yields a value to go on with; what is wrong is noted with the reader.</remarks>
internal sealed partial class SettingNode
{
    private readonly SettingsReader _reader;
    private readonly JsonElement? _element;
    private readonly string? _text;
    private readonly List<string> _members = [];

    /// <summary>A setting with a plain value.</summary>
    public SettingNode(SettingsReader reader, string path, string? text)
    {
        _reader = reader;
        _text = text;
        Path = path;
    }

    /// <summary>A setting with a structured value, or a part of one.</summary>
    public SettingNode(SettingsReader reader, string path, JsonElement? element)
    {
        _reader = reader;
        _element = element is { ValueKind: JsonValueKind.Null } ? null : element;
        Path = path;
    }

    /// <summary>The path, such as <c>canton-infra:data.servers[0].sku</c>.</summary>
    public string Path { get; }

    /// <summary>Whether the stack says nothing about it.</summary>
    public bool IsMissing => _element is null && string.IsNullOrWhiteSpace(_text);

    private string? Plain => _text ?? _element switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } element => element.GetString(),
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } => null,
        { } element => element.GetRawText(),
    };

    private string Shown => Plain is { } plain ? $"'{plain}'" : "the value";

    /// <summary>Notes a mistake here.</summary>
    /// <param name="message">What is wrong, and what is allowed.</param>
    public void Refuse(string message) => _reader.Add(Path, Plain, message);

    /// <summary>A member of a map.</summary>
    public SettingNode Member(string name)
    {
        _reader.Note(Path, "a map", null);
        _members.Add(name);
        var path = $"{Path}.{name}";
        return _element is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out var member)
            ? _reader.Track(new SettingNode(_reader, path, member))
            : new SettingNode(_reader, path, (JsonElement?)null);
    }

    /// <summary>The items of a list; none where it is missing.</summary>
    public ImmutableArray<SettingNode> Items()
    {
        _reader.Note(Path, "a list", null);
        if (IsMissing)
        {
            return [];
        }

        if (_element is not { ValueKind: JsonValueKind.Array } list)
        {
            Refuse("must be a list.");
            return [];
        }

        return [.. list.EnumerateArray().Select((item, index) =>
            _reader.Track(new SettingNode(_reader, string.Create(CultureInfo.InvariantCulture, $"{Path}[{index}]"), item)))];
    }

    /// <summary>A map of texts whose names are not ours.</summary>
    /// <param name="nameForm">What a whole name must match.</param>
    /// <param name="allowed">The form of names in words.</param>
    public ImmutableSortedDictionary<string, string> TextMap(Regex nameForm, string allowed)
    {
        _reader.Note(Path, $"a map of texts; names are {allowed}", null);
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (IsMissing)
        {
            return texts.ToImmutable();
        }

        if (_element is not { ValueKind: JsonValueKind.Object } map)
        {
            Refuse("must be a map of texts.");
            return texts.ToImmutable();
        }

        foreach (var member in map.EnumerateObject())
        {
            var path = $"{Path}.{member.Name}";
            if (!nameForm.IsMatch(member.Name))
            {
                _reader.Add(path, null, $"'{member.Name}' is not {allowed}.");
            }
            else if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)
            {
                _reader.Add(path, null, "must be a text, a number, or true or false.");
            }
            else
            {
                texts[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>A text.</summary>
    /// <param name="meaning">What it is, for the message where it is missing.</param>
    /// <param name="fallback">What counts where it is missing; null where it must not be.</param>
    public string Text(string meaning, string? fallback = null)
    {
        _reader.Note(Path, "a text", fallback);
        return ReadText(meaning, fallback);
    }

    /// <summary>A text of a certain form.</summary>
    /// <param name="meaning">What it is.</param>
    /// <param name="form">What the whole text must match.</param>
    /// <param name="allowed">The form in words.</param>
    /// <param name="fallback">What counts where it is missing; null where it must not be.</param>
    public string Text(string meaning, Regex form, string allowed, string? fallback = null)
    {
        _reader.Note(Path, allowed, fallback);
        var text = ReadText(meaning, fallback);
        if (text.Length > 0 && !form.IsMatch(text))
        {
            Refuse($"'{text}' is not {allowed}.");
        }

        return text;
    }

    /// <summary>A text out of a few.</summary>
    /// <returns>What the text stands for.</returns>
    public T OneOf<T>(string meaning, ImmutableSortedDictionary<string, T> allowed, T? fallback = null)
        where T : struct
    {
        var standing = allowed.FirstOrDefault(entry => fallback is { } value && entry.Value.Equals(value)).Key;
        _reader.Note(Path, string.Join(", ", allowed.Keys), standing);
        if (IsMissing && fallback is { } given)
        {
            return given;
        }

        var text = ReadText(meaning);
        if (text.Length == 0)
        {
            return default;
        }

        if (allowed.TryGetValue(text, out var found))
        {
            return found;
        }

        Refuse($"'{text}' is not one of: {string.Join(", ", allowed.Keys)}.{NearestName.Hint(text, allowed.Keys)}");
        return default;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Integer(int least, int most, int fallback)
    {
        _reader.Note(Path, Bounds(least, most), fallback.ToString(CultureInfo.InvariantCulture));
        return IsMissing ? fallback : ParseInteger(least, most);
    }

    /// <summary>A whole number within bounds that has to be given.</summary>
    public int Integer(string meaning, int least, int most)
    {
        _reader.Note(Path, Bounds(least, most), null);
        if (!IsMissing)
        {
            return ParseInteger(least, most);
        }

        Refuse($"missing; it must give {meaning}.");
        return least;
    }

    /// <summary>Yes or no.</summary>
    public bool Boolean(bool fallback)
    {
        _reader.Note(Path, "false, true", fallback ? "true" : "false");
        if (IsMissing || bool.TryParse(Plain, out _))
        {
            return IsMissing ? fallback : bool.Parse(Plain!);
        }

        Refuse($"{Shown} is not one of: false, true.");
        return fallback;
    }

    /// <summary>A day.</summary>
    /// <param name="meaning">What it is.</param>
    public DateOnly Date(string meaning)
    {
        var text = Text(meaning);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && text.Length > 0)
        {
            Refuse($"'{text}' is not a day of the form 2026-12-31.");
        }

        return day;
    }

    /// <summary>A GUID.</summary>
    public string Guid(string meaning)
    {
        _reader.Note(Path, "a GUID", null);
        var text = ReadText(meaning);
        if (text.Length > 0 && !System.Guid.TryParseExact(text, "D", out _))
        {
            Refuse($"'{text}' is not a GUID of the form 00000000-0000-0000-0000-000000000000.");
        }

        return text;
    }

    /// <summary>An IPv4 network.</summary>
    /// <param name="meaning">What it is.</param>
    /// <param name="longestPrefix">The longest prefix that is large enough.</param>
    /// <param name="taken">Networks that it must not overlap, with what has them.</param>
    public string Network(string meaning, int longestPrefix, params ReadOnlySpan<(string Network, string Owner)> taken)
    {
        _reader.Note(
            Path, string.Create(CultureInfo.InvariantCulture, $"an IPv4 network, /{longestPrefix} or larger"), null);
        var text = ReadText(meaning);
        if (text.Length == 0)
        {
            return "";
        }

        // Parsing alone would also take an address within the network and round it down.
        if (!IPNetwork.TryParse(text, out var network) || network.BaseAddress.AddressFamily != AddressFamily.InterNetwork
            || network.ToString() != text)
        {
            Refuse($"'{text}' is not an IPv4 network whose address is its first one, such as 10.40.0.0/20.");
            return "";
        }

        if (network.PrefixLength > longestPrefix)
        {
            Refuse($"'{text}' is too small; the prefix must be /{longestPrefix} or shorter.");
        }

        foreach (var (other, owner) in taken)
        {
            var used = IPNetwork.Parse(other);
            if (used.Contains(network.BaseAddress) || network.Contains(used.BaseAddress))
            {
                Refuse($"'{text}' overlaps {other}, which {owner} use; choose another network, such as 10.40.0.0/20.");
            }
        }

        return text;
    }

    /// <summary>An address of a server, HTTPS without a path; null where it is wrong, or missing and nothing counts.</summary>
    /// <param name="meaning">What it is.</param>
    /// <param name="fallback">What counts where it is missing; null where it must not be.</param>
    public Uri? HttpsServer(string meaning, Uri? fallback = null)
    {
        _reader.Note(Path, "an https address without a path", fallback?.GetLeftPart(UriPartial.Authority));
        if (IsMissing && fallback is not null)
        {
            return fallback;
        }

        var text = ReadText(meaning);
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" })
        {
            return uri;
        }

        if (text.Length > 0)
        {
            Refuse($"'{text}' is not an https address without a path, such as https://auth.example.com.");
        }

        return null;
    }

    /// <summary>An https address, with a path or without.</summary>
    /// <param name="meaning">What it is.</param>
    /// <param name="fallback">What counts where it is missing; null where it must not be.</param>
    public string HttpsAddress(string meaning, string? fallback = null)
    {
        _reader.Note(Path, "an https address", fallback);
        if (IsMissing && fallback is not null)
        {
            return fallback;
        }

        var text = ReadText(meaning);
        if (text.Length > 0 && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            && uri is { Query: "", Fragment: "", UserInfo: "" }))
        {
            Refuse($"'{text}' is not an https address, such as https://id.example.com/realm.");
        }

        return text;
    }

    /// <summary>A host name.</summary>
    /// <param name="meaning">What it is.</param>
    /// <param name="fallback">What counts where it is missing; null where it must not be.</param>
    public string HostName(string meaning, string? fallback = null) =>
        Text(meaning, DnsName(), "a host name in lowercase, such as canton.example.com", fallback);

    private static string Bounds(int least, int most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");

    private int ParseInteger(int least, int most)
    {
        if (int.TryParse(Plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        Refuse($"{Shown} is not a whole number from {least} to {most}.");
        return least;
    }

    /// <summary>Notes members that nobody asked for.</summary>
    internal void RefuseUnknownMembers()
    {
        if (_members.Count == 0)
        {
            return;
        }

        if (_element is { ValueKind: not JsonValueKind.Object } || _text is not null)
        {
            Refuse($"must be a map with the members: {string.Join(", ", _members.Order(StringComparer.Ordinal))}.");
            return;
        }

        var allowed = string.Join(", ", _members.Order(StringComparer.Ordinal));
        foreach (var member in _element?.EnumerateObject().Select(member => member.Name) ?? [])
        {
            if (!_members.Contains(member, StringComparer.Ordinal))
            {
                _reader.Add(
                    $"{Path}.{member}",
                    null,
                    $"there is no such setting; allowed are: {allowed}.{NearestName.Hint(member, _members)}");
            }
        }
    }

    private string ReadText(string meaning, string? fallback = null)
    {
        if (IsMissing)
        {
            if (fallback is null)
            {
                Refuse($"missing; it must give {meaning}.");
            }

            return fallback ?? "";
        }

        if (_element is { ValueKind: not JsonValueKind.String })
        {
            Refuse($"must be a text that gives {meaning}; write it in quotes.");
            return "";
        }

        return Plain!;
    }

    [GeneratedRegex("^(?=.{4,200}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]$")]
    private static partial Regex DnsName();
}
