using System.Collections.Immutable;
using CantonInfra.Engine.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Engine.Projects;

/// <summary>The configuration of one stack: its file, the project's defaults and the command line's overrides, merged.</summary>
public sealed record StackConfiguration
{
    /// <summary>The organization that programs and policies are told: a preview without a backend has none of its own.</summary>
    public const string Organization = "organization";

    private StackConfiguration()
    {
    }

    /// <summary>The project.</summary>
    public required ProjectFile Project { get; init; }

    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>All entries by key, sorted.</summary>
    public required ImmutableSortedDictionary<string, ConfigEntry> Entries { get; init; }

    /// <summary>What the user should know of the file, such as secrets that could not be decrypted.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>Loads a stack's configuration.</summary>
    /// <param name="project">The project.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="overrides">Settings of the command line, each <c>key=value</c>; they win over the file.</param>
    /// <param name="environment">Where a passphrase may be: gives an environment variable or null.</param>
    /// <exception cref="ConfigurationException">There is no such stack, or its file or an override is wrong; all errors at once.</exception>
    public static StackConfiguration Load(
        ProjectFile project, string stack, IEnumerable<string> overrides, Func<string, string?> environment)
    {
        if (!project.StackNames.Contains(stack, StringComparer.Ordinal))
        {
            throw new ConfigurationException(Diagnostic.Error("stack-unknown", UnknownStack(project, stack)));
        }

        var yaml = YamlFile.Load(project.StackFilePath(stack), ProjectFile.StackFileName(stack));
        using var secrets = StackSecrets.Open(yaml, environment);
        var reader = new EntryReader(project.Name, yaml, secrets);
        reader.ReadFile();
        reader.ReadOverrides(overrides);
        if (reader.Errors.Count > 0)
        {
            throw new ConfigurationException([.. reader.Errors]);
        }

        var entries = ImmutableSortedDictionary.CreateBuilder<string, ConfigEntry>(StringComparer.Ordinal);
        foreach (var entry in project.Config.Concat(reader.Entries))
        {
            var key = entry.Key.ToString();

            // An override of a secret is a secret too: it takes the secret's place.
            var isSecret = entry.IsSecret || (entries.TryGetValue(key, out var overridden) && overridden.IsSecret);
            entries[key] = entry with { IsSecret = isSecret };
        }

        return new StackConfiguration
        {
            Project = project,
            Stack = stack,
            Entries = entries.ToImmutable(),
            Diagnostics = secrets.Diagnostics,
        };
    }

    private static string UnknownStack(ProjectFile project, string stack)
    {
        var known = project.StackNames;
        var hint = known.Length == 0
            ? "The project has no stack files yet."
            : $"Known stacks: {string.Join(", ", known)}.";
        return $"There is no stack '{stack}': the project '{project.Name}' has no file {ProjectFile.StackFileName(stack)}. {hint}";
    }

    private sealed class EntryReader(string project, YamlFile yaml, StackSecrets secrets)
    {
        public List<ConfigEntry> Entries { get; } = [];

        public List<Diagnostic> Errors { get; } = [];

        public void ReadFile()
        {
            switch (yaml.Find("config"))
            {
                case null or YamlScalarNode { Value: "" or null }:
                    break;
                case YamlMappingNode config:
                    foreach (var (key, value) in config.Children)
                    {
                        Add(((YamlScalarNode)key).Value ?? "", value, yaml.LocationOf(key));
                    }

                    break;
                case var node:
                    Errors.Add(Diagnostic.Error("config-shape", "'config' must map keys to values.", yaml.LocationOf(node)));
                    break;
            }
        }

        public void ReadOverrides(IEnumerable<string> overrides)
        {
            foreach (var text in overrides)
            {
                var location = new SourceLocation($"-c {text.Split('=')[0]}");
                var split = text.IndexOf('=', StringComparison.Ordinal);
                if (split <= 0 || ConfigKey.TryParse(text[..split], project) is not { } key)
                {
                    Errors.Add(Diagnostic.Error(
                        "config-override", $"'{text.Split('=')[0]}' is not a setting of the form [namespace:]key=value.", location));
                    continue;
                }

                Entries.Add(new ConfigEntry(key, text[(split + 1)..], IsSecret: false, location));
            }
        }

        private void Add(string name, YamlNode value, SourceLocation location)
        {
            if (ConfigKey.TryParse(name, project) is not { } key)
            {
                Errors.Add(Diagnostic.Error("config-key", $"'{name}' is not a key of the form [namespace:]key.", location));
                return;
            }

            var text = ConfigText.Of(value, secrets.Decrypt);
            Entries.Add(new ConfigEntry(key, text.Text, text.IsSecret, location));
        }
    }
}
