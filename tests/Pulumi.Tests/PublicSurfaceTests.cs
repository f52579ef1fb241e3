using CantonInfra.Surface;

namespace Pulumi.Tests;

/// <summary>What compiles against the stand-in has to compile, unambiguously, against the official package.</summary>
public class PublicSurfaceTests
{
    [SheetFact]
    public void Every_exposed_member_is_one_of_the_official_package()
    {
        var sheet = ReadSheet();
        var extra = Surface().SelectMany(type => type.Members.Prepend(type.Header)).Where(line => !sheet.Contains(line)).ToArray();
        Assert.True(extra.Length == 0, "Not in the sheet:\n" + string.Join("\n", extra));
    }

    [SheetFact]
    public void Exposed_methods_constructors_and_conversions_have_the_whole_official_overload_set()
    {
        var sheet = ReadSheet();
        var missing = new List<string>();
        foreach (var type in Surface())
        {
            var exposed = type.Members.ToHashSet();
            var groups = exposed.Where(line => line.Contains('(', StringComparison.Ordinal)).Select(Group).ToHashSet();
            groups.Add(type.Name + ".new");
            groups.Add(type.Name + ".op_Implicit");
            missing.AddRange(sheet.Where(line =>
                line.StartsWith(type.Name + ".", StringComparison.Ordinal)
                && line.Contains('(', StringComparison.Ordinal)
                && groups.Contains(Group(line))
                && !exposed.Contains(line)));
        }

        Assert.True(missing.Count == 0, "Lacking:\n" + string.Join("\n", missing));
    }

    private static string Group(string line)
    {
        var call = line[..line.IndexOf('(', StringComparison.Ordinal)];
        var dot = call.LastIndexOf('.');
        var generic = call.IndexOf('<', dot);
        return generic < 0 ? call : call[..generic];
    }

    private static HashSet<string> ReadSheet() =>
        File.ReadAllLines(SheetFactAttribute.Find()!).Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<SurfaceType> Surface() => PublicSurface.Of(typeof(Deployment).Assembly);

    private sealed class SheetFactAttribute : FactAttribute
    {
        public SheetFactAttribute()
        {
            if (Find() is null)
            {
                Skip = "There is no shared/api/Pulumi.txt above the tests to compare with.";
            }
        }

        public static string? Find()
        {
            for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            {
                var sheet = Path.Combine(directory.FullName, "shared", "api", "Pulumi.txt");
                if (File.Exists(sheet))
                {
                    return sheet;
                }
            }

            return null;
        }
    }
}
