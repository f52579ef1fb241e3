using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CantonInfra.Infra.Settings;

/// <summary>Where in a stack file each setting is, by its path such as <c>canton-infra:data.servers[0].sku</c>.</summary>
internal sealed class SettingLocations
{
    private const string Config = "config";
    private const string Secure = "secure";

    private readonly ImmutableSortedDictionary<string, SettingLocation> _locations;

    private SettingLocations(string? file, int? configLine, ImmutableSortedDictionary<string, SettingLocation> locations)
    {
        File = file;
        ConfigLine = configLine;
        _locations = locations;
    }

    /// <summary>Nothing is known: the stack file cannot be read, as where the configuration comes from elsewhere.</summary>
    public static SettingLocations Unknown { get; } =
        new(null, null, ImmutableSortedDictionary<string, SettingLocation>.Empty);

    /// <summary>The file's name; null where the file cannot be read.</summary>
    public string? File { get; }

    /// <summary>The line on which the configuration begins: where what is missing belongs.</summary>
    public int? ConfigLine { get; }

    /// <summary>The keys of the configuration with their namespaces, sorted.</summary>
    public IEnumerable<string> Keys => _locations.Where(entry => entry.Value.IsKey).Select(entry => entry.Key);

    /// <summary>The locations in the file of a stack.</summary>
    /// <param name="folder">The folder of the project.</param>
    /// <param name="project">The project's name: the namespace of keys without one.</param>
    /// <param name="stack">The stack's name.</param>
    public static SettingLocations Read(string folder, string project, string stack)
    {
        var file = $"Pulumi.{stack}.yaml";
        try
        {
            using var text = System.IO.File.OpenText(Path.Combine(folder, file));
            return Parse(text, file, project);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or YamlException)
        {
            // The engine has read the configuration; that it cannot be read again costs only the line numbers.
            return Unknown;
        }
    }

    /// <summary>The locations in the text of a stack file.</summary>
    public static SettingLocations Parse(TextReader text, string file, string project)
    {
        var locations = ImmutableSortedDictionary.CreateBuilder<string, SettingLocation>(StringComparer.Ordinal);
        int? configLine = null;
        var parser = new Parser(text);
        parser.Consume<StreamStart>();
        if (parser.TryConsume<DocumentStart>(out _) && parser.TryConsume<MappingStart>(out _))
        {
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>();
                if (key.Value == Config && parser.TryConsume<MappingStart>(out _))
                {
                    configLine = LineOf(key);
                    while (!parser.TryConsume<MappingEnd>(out _))
                    {
                        var name = parser.Consume<Scalar>();
                        var path = name.Value.Contains(':', StringComparison.Ordinal) ? name.Value : $"{project}:{name.Value}";
                        Add(parser, path, LineOf(name), isKey: true, locations);
                    }
                }
                else
                {
                    parser.SkipThisAndNestedEvents();
                }
            }
        }

        return new SettingLocations(file, configLine, locations.ToImmutable());
    }

    /// <summary>Where a setting is; null where it is not in the file.</summary>
    public SettingLocation? Find(string path) => _locations.GetValueOrDefault(path);

    private static void Add(
        Parser parser, string path, int line, bool isKey, ImmutableSortedDictionary<string, SettingLocation>.Builder locations)
    {
        string? text = null;
        var isSecure = false;
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            text = scalar.Value;
        }
        else if (parser.TryConsume<MappingStart>(out _))
        {
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var member = parser.Consume<Scalar>();
                isSecure = member.Value == Secure;
                Add(parser, $"{path}.{member.Value}", LineOf(member), isKey: false, locations);
            }
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            for (var index = 0; !parser.TryConsume<SequenceEnd>(out _); index++)
            {
                var item = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
                Add(parser, item, LineOf(parser.Current!), isKey: false, locations);
            }
        }
        else
        {
            parser.SkipThisAndNestedEvents();
        }

        // A key that stands twice has its last value, and so its last line.
        locations[path] = new SettingLocation(line, text, isSecure, isKey);
    }

    private static int LineOf(ParsingEvent parsed) => (int)parsed.Start.Line;
}
