using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences;

namespace CantonInfra.Goldens.Tests;

/// <summary>reports/Sources/setting-effects.txt: which setting is behind which property of which type, as previews show it.</summary>
internal static class SettingEffectTable
{
    /// <summary>The rows of one setting: type, path of the property without positions in lists, setting.</summary>
    public static IEnumerable<string> Rows(string setting, PlanDifference difference, Plan earlier)
    {
        var before = earlier.Resources.ToDictionary(resource => resource.Urn, StringComparer.Ordinal);
        var kept = difference.Changes
            .Where(change => change.Operation is not Operation.Delete && change.Resource.Kind == ResourceKind.Custom && before.ContainsKey(change.Resource.Urn))
            .ToArray();
        return kept
            .Where(change => change.Operation is Operation.Update or Operation.Replace)
            .SelectMany(change => Differences("", before[change.Resource.Urn].Inputs, change.Resource.Inputs)
                .Select(path => $"{change.Resource.Type} {path} {setting}"))

            // An option of the program changes nothing in a cloud; rules judge it as they judge properties.
            .Concat(kept
                .Where(change => before[change.Resource.Urn].Options.Protect != change.Resource.Options.Protect)
                .Select(change => $"{change.Resource.Type} protect {setting}"))
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>The file of all rows.</summary>
    public static string Write(IEnumerable<string> rows) =>
        "# type property setting; made from previews of the stack files, see tests/Goldens.Tests/SettingEffectTable.cs\n"
        + string.Concat(rows.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(row => $"{row}\n"));

    private static IEnumerable<string> Differences(string path, PropertyValue? left, PropertyValue? right) => (left, right) switch
    {
        (MapValue one, MapValue other) => one.Entries.Keys.Union(other.Entries.Keys, StringComparer.Ordinal)
            .Where(IsName)
            .SelectMany(name => Differences(path.Length == 0 ? name : $"{path}.{name}", one[name], other[name])),
        (ListValue one, ListValue other) when one.Items.Length == other.Items.Length =>
            one.Items.Zip(other.Items).SelectMany(pair => Differences(path, pair.First, pair.Second)),
        _ => Equals(left?.ToString(), right?.ToString()) ? [] : [path],
    };

    // Tags have names with dashes; nobody is led to a setting by them, for they are of nearly everything.
    private static bool IsName(string name) => name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
