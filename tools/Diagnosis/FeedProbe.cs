using System.Collections.Immutable;
using System.Xml.Linq;

namespace CantonInfra.Tools.Diagnosis;

/// <summary>Asks the NuGet feeds of a folder whether they have packages, by restoring a project that refers to them.</summary>
internal sealed class FeedProbe(ICommandProbe probe)
{
    private const string VersionsFile = "Directory.Packages.props";

    // What NuGet says of a package that no feed has at all, and of one that has other versions only.
    private static readonly string[] NotFound = ["NU1101", "NU1102", "NU1103"];

    /// <summary>The packages that no feed has in the version that the project pins.</summary>
    /// <returns>Null where the project pins no versions.</returns>
    public async Task<ImmutableArray<string>?> MissingAsync(string folder, ImmutableArray<string> packages, CancellationToken cancellation)
    {
        var versions = ReadVersions(folder, packages);
        if (versions.Count == 0)
        {
            return null;
        }

        // Below the project's folder, so that its NuGet configuration counts.
        var place = Directory.CreateDirectory(Path.Combine(folder, ".cache", "doctor")).FullName;
        try
        {
            foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", VersionsFile })
            {
                await File.WriteAllTextAsync(Path.Combine(place, name), "<Project />", cancellation);
            }

            await File.WriteAllTextAsync(Path.Combine(place, "Doctor.csproj"), Project(versions), cancellation);
            var answer = await probe.AskAsync("dotnet", ["restore", "Doctor.csproj", "--verbosity", "quiet"], place, cancellation);
            return answer is { ExitCode: 0 }
                ? []
                : [.. versions.Keys.Where(package => IsMissing(package, answer?.Output)).DefaultIfEmpty("an answer: the restore failed")];
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static bool IsMissing(string package, string? output) => output?.Split('\n').Any(line =>
        NotFound.Any(code => line.Contains(code, StringComparison.Ordinal))
        && (line.Contains($" {package}.", StringComparison.Ordinal) || line.Contains($" {package} ", StringComparison.Ordinal))) ?? false;

    private static SortedDictionary<string, string> ReadVersions(string folder, ImmutableArray<string> packages)
    {
        var file = Path.Combine(folder, VersionsFile);
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(file))
        {
            return versions;
        }

        foreach (var element in XDocument.Load(file).Descendants("PackageVersion"))
        {
            if (element.Attribute("Include")?.Value is { } name && packages.Contains(name) && element.Attribute("Version")?.Value is { } version)
            {
                versions[name] = version;
            }
        }

        return versions;
    }

    private static string Project(IEnumerable<KeyValuePair<string, string>> versions) => new XElement(
        "Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement("PropertyGroup", new XElement("TargetFramework", "net10.0")),
        new XElement(
            "ItemGroup",
            versions.Select(version => new XElement(
                "PackageReference", new XAttribute("Include", version.Key), new XAttribute("Version", $"[{version.Value}]"))))).ToString();
}
