using System.Text.Json;
using System.Xml.Linq;

namespace CantonInfra.Reports.Tests.Licences;

/// <summary>A program of ours as it was built: what of others is in it.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="File">Its list of libraries, from the repository's root.</param>
internal sealed record ShippedProgram(string Name, string File)
{
    /// <summary>All programs.</summary>
    public static readonly ShippedProgram[] All =
    [
        new("policy pack", "policy/bin/Release/net10.0/CantonInfra.Policy.deps.json"),
        new("program", "infra/bin/Release/net10.0/CantonInfra.Infra.deps.json"),
        new("provider", "providers/Canton/bin/Release/net10.0"),
        new("tool", "tools/bin/Release/net10.0/canton-infra.deps.json"),
    ];

    /// <summary>The packages of all programs, by name and version.</summary>
    public static List<Package> Packages() =>
    [
        .. All.SelectMany(program => program.Own().Select(package => (package, program)))
            .GroupBy(entry => (entry.package.Name, entry.package.Version))
            .Select(group => group.First().package with { Programs = string.Join(", ", group.Select(entry => entry.program.Name).Order(StringComparer.Ordinal)) })
            .OrderBy(package => package.Name, StringComparer.Ordinal).ThenBy(package => package.Version, StringComparer.Ordinal),
    ];

    private static string PackageFolder { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private IEnumerable<Package> Own()
    {
        var path = Path.Combine(Repository.Root, File);
        var list = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.deps.json").Single() : path;
        using var document = JsonDocument.Parse(System.IO.File.ReadAllText(list));
        foreach (var library in document.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() == "package")
            {
                yield return Read(library.Name.Split('/'), library.Value);
            }
        }
    }

    private static Package Read(string[] name, JsonElement library)
    {
        var nuspec = Path.Combine(PackageFolder, library.GetProperty("path").GetString()!, $"{name[0].ToLowerInvariant()}.nuspec");
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        string Text(string element) => metadata.Elements().FirstOrDefault(each => each.Name.LocalName == element)?.Value.Trim() ?? "";
        var hash = library.GetProperty("sha512").GetString()!;
        return new Package(
            name[0],
            name[1],
            metadata.Elements().FirstOrDefault(each => each.Name.LocalName == "license" && (string?)each.Attribute("type") == "expression")?.Value.Trim() ?? "",
            Text("copyright") is { Length: > 0 } copyright ? copyright : $"Copyright (c) {Text("authors")}",
            Text("projectUrl"),
            Convert.ToHexStringLower(Convert.FromBase64String(hash["sha512-".Length..])),
            "");
    }
}

/// <summary>A package of others.</summary>
internal sealed record Package(string Name, string Version, string Licence, string Copyright, string Site, string Sha512, string Programs);
