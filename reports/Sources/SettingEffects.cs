using System.Collections.Frozen;

namespace CantonInfra.Reports.Sources;

/// <summary>Which setting is behind a property of a type of resource: the table that is made from previews of the stack files.</summary>
internal static class SettingEffects
{
    private static readonly FrozenDictionary<string, (string Property, string Setting)[]> ByType = Read();

    /// <summary>The settings behind a property, the most exact first; none where no setting is known to change it.</summary>
    /// <param name="type">The type without the version of an API.</param>
    /// <param name="property">The property's path without positions in lists, such as <c>backup.geoRedundantBackup</c>.</param>
    public static IEnumerable<string> Find(string type, string property) => ByType.GetValueOrDefault(type, [])
        .Where(row => row.Property == property || IsWithin(row.Property, property) || IsWithin(property, row.Property))
        .OrderByDescending(row => row.Property == property)
        .ThenByDescending(row => row.Setting.Length)
        .ThenBy(row => row.Setting, StringComparer.Ordinal)
        .Select(row => row.Setting);

    private static bool IsWithin(string path, string parent) =>
        path.Length > parent.Length && path[parent.Length] == '.' && path.StartsWith(parent, StringComparison.Ordinal);

    private static FrozenDictionary<string, (string, string)[]> Read()
    {
        using var stream = typeof(SettingEffects).Assembly.GetManifestResourceStream("setting-effects.txt")
            ?? throw new InvalidOperationException("setting-effects.txt is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split(' '))
            .GroupBy(columns => columns[0], columns => (columns[1], columns[2]), StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }
}
