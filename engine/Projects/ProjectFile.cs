using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Engine.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Engine.Projects;

/// <summary>The project: <c>Pulumi.yaml</c> and the folder it stands in.</summary>
public sealed partial record ProjectFile
{
    private const string FileName = "Pulumi.yaml";

    private ProjectFile()
    {
    }

    /// <summary>The project's name.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of Pulumi.yaml, as an absolute path.</summary>
    public required string RootDirectory { get; init; }

    /// <summary>The folder of the program, as an absolute path: the root, or the folder that <c>main</c> names.</summary>
    public required string ProgramDirectory { get; init; }

    /// <summary>The entry point within the program's folder; <c>.</c> unless <c>main</c> names a file.</summary>
    public required string EntryPoint { get; init; }

    /// <summary>The runtime's name, such as <c>dotnet</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The runtime's options, such as <c>binary</c>.</summary>
    public required ImmutableSortedDictionary<string, string> RuntimeOptions { get; init; }

    /// <summary>Where the runtime is named.</summary>
    public required SourceLocation RuntimeLocation { get; init; }

    /// <summary>Values that every stack has unless its own file sets them.</summary>
    public required ImmutableArray<ConfigEntry> Config { get; init; }

    /// <summary>Folders of provider plugins by the package that they serve: <c>plugins.providers</c>.</summary>
    public required ImmutableSortedDictionary<string, string> ProviderPlugins { get; init; }

    /// <summary>The names of the stacks that have a file here, sorted.</summary>
    public ImmutableArray<string> StackNames =>
    [
        .. Directory.EnumerateFiles(RootDirectory, "Pulumi.*.yaml")
            .Select(file => StackFilePattern().Match(Path.GetFileName(file)))
            .Where(match => match.Success)
            .Select(match => match.Groups["stack"].Value)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Loads the project of a folder, or of the nearest folder above it that has one.</summary>
    /// <exception cref="ConfigurationException">There is none, or it is wrong.</exception>
    public static ProjectFile Load(string directory)
    {
        var root = FindRoot(directory) ?? throw Wrong(
            "project-missing",
            $"There is no {FileName} in '{directory}' or a folder above it. Name the project's folder with -C DIR.");
        var yaml = YamlFile.Load(Path.Combine(root, FileName), FileName);

        var name = yaml.Text("name");
        if (string.IsNullOrEmpty(name))
        {
            throw Wrong("project-name", "The project has no 'name'.", new SourceLocation(FileName, 1));
        }

        var (runtime, options, runtimeLocation) = ReadRuntime(yaml);
        var (programDirectory, entryPoint) = FindProgram(yaml, root);
        return new ProjectFile
        {
            Name = name,
            RootDirectory = root,
            ProgramDirectory = programDirectory,
            EntryPoint = entryPoint,
            Runtime = runtime,
            RuntimeOptions = options,
            RuntimeLocation = runtimeLocation,
            Config = ReadConfig(yaml, name),
            ProviderPlugins = ReadProviderPlugins(yaml, root),
        };
    }

    /// <summary>The path of a stack's file.</summary>
    public string StackFilePath(string stack) => Path.Combine(RootDirectory, StackFileName(stack));

    internal static string StackFileName(string stack) => $"Pulumi.{stack}.yaml";

    private static string? FindRoot(string directory)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(directory)); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, FileName)))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private static (string Name, ImmutableSortedDictionary<string, string> Options, SourceLocation Location) ReadRuntime(YamlFile yaml)
    {
        var node = yaml.Find("runtime");
        switch (node)
        {
            case YamlScalarNode { Value: { Length: > 0 } scalar }:
                return (scalar, ImmutableSortedDictionary<string, string>.Empty, yaml.LocationOf(node));
            case YamlMappingNode map when YamlFile.Find(map, "name") is YamlScalarNode { Value: { Length: > 0 } name }:
                var options = YamlFile.Find(map, "options") is YamlMappingNode optionMap
                    ? optionMap.Children
                        .Where(child => child is { Key: YamlScalarNode, Value: YamlScalarNode })
                        .ToImmutableSortedDictionary(
                            child => ((YamlScalarNode)child.Key).Value!,
                            child => ((YamlScalarNode)child.Value).Value ?? "",
                            StringComparer.Ordinal)
                    : ImmutableSortedDictionary<string, string>.Empty;
                return (name, options, yaml.LocationOf(node));
            default:
                var location = node is null ? new SourceLocation(FileName, 1) : yaml.LocationOf(node);
                throw Wrong("project-runtime", "The project names no 'runtime', such as 'dotnet'.", location);
        }
    }

    private static (string Directory, string EntryPoint) FindProgram(YamlFile yaml, string root)
    {
        if (yaml.Text("main") is not { Length: > 0 } main)
        {
            return (root, ".");
        }

        var path = Path.GetFullPath(Path.Combine(root, main));
        if (Directory.Exists(path))
        {
            return (path, ".");
        }

        return File.Exists(path)
            ? (Path.GetDirectoryName(path)!, Path.GetFileName(path))
            : throw Wrong(
                "project-main", $"'main' names '{main}', which does not exist.", yaml.LocationOf(yaml.Find("main")!));
    }

    private static ImmutableArray<ConfigEntry> ReadConfig(YamlFile yaml, string project)
    {
        if (yaml.Find("config") is not YamlMappingNode config)
        {
            return [];
        }

        var entries = ImmutableArray.CreateBuilder<ConfigEntry>();
        foreach (var (keyNode, node) in config.Children)
        {
            var value = node is YamlMappingNode map ? YamlFile.Find(map, "value") ?? YamlFile.Find(map, "default") : node;
            if (value is not null
                && keyNode is YamlScalarNode { Value: { } text }
                && ConfigKey.TryParse(text, project) is { } key)
            {
                entries.Add(new ConfigEntry(key, ConfigText.Of(value, static _ => null).Text, false, yaml.LocationOf(value)));
            }
        }

        return entries.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> ReadProviderPlugins(YamlFile yaml, string root)
    {
        var plugins = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var listed = yaml.Find("plugins") is YamlMappingNode map && YamlFile.Find(map, "providers") is YamlSequenceNode providers ? providers.Children : [];
        foreach (var node in listed)
        {
            if (node is not YamlMappingNode provider
                || YamlFile.Find(provider, "name") is not YamlScalarNode { Value: { Length: > 0 } name }
                || YamlFile.Find(provider, "path") is not YamlScalarNode { Value: { Length: > 0 } path })
            {
                throw Wrong("project-plugin", "A provider of 'plugins.providers' needs a 'name' and a 'path'.", yaml.LocationOf(node));
            }

            plugins[name] = Path.GetFullPath(Path.Combine(root, path));
        }

        return plugins.ToImmutable();
    }

    private static ConfigurationException Wrong(string id, string message, SourceLocation? location = null) =>
        new(Diagnostic.Error(id, message, location));

    [GeneratedRegex(@"^Pulumi\.(?<stack>[A-Za-z0-9_.-]+)\.yaml$", RegexOptions.CultureInvariant)]
    private static partial Regex StackFilePattern();
}
