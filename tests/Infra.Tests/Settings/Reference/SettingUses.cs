using System.Collections.Immutable;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Settings.Reference;

/// <summary>What the program reads: from stack files that between them say everything that can be said.</summary>
internal static class SettingUses
{
    private static string Folder { get; } = Path.Combine(ProjectFolder.Repository, "tests", "Infra.Tests", "Settings", "Reference");

    /// <summary>What a kind of stack reads, by path.</summary>
    /// <param name="kind">The beginning of the names of its files.</param>
    public static ImmutableSortedDictionary<string, SettingUse> Of(string kind)
    {
        var uses = ImmutableSortedDictionary.CreateBuilder<string, SettingUse>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Folder, $"{kind}*.yaml").Order(StringComparer.Ordinal))
        {
            var (reader, errors) = ReadSettings.Recorded("example", File.ReadAllText(file));
            Assert.True(errors.IsEmpty, $"{Path.GetFileName(file)}:\n{string.Join('\n', errors)}");
            foreach (var use in reader.Uses)
            {
                uses.TryAdd(use.Path, use);
            }
        }

        FoldItems(uses);
        return uses.ToImmutable();
    }

    // A list of plain values is one setting, not a list and its items.
    private static void FoldItems(ImmutableSortedDictionary<string, SettingUse>.Builder uses)
    {
        foreach (var item in uses.Values.Where(use => use.Path.EndsWith("[]", StringComparison.Ordinal)).ToList())
        {
            var list = item.Path[..^2];
            if (!uses.Keys.Any(path => path.StartsWith(item.Path + ".", StringComparison.Ordinal)))
            {
                uses.Remove(item.Path);
                uses[list] = new SettingUse(list, $"a list, each: {item.Form}", uses.GetValueOrDefault(list)?.Default);
            }
        }
    }
}
