using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CantonInfra.Protocol.Properties;

/// <summary>
/// The way to a part of a resource's properties: <c>a.b[0]["x.y"]</c>, with <c>[*]</c> for every part. In quotes, a
/// backslash stands before a quote or another backslash.
/// </summary>
public sealed record PropertyPath
{
    private readonly ImmutableArray<PropertyPathElement> _elements;

    /// <summary>The path of these elements.</summary>
    public PropertyPath(ImmutableArray<PropertyPathElement> elements) => _elements = elements.IsDefault ? [] : elements;

    /// <summary>The path to the whole; its text is empty.</summary>
    public static PropertyPath Root { get; } = new([]);

    /// <summary>The steps.</summary>
    public ImmutableArray<PropertyPathElement> Elements => _elements;

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">The text is no path; the message says why and where.</exception>
    public static PropertyPath Parse(string text)
    {
        var parser = new PropertyPathParser(text);
        return parser.Parse() is { } elements ? new(elements) : throw new FormatException(parser.Error);
    }

    /// <summary>Reads the text form where it is one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PropertyPath? path)
    {
        path = new PropertyPathParser(text).Parse() is { } elements ? new(elements) : null;
        return path is not null;
    }

    /// <summary>This path and then that key.</summary>
    public PropertyPath Then(string key) => new(_elements.Add(PropertyPathElement.Of(key)));

    /// <summary>This path and then that index.</summary>
    public PropertyPath Then(int index) => new(_elements.Add(PropertyPathElement.Of(index)));

    /// <summary>Follows a path without wildcards.</summary>
    /// <exception cref="InvalidOperationException">The path has a wildcard; see <see cref="Select"/>.</exception>
    public PropertyReading Read(PropertyValue root)
    {
        if (_elements.Any(element => element.IsWildcard))
        {
            throw new InvalidOperationException($"The path '{this}' leads to many values; select them instead.");
        }

        return Follow(root, this, Root, 0, secret: false).Single();
    }

    /// <summary>
    /// Follows the path to all it leads to, in order. A wildcard over something missing or empty gives nothing; over
    /// something unknown or neither map nor list it gives one reading, which says so.
    /// </summary>
    public IEnumerable<PropertyReading> Select(PropertyValue root) => Follow(root, this, Root, 0, secret: false);

    /// <inheritdoc/>
    public bool Equals(PropertyPath? other) => other is not null && _elements.SequenceEqual(other._elements);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var element in _elements)
        {
            hash.Add(element);
        }

        return hash.ToHashCode();
    }

    /// <summary>The text form.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var element in _elements)
        {
            Append(text, element);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, PropertyPathElement element)
    {
        if (element.IsWildcard)
        {
            text.Append("[*]");
        }
        else if (element.Index is { } index)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{index}]");
        }
        else if (PropertyPathParser.IsPlainKey(element.Key!))
        {
            text.Append(text.Length == 0 ? "" : ".").Append(element.Key);
        }
        else
        {
            var escaped = element.Key!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            text.Append("[\"").Append(escaped).Append("\"]");
        }
    }

    private static IEnumerable<PropertyReading> Follow(
        PropertyValue value, PropertyPath path, PropertyPath at, int depth, bool secret)
    {
        secret |= value.IsSecret;
        var plain = value.Unwrapped;
        if (depth == path._elements.Length || plain is UnknownValue or NullValue)
        {
            return Stop(plain, path, at, depth, secret);
        }

        var element = path._elements[depth];
        return (plain, element) switch
        {
            (MapValue map, { IsWildcard: true }) => map.Entries.SelectMany(
                entry => Follow(entry.Value, path, at.Then(entry.Key), depth + 1, secret)),
            (ListValue list, { IsWildcard: true }) => list.Items.SelectMany(
                (item, index) => Follow(item, path, at.Then(index), depth + 1, secret)),
            (MapValue map, { Key: { } key }) => Follow(map[key] ?? PropertyValue.Null, path, at.Then(key), depth + 1, secret),
            (ListValue list, { Index: { } index }) => Follow(
                index < list.Items.Length ? list.Items[index] : PropertyValue.Null, path, at.Then(index), depth + 1, secret),
            _ => [new PropertyReading(at, PropertyState.WrongKind, plain, secret)],
        };
    }

    private static IEnumerable<PropertyReading> Stop(PropertyValue plain, PropertyPath path, PropertyPath at, int depth, bool secret)
    {
        if (plain is UnknownValue)
        {
            return [new PropertyReading(at, PropertyState.Unknown, null, secret)];
        }

        if (plain is not NullValue)
        {
            return [new PropertyReading(at, PropertyState.Known, plain, secret)];
        }

        // Of nothing, every part is no part at all; a certain part is missing.
        return path._elements.Skip(depth).Any(step => step.IsWildcard)
            ? []
            : [new PropertyReading(path._elements.Any(step => step.IsWildcard) ? at : path, PropertyState.Missing, null, secret)];
    }
}
