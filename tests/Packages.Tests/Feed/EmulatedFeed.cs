using System.IO.Compression;
using System.Xml.Linq;

namespace CantonInfra.Packages.Tests.Feed;

/// <summary>
/// A feed in a folder that has packages under the official ids and pinned versions, made of our own assemblies, and the
/// other packages that a build needs.
/// </summary>
internal static class EmulatedFeed
{
    private const string Framework = "net10.0";

    private static readonly Dictionary<string, string> Versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
        .Descendants()
        .Where(item => item.Name.LocalName is "PackageVersion" or "GlobalPackageReference")
        .ToDictionary(item => (string)item.Attribute("Include")!, item => (string)item.Attribute("Version")!);

    private static readonly XDocument Program = XDocument.Load(Path.Combine(Repository.Root, "infra", "Infra.csproj"));

    /// <summary>The official provider packages that the program refers to; ours is on no feed.</summary>
    public static IEnumerable<string> Providers { get; } =
        [.. References("PulumiPackage").Where(name => name is not ("Pulumi" or "Pulumi.Canton"))];

    /// <summary>The pinned version of a package.</summary>
    public static string VersionOf(string package) => Versions[package];

    /// <summary>Makes the packages of the Pulumi SDK: the core and the program's providers.</summary>
    public static void AddPulumi(string feed)
    {
        // The core shows itself alone, as the official one does; what it runs with lies beside it.
        Write(feed, "Pulumi", ["Pulumi"], ["Pulumi", "CantonInfra.Protocol"], ["Google.Protobuf"]);
        foreach (var provider in Providers)
        {
            Write(feed, provider, [provider], [provider], ["Pulumi"]);
        }
    }

    /// <summary>Copies what builds need besides from where the build of this repository has put it.</summary>
    public static void AddOthers(string feed)
    {
        var restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var package in References("PackageReference").Append("Google.Protobuf").Append("Microsoft.CodeAnalysis.BannedApiAnalyzers"))
        {
            var id = package.ToLowerInvariant();
            var file = $"{id}.{VersionOf(package)}.nupkg";
            File.Copy(Path.Combine(restored, id, VersionOf(package), file), Path.Combine(feed, file));
        }
    }

    private static IEnumerable<string> References(string kind) =>
        Program.Descendants(kind).Select(item => (string)item.Attribute("Include")!);

    private static void Write(string feed, string id, string[] shown, string[] run, string[] dependencies)
    {
        var version = VersionOf(id);
        using var package = ZipFile.Open(Path.Combine(feed, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        var group = string.Concat(dependencies.Select(name => $"<dependency id=\"{name}\" version=\"{VersionOf(name)}\" />"));
        using (var nuspec = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open()))
        {
            nuspec.Write(
                $"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata>
                    <id>{id}</id><version>{version}</version><authors>tests</authors><description>Stands in for the official package.</description>
                    <dependencies><group targetFramework="{Framework}">{group}</group></dependencies>
                  </metadata>
                </package>
                """);
        }

        AddAssemblies(package, "ref", shown);
        AddAssemblies(package, "lib", run);
    }

    private static void AddAssemblies(ZipArchive package, string folder, string[] assemblies)
    {
        foreach (var assembly in assemblies)
        {
            package.CreateEntryFromFile(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"), $"{folder}/{Framework}/{assembly}.dll");
        }
    }
}
