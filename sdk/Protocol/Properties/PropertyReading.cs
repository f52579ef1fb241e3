using System.Diagnostics.CodeAnalysis;

namespace CantonInfra.Protocol.Properties;

/// <summary>What was found at a path.</summary>
public enum PropertyState
{
    /// <summary>Nothing, or null: both mean that it was not given.</summary>
    Missing,

    /// <summary>The value, or something on the way to it, is not known yet.</summary>
    Unknown,

    /// <summary>Something is there, but of another kind than the path or the reader needs. No reason to think it is fine.</summary>
    WrongKind,

    /// <summary>A value.</summary>
    Known,
}

/// <summary>
/// What a path leads to. Printing it masks secrets, so that messages can be built from readings without a second thought.
/// </summary>
/// <param name="Path">The concrete path; where the way ends early, the path of the place where it ends.</param>
/// <param name="State">What was found.</param>
/// <param name="Value">The value without marks around it; null unless something is there.</param>
/// <param name="IsSecret">Whether the value, or anything on the way to it, is marked secret.</param>
public readonly record struct PropertyReading(PropertyPath Path, PropertyState State, PropertyValue? Value, bool IsSecret)
{
    /// <summary>Gets the text of a known string. It is plain even where it is secret: compare it, never show it.</summary>
    public bool TryGetText([NotNullWhen(true)] out string? text)
    {
        text = State == PropertyState.Known && Value is StringValue found ? found.Value : null;
        return text is not null;
    }

    /// <summary>True or false as the one who reads the property sees it; null where that cannot be told yet.</summary>
    /// <param name="whenMissing">What a property that is not given means.</param>
    public bool? ToFlag(bool whenMissing) => (State, Value) switch
    {
        (PropertyState.Missing, _) => whenMissing,
        (PropertyState.Known, BoolValue flag) => flag.Value,
        _ => null,
    };

    /// <summary>Whether there is a text that is not blank, such as an id; null where that cannot be told yet.</summary>
    public bool? IsTextGiven() => State == PropertyState.Missing ? false : TryGetText(out var text) ? !string.IsNullOrWhiteSpace(text) : null;

    /// <summary>Whether there is no value, or a map or list without a part; null where that cannot be told yet.</summary>
    public bool? IsNothing() => (State, Value) switch
    {
        (PropertyState.Missing, _) => true,
        (PropertyState.Known, MapValue map) => map.Entries.IsEmpty,
        (PropertyState.Known, ListValue list) => list.Items.IsEmpty,
        _ => null,
    };

    /// <summary>The value, masked, as it may be shown.</summary>
    public override string ToString() => (State, IsSecret) switch
    {
        (PropertyState.Missing, _) => "(missing)",
        (_, true) => PropertyJson.SecretMark,
        (PropertyState.Unknown, _) => PropertyJson.UnknownMark,
        _ => Value!.ToString(),
    };
}
