using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Mutations.Tests.Classifying;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Mutations.Tests.Mutating;

/// <summary>The bad values that a value's kind suggests.</summary>
internal static partial class Alterations
{
    private const string Everything = "*";
    private const string Anywhere = "0.0.0.0/0";
    private const string PlainText = "in-plain-text";

    private static readonly ImmutableDictionary<string, string> Opposites = new[]
    {
        ("Enabled", "Disabled"), ("Allow", "Deny"), ("On", "Off"), ("on", "off"), ("Required", "Optional"),
    }.SelectMany(pair => new[] { pair, (pair.Item2, pair.Item1) }).ToImmutableDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>What can be done to a value, by the name of the mutation; null takes it away.</summary>
    public static IEnumerable<(string Name, PropertyValue? Value)> Of(PropertyPlace place)
    {
        yield return ("delete", null);
        if (place.Value.IsSecret)
        {
            yield return ("plain", place.Value.IsUnknown || place.IsLeaf ? PropertyValue.Of(PlainText) : place.Value.Unwrapped);
        }

        switch (place.Value.Unwrapped)
        {
            case BoolValue flag:
                yield return ("flip", PropertyValue.Of(!flag.Value));
                break;
            case StringValue { Value: "true" or "True" or "false" or "False" } text:
                yield return ("flip", PropertyValue.Of(Negated(text.Value)));
                break;
            case StringValue text when Opposites.TryGetValue(text.Value, out var opposite):
                yield return ("swap", PropertyValue.Of(opposite));
                break;
            case StringValue text when Addresses().IsMatch(text.Value) && text.Value != Anywhere:
                yield return ("open", PropertyValue.Of(Anywhere));
                break;
            case ListValue { Items.Length: > 0 } list:
                yield return ("empty", PropertyValue.Of([]));
                if (list.Items.All(item => item.Unwrapped is StringValue or UnknownValue) && !list.Items.Contains(PropertyValue.Of(Everything)))
                {
                    yield return ("widen", new ListValue(list.Items.Add(PropertyValue.Of(Everything))));
                }

                break;
            default:
                break;
        }
    }

    private static string Negated(string text) => text switch
    {
        "true" => "false",
        "false" => "true",
        "True" => "False",
        _ => "True",
    };

    [GeneratedRegex(@"^\d+\.\d+\.\d+\.\d+(/\d+)?$")]
    private static partial Regex Addresses();
}
