using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Engine.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Reports.Duties;

/// <summary>Reads <c>evidence/*.yaml</c> strictly: what it does not know, it refuses, with file and line; all errors at once.</summary>
internal sealed class EvidenceFolder
{
    /// <summary>The folder below the project's root.</summary>
    public const string Name = "evidence";

    private static readonly string[] Keys =
        ["control", "stacks", "performedOn", "performedBy", "artefact", "sha256", "validForDays"];

    private readonly List<Diagnostic> _errors = [];
    private readonly ImmutableArray<string> _stacks;
    private readonly DateOnly _today;

    private EvidenceFolder(ImmutableArray<string> stacks, DateOnly today)
    {
        _stacks = stacks;
        _today = today;
    }

    /// <summary>All evidence of a project, by file; none where it has no such folder.</summary>
    /// <param name="projectDirectory">The project's root.</param>
    /// <param name="stacks">The stacks that the project has.</param>
    /// <param name="today">The day: nothing is done in the future.</param>
    /// <exception cref="ConfigurationException">Files are malformed.</exception>
    public static ImmutableArray<EvidenceRecord> Load(string projectDirectory, ImmutableArray<string> stacks, DateOnly today)
    {
        var folder = Path.Combine(projectDirectory, Name);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var reader = new EvidenceFolder(stacks, today);
        var records = Directory.EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)
            .Select(file => reader.ReadFile(file, $"{Name}/{Path.GetFileName(file)}"))
            .OfType<EvidenceRecord>()
            .ToImmutableArray();
        return reader._errors.Count == 0 ? records : throw new ConfigurationException([.. reader._errors]);
    }

    private EvidenceRecord? ReadFile(string file, string shown)
    {
        try
        {
            var stream = new YamlStream();
            using var text = File.OpenText(file);
            stream.Load(text);
            if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
            {
                return Refuse(shown, 1, $"The file must hold one mapping with {string.Join(", ", Keys)}.");
            }

            return Read(shown, root);
        }
        catch (YamlException exception)
        {
            return Refuse(shown, exception.Start.Line, $"This is not valid YAML: {exception.Message.TrimEnd('.')}.");
        }
        catch (InvalidOperationException)
        {
            // What the parser throws at lists that never end.
            return Refuse(shown, 1, "This is not valid YAML: a list or mapping does not end.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse(shown, 1, $"The file cannot be read: {exception.Message}");
        }
    }

    private EvidenceRecord? Read(string shown, YamlMappingNode root)
    {
        var before = _errors.Count;
        var fields = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in root)
        {
            if (key is YamlScalarNode { Value: { } name } && Keys.Contains(name, StringComparer.Ordinal))
            {
                fields.Add(name, value);
            }
            else
            {
                Refuse(shown, key.Start.Line, $"'{key}' is not known here; known are {string.Join(", ", Keys)}.");
            }
        }

        foreach (var missing in Keys.Where(key => !fields.ContainsKey(key)))
        {
            Refuse(shown, root.Start.Line, $"'{missing}' is missing.");
        }

        string Text(string key)
        {
            if (!fields.TryGetValue(key, out var node))
            {
                return "";
            }

            if (node is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text))
            {
                return text;
            }

            Refuse(shown, node.Start.Line, $"'{key}' must be a text.");
            return "";
        }

        void Check(string key, string text, bool isGood, string what)
        {
            if (text.Length > 0 && !isGood)
            {
                Refuse(shown, fields[key].Start.Line, what);
            }
        }

        var control = Text("control");
        var duty = ManualDuties.Find(control);
        Check("control", control, duty is not null,
            $"'{control}' is no duty; they are {string.Join(", ", ManualDuties.All.Select(each => each.Id))}.");

        var day = Text("performedOn");
        var isDay = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var performedOn);
        Check("performedOn", day, isDay, $"'{day}' is not a day such as 2030-01-31.");
        Check("performedOn", day, !isDay || performedOn <= _today, $"'{day}' is in the future; evidence is of what was done.");

        var hash = Text("sha256");
        Check("sha256", hash, hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) && hash.Any(digit => digit != '0'),
            "'sha256' must be the artefact's hash: 64 hexadecimal digits in lower case, as sha256sum prints them.");

        var days = Text("validForDays");
        var isNumber = int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var validFor);
        var most = duty?.MostDays ?? int.MaxValue;
        Check("validForDays", days, isNumber && validFor >= 1 && validFor <= most, string.Create(
            CultureInfo.InvariantCulture, $"'{days}' must be a whole number from 1 to {(duty is null ? 380 : most)}."));

        var record = new EvidenceRecord(
            shown, control, ReadStacks(shown, fields), performedOn, Text("performedBy"), Text("artefact"), hash, validFor);
        return _errors.Count == before ? record : null;
    }

    private ImmutableArray<string> ReadStacks(string shown, Dictionary<string, YamlNode> fields)
    {
        if (!fields.TryGetValue("stacks", out var node))
        {
            return [];
        }

        if (node is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            Refuse(shown, node.Start.Line, "'stacks' must be a list with at least one stack.");
            return [];
        }

        foreach (var item in list.Where(item => item is not YamlScalarNode { Value: { } name } || !_stacks.Contains(name, StringComparer.Ordinal)))
        {
            Refuse(shown, item.Start.Line, $"There is no stack '{item}'; there are {string.Join(", ", _stacks)}.");
        }

        return [.. list.OfType<YamlScalarNode>().Select(item => item.Value!).Order(StringComparer.Ordinal)];
    }

    private EvidenceRecord? Refuse(string file, long line, string what)
    {
        _errors.Add(Diagnostic.Error("evidence-malformed", what, new SourceLocation(file, (int)line)));
        return null;
    }
}
