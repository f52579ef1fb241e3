using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace CantonInfra.Codegen.Schema;

/// <summary>A place in the schema's JSON that knows its path, so that every error can name it.</summary>
internal readonly struct SchemaNode
{
    private readonly JsonElement _element;

    public SchemaNode(JsonElement element, string path)
    {
        _element = element;
        Path = path;
    }

    public string Path { get; }

    public bool IsString => _element.ValueKind == JsonValueKind.String;

    public SchemaException Error(string message) => new(Path.Length == 0 ? "/" : Path, message);

    public SchemaNode? Optional(string key)
    {
        Require(JsonValueKind.Object, "an object");
        return _element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null
            ? new SchemaNode(value, $"{Path}/{key}")
            : null;
    }

    public SchemaNode Required(string key) => Optional(key) ?? throw Error($"'{key}' is missing");

    public string? Text(string key) => Optional(key)?.AsText();

    public string AsText()
    {
        Require(JsonValueKind.String, "a string");
        return _element.GetString()!;
    }

    public bool Flag(string key)
    {
        if (Optional(key) is not { } node)
        {
            return false;
        }

        return node._element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw node.Error("must be true or false"),
        };
    }

    /// <summary>A literal as string, bool, int or double.</summary>
    public object AsLiteral() => _element.ValueKind switch
    {
        JsonValueKind.String => _element.GetString()!,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when _element.TryGetInt32(out var whole) => whole,
        JsonValueKind.Number => _element.GetDouble(),
        _ => throw Error("must be a string, number or boolean"),
    };

    /// <summary>The members of an object; a key that is there twice is an error.</summary>
    public IEnumerable<(string Key, SchemaNode Value)> Members()
    {
        Require(JsonValueKind.Object, "an object");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<(string, SchemaNode)>();
        foreach (var member in _element.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                throw Error($"'{member.Name}' is there twice");
            }

            members.Add((member.Name, new SchemaNode(member.Value, $"{Path}/{member.Name}")));
        }

        return members;
    }

    public IEnumerable<(string Key, SchemaNode Value)> Members(string key) =>
        Optional(key) is { } node ? node.Members() : [];

    public IReadOnlyList<SchemaNode> Elements(string key)
    {
        if (Optional(key) is not { } node)
        {
            return [];
        }

        node.Require(JsonValueKind.Array, "a list");
        var path = node.Path;
        return [.. node._element.EnumerateArray()
            .Select((item, index) => new SchemaNode(item, string.Create(CultureInfo.InvariantCulture, $"{path}/{index}")))];
    }

    public IReadOnlyList<string> Texts(string key) => [.. Elements(key).Select(node => node.AsText())];

    public bool TryGetText(string key, [NotNullWhen(true)] out string? text)
    {
        text = Optional(key) is { IsString: true } node ? node.AsText() : null;
        return text is not null;
    }

    private void Require(JsonValueKind kind, string what)
    {
        if (_element.ValueKind != kind)
        {
            throw Error($"must be {what}");
        }
    }
}
