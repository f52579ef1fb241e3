using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.ProviderSdk;

/// <summary>
/// Reads the inputs of a resource for a check: collects all that is wrong, passes over what is not known yet, and never shows
/// a secret. Afterwards <see cref="Result"/> also has the names that no one asked for.
/// </summary>
/// <param name="inputs">The inputs.</param>
public sealed class InputChecker(MapValue inputs)
{
    // What the engine adds to inputs of its own accord.
    private const string EngineMark = "__";

    private readonly ImmutableArray<InputFailure>.Builder _failures = ImmutableArray.CreateBuilder<InputFailure>();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private MapValue _inputs = inputs;

    /// <summary>The text of a property; null where it is missing, unknown or wrong.</summary>
    public string? Text(string name, bool isRequired = false) => Value(name, isRequired) switch
    {
        null or UnknownValue => null,
        StringValue text => text.Value,
        _ => Wrong(name, "must be a string"),
    };

    /// <summary>The text of a property that must have a certain form.</summary>
    /// <param name="name">The property.</param>
    /// <param name="form">The form.</param>
    /// <param name="meaning">The form in words, after 'must be'.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    public string? Text(string name, Regex form, string meaning, bool isRequired = false)
    {
        var text = Text(name, isRequired);
        return text is null || form.IsMatch(text) ? text : Wrong(name, $"is {Shown(name)}; it must be {meaning}");
    }

    /// <summary>An address; null where it is missing, unknown or wrong.</summary>
    /// <param name="name">The property.</param>
    /// <param name="isConfidential">Whether secrets may travel there.</param>
    /// <param name="advice">What to do where they may not.</param>
    public Uri? Address(string name, Func<Uri, bool> isConfidential, string advice)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            Fail(name, $"is {Shown(name)}; it must be an address such as https://host/path, without query, fragment or password.");
            return null;
        }

        if (!isConfidential(address))
        {
            Fail(name, $"is {Shown(name)}, over which a token would travel in the clear. {advice}");
            return null;
        }

        return address;
    }

    /// <summary>True or false, with a default that is filled in; null where it is unknown or wrong.</summary>
    public bool? Flag(string name, bool fallback)
    {
        switch (Value(name, isRequired: false))
        {
            case null:
                _inputs = _inputs.With(name, fallback);
                return fallback;
            case UnknownValue:
                return null;
            case BoolValue flag:
                return flag.Value;
            default:
                Wrong(name, "must be true or false");
                return null;
        }
    }

    /// <summary>A whole number within bounds, with a default that is filled in; null where it is unknown or wrong.</summary>
    public int? Number(string name, int fallback, int least, int most)
    {
        switch (Value(name, isRequired: false))
        {
            case null:
                _inputs = _inputs.With(name, fallback);
                return fallback;
            case UnknownValue:
                return null;
            case NumberValue number when number.Value == Math.Floor(number.Value) && number.Value >= least && number.Value <= most:
                return (int)number.Value;

            // Settings of a stack file reach a default provider as texts.
            case StringValue text when int.TryParse(text.Value, System.Globalization.CultureInfo.InvariantCulture, out var value)
                && value >= least && value <= most:
                return value;
            default:
                Wrong(name, FormattableString.Invariant($"must be a whole number from {least} to {most}"));
                return null;
        }
    }

    /// <summary>The items of a list; empty where it is missing, unknown or wrong.</summary>
    public ImmutableArray<PropertyValue> Items(string name)
    {
        switch (Value(name, isRequired: false))
        {
            case ListValue list:
                return list.Items;
            case null or UnknownValue:
                return [];
            default:
                Wrong(name, "must be a list");
                return [];
        }
    }

    /// <summary>The entries of a map; empty where it is missing, unknown or wrong.</summary>
    public IEnumerable<KeyValuePair<string, PropertyValue>> Entries(string name)
    {
        switch (Value(name, isRequired: false))
        {
            case MapValue map:
                return map.Entries;
            case null or UnknownValue:
                return [];
            default:
                Wrong(name, "must be a map");
                return [];
        }
    }

    /// <summary>Adds a failure.</summary>
    /// <param name="path">The property, or a path within it.</param>
    /// <param name="reason">What is wrong; the path goes before it.</param>
    public void Fail(string path, string reason) => _failures.Add(new InputFailure(path, $"{path} {reason}"));

    /// <summary>The outcome.</summary>
    public CheckedInputs Result()
    {
        foreach (var name in _inputs.Entries.Keys.Where(name => !_known.Contains(name) && !name.StartsWith(EngineMark, StringComparison.Ordinal)))
        {
            Fail(name, $"is not a property here; there are: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }

        return new CheckedInputs(_inputs, _failures.ToImmutable());
    }

    /// <summary>A value as it may be shown.</summary>
    public string Shown(string name) => (_inputs[name] ?? PropertyValue.Null).ToString();

    private PropertyValue? Value(string name, bool isRequired)
    {
        _known.Add(name);
        var value = (_inputs[name] ?? PropertyValue.Null).Unwrapped;
        if (value is not NullValue)
        {
            return value;
        }

        if (isRequired)
        {
            Fail(name, "is missing.");
        }

        return null;
    }

    private string? Wrong(string name, string what)
    {
        Fail(name, $"{what}.");
        return null;
    }
}
