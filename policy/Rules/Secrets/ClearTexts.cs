using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Secrets;

/// <summary>Finds texts among properties that are secrets by their form or by their name, and are not marked so.</summary>
internal static class ClearTexts
{
    private const string Name = "name";
    private const string Value = "value";

    /// <summary>Each place and what is there, as a noun that does not tell the value.</summary>
    public static IReadOnlyList<(PropertyPath Path, string What)> In(PropertyValue value, PropertyPath at, string name)
    {
        var walk = new Walk(at);
        walk.Visit(value, name);
        return walk.Found;
    }

    private static string? Judge(string text, string name) =>
        SecretNames.Is(name) && SecretNames.IsLiteral(text, name) ? "a value that its name says is secret" : SecretTexts.Find(text);

    // Most properties hold nothing of the kind: the path is put together only where one does.
    private sealed class Walk(PropertyPath start)
    {
        private readonly List<PropertyPathElement> _below = [];
        private List<(PropertyPath Path, string What)>? _found;

        public IReadOnlyList<(PropertyPath Path, string What)> Found => (IReadOnlyList<(PropertyPath Path, string What)>?)_found ?? [];

        public void Visit(PropertyValue value, string name)
        {
            switch (value)
            {
                case MapValue map:
                    // A variable of a container, a setting of an application: its name stands beside its value.
                    var own = (map[Name] as StringValue)?.Value;
                    foreach (var (key, entry) in map.Entries)
                    {
                        Visit(entry, PropertyPathElement.Of(key), own is not null && key == Value ? own : key);
                    }

                    break;
                case ListValue list:
                    for (var index = 0; index < list.Items.Length; index++)
                    {
                        // An argument of a command: its name may stand before its value.
                        var argument = index > 0 && list.Items[index - 1] is StringValue { Value: ['-', '-', ..] before } && !before.Contains('=') ? before : name;
                        Visit(list.Items[index], PropertyPathElement.Of(index), argument);
                    }

                    break;
                case StringValue text when Judge(text.Value, name) is { } what:
                    (_found ??= []).Add((new PropertyPath([.. start.Elements, .. _below]), what));
                    break;
                case OutputValue { IsSecretOutput: false, Element: { } element }:
                    Visit(element, name);
                    break;
                default:
                    // Secrets, unknown values, numbers and flags.
                    break;
            }
        }

        private void Visit(PropertyValue value, PropertyPathElement place, string name)
        {
            _below.Add(place);
            Visit(value, name);
            _below.RemoveAt(_below.Count - 1);
        }
    }
}
