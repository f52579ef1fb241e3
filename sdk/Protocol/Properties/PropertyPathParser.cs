using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CantonInfra.Protocol.Properties;

/// <summary>Reads the text form of a <see cref="PropertyPath"/>.</summary>
internal sealed class PropertyPathParser(string text)
{
    private static readonly SearchValues<char> Special = SearchValues.Create(".[]\"\\");

    private readonly ImmutableArray<PropertyPathElement>.Builder _elements = ImmutableArray.CreateBuilder<PropertyPathElement>();
    private int _position;

    /// <summary>Why the text is no path.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Whether a key can be written without quotes.</summary>
    public static bool IsPlainKey(string key) => key.Length > 0 && key != "*" && !key.AsSpan().ContainsAny(Special);

    /// <summary>The elements, or null where the text is no path.</summary>
    public ImmutableArray<PropertyPathElement>? Parse()
    {
        while (_position < text.Length)
        {
            if (!(text[_position] == '[' ? ReadBracket() : ReadKey()))
            {
                return null;
            }
        }

        return _elements.ToImmutable();
    }

    private bool ReadKey()
    {
        if (_elements.Count > 0)
        {
            if (text[_position] != '.')
            {
                return Fail("expected '.' or '['");
            }

            _position++;
        }

        var length = text.AsSpan(_position).IndexOfAny(Special);
        var key = length < 0 ? text[_position..] : text.Substring(_position, length);
        if (key.Length == 0)
        {
            return Fail("expected a name");
        }

        _position += key.Length;
        _elements.Add(key == "*" ? PropertyPathElement.Wildcard : PropertyPathElement.Of(key));
        return true;
    }

    private bool ReadBracket()
    {
        _position++;
        if (_position < text.Length && text[_position] == '"')
        {
            return ReadQuoted();
        }

        var end = text.IndexOf(']', _position);
        if (end < 0)
        {
            return Fail("expected ']'");
        }

        var content = text.AsSpan(_position, end - _position);
        if (content is "*")
        {
            _elements.Add(PropertyPathElement.Wildcard);
        }
        else if (int.TryParse(content, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            _elements.Add(PropertyPathElement.Of(index));
        }
        else
        {
            return Fail("expected an index, '*' or a name in quotes");
        }

        _position = end + 1;
        return true;
    }

    private bool ReadQuoted()
    {
        var key = new StringBuilder();
        for (_position++; _position < text.Length && text[_position] != '"'; _position++)
        {
            // A backslash before anything else stands for itself, as elsewhere in the field.
            if (text[_position] == '\\' && _position + 1 < text.Length && (text[_position + 1] is '"' or '\\'))
            {
                _position++;
            }

            key.Append(text[_position]);
        }

        if (!text.AsSpan(Math.Min(_position, text.Length)).StartsWith("\"]"))
        {
            return Fail("expected '\"]'");
        }

        _position += 2;
        _elements.Add(PropertyPathElement.Of(key.ToString()));
        return true;
    }

    private bool Fail(string what)
    {
        Error = string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a property path: {what} at character {_position + 1}.");
        return false;
    }
}
