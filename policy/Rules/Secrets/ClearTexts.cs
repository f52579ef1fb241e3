using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Secrets;

/// <summary>Finds texts among properties that are secrets by their form or by their name, and are not marked so.</summary>
internal static class ClearTexts
{
    private const string Name = "name";
    private const string Value = "value";

    /// <summary>Each place and what is there, as a noun that does not tell the value.</summary>
    public static IEnumerable<(PropertyPath Path, string What)> In(PropertyValue value, PropertyPath at, string name)
    {
        switch (value)
        {
            case MapValue map:
                // A variable of a container, a setting of an application: its name stands beside its value.
                var own = (map[Name] as StringValue)?.Value;
                foreach (var (key, entry) in map.Entries)
                {
                    foreach (var found in In(entry, at.Then(key), own is not null && key == Value ? own : key))
                    {
                        yield return found;
                    }
                }

                break;
            case ListValue list:
                for (var index = 0; index < list.Items.Length; index++)
                {
                    // An argument of a command: its name may stand before its value.
                    var argument = index > 0 && list.Items[index - 1] is StringValue { Value: ['-', '-', ..] before } && !before.Contains('=') ? before : name;
                    foreach (var found in In(list.Items[index], at.Then(index), argument))
                    {
                        yield return found;
                    }
                }

                break;
            case StringValue text when Judge(text.Value, name) is { } what:
                yield return (at, what);
                break;
            case OutputValue { IsSecretOutput: false, Element: { } element }:
                foreach (var found in In(element, at, name))
                {
                    yield return found;
                }

                break;
            default:
                // Secrets, unknown values, numbers and flags.
                break;
        }
    }

    private static string? Judge(string text, string name) =>
        SecretNames.Is(name) && SecretNames.IsLiteral(text, name) ? "a value that its name says is secret" : SecretTexts.Find(text);
}
