using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Commands;
using CantonInfra.Tools.Differences.Files;
using CantonInfra.Tools.Rendering;

namespace CantonInfra.Tools.Differences.Saved;

/// <summary>
/// A comparison as a folder: <c>comparison.json</c>, and for each stack its previews <c>&lt;stack&gt;.base.json</c> and
/// <c>&lt;stack&gt;.head.json</c>. Whoever reads one must expect that anybody wrote it.
/// </summary>
internal static partial class ComparisonFolder
{
    private const string Index = "comparison.json";
    private const long MostIndexBytes = 4 << 20;
    private const long MostSideBytes = 48 << 20;
    private const int MostStacks = 60;
    private const int MostSettings = 2_000;
    private const int MostSecrets = 2_000;
    private const int MostFiles = 2_000;
    private const int LongestFile = 1 << 20;
    private const int LongestText = 4_000;

    /// <summary>Saves a comparison.</summary>
    /// <exception cref="ConfigurationException">A file cannot be written.</exception>
    public static void Save(string directory, SavedComparison comparison)
    {
        Directory.CreateDirectory(directory);
        foreach (var stack in comparison.Stacks)
        {
            SaveSide(directory, stack.Stack, "base", stack.Former);
            SaveSide(directory, stack.Stack, "head", stack.Present);
        }

        OutputFile.Write(Path.Combine(directory, Index), stream =>
        {
            using var writer = new Utf8JsonWriter(stream, PreviewJson.Options);
            WriteIndex(writer, comparison);
        });
    }

    /// <summary>Loads a comparison.</summary>
    /// <exception cref="ConfigurationException">The folder holds none, or one that is not what it should be.</exception>
    public static SavedComparison Load(string directory)
    {
        try
        {
            return StrictJson.ReadFile(Path.Combine(directory, Index), MostIndexBytes, root => ReadIndex(directory, root));
        }
        catch (FormatException exception)
        {
            throw new ConfigurationException(Diagnostic.Error(
                "comparison-folder", $"This is no saved comparison: {exception.Message}", new SourceLocation(directory)));
        }
    }

    private static void SaveSide(string directory, string stack, string side, PreviewSide? preview)
    {
        if (preview is not null)
        {
            OutputFile.Write(Path.Combine(directory, $"{stack}.{side}.json"), stream =>
            {
                using var writer = new Utf8JsonWriter(stream, PreviewJson.Options);
                PreviewSideJson.Write(writer, preview);
            });
        }
    }

    private static void WriteIndex(Utf8JsonWriter writer, SavedComparison comparison)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteString("base", comparison.FormerCommit);
        writer.WriteString("head", comparison.PresentCommit);
        writer.WriteBoolean("codeChange", comparison.IsCodeChange);
        writer.WriteStartObject("files");
        writer.WriteString("limitsBefore", comparison.Files.FormerLimits);
        writer.WriteString("limitsAfter", comparison.Files.PresentLimits);
        writer.WriteString("waiversBefore", comparison.Files.FormerWaivers);
        writer.WriteString("waiversAfter", comparison.Files.PresentWaivers);
        writer.WriteString("rulesBefore", comparison.Files.FormerRules);
        writer.WriteString("rulesAfter", comparison.Files.PresentRules);
        writer.WriteStartArray("rulesChanged");
        foreach (var file in comparison.Files.ChangedRules.Take(MostFiles))
        {
            writer.WriteStringValue(file);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartArray("stacks");
        foreach (var stack in comparison.Stacks)
        {
            writer.WriteStartObject();
            writer.WriteString("stack", stack.Stack);
            writer.WriteBoolean("base", stack.Former is not null);
            writer.WriteBoolean("head", stack.Present is not null);
            writer.WriteStartArray("settings");
            foreach (var setting in stack.Settings)
            {
                writer.WriteStartObject();
                writer.WriteString("key", setting.Key);
                writer.WriteString("before", setting.Former);
                writer.WriteString("after", setting.Present);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("secrets");
            foreach (var secret in stack.Difference().Difference?.SecretChanges ?? [])
            {
                writer.WriteStartObject();
                writer.WriteString("urn", secret.Urn);
                writer.WriteString("path", secret.Path.ToString());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static SavedComparison ReadIndex(string directory, JsonElement root)
    {
        if (root.GetProperty("version").GetInt32() != 1)
        {
            throw new FormatException("Its version is not 1, the one that this program reads.");
        }

        var files = root.GetProperty("files");
        var stacks = StrictJson.Items(root.GetProperty("stacks"), MostStacks).Select(stack => ReadStack(directory, stack)).ToImmutableArray();
        return stacks.Select(stack => stack.Stack).Distinct(StringComparer.Ordinal).Count() == stacks.Length
            ? new SavedComparison(
                Commit(root.GetProperty("base")),
                Commit(root.GetProperty("head")),
                root.GetProperty("codeChange").GetBoolean(),
                new PolicyFiles(
                    StrictJson.TextOrNull(files, "limitsBefore", LongestFile),
                    StrictJson.TextOrNull(files, "limitsAfter", LongestFile),
                    StrictJson.TextOrNull(files, "waiversBefore", LongestFile),
                    StrictJson.TextOrNull(files, "waiversAfter", LongestFile))
                {
                    FormerRules = StrictJson.TextOrNull(files, "rulesBefore", LongestFile),
                    PresentRules = StrictJson.TextOrNull(files, "rulesAfter", LongestFile),
                    ChangedRules = [.. StrictJson.Items(files.GetProperty("rulesChanged"), MostFiles).Select(file => StrictJson.Text(file, LongestText))],
                },
                stacks)
            : throw new FormatException("It names a stack twice.");
    }

    private static SavedStack ReadStack(string directory, JsonElement element)
    {
        var name = StrictJson.Text(element.GetProperty("stack"), LongestText);

        // The name becomes a part of a path.
        if (!StackName().IsMatch(name))
        {
            throw new FormatException("It has a stack whose name is none.");
        }

        return new SavedStack(
            name,
            ReadSide(directory, name, "base", element.GetProperty("base").GetBoolean()),
            ReadSide(directory, name, "head", element.GetProperty("head").GetBoolean()),
            [
                .. StrictJson.Items(element.GetProperty("settings"), MostSettings).Select(setting => new SettingChange(
                    StrictJson.Text(setting.GetProperty("key"), LongestText),
                    StrictJson.TextOrNull(setting, "before", LongestText),
                    StrictJson.TextOrNull(setting, "after", LongestText))),
            ])
        {
            Secrets =
            [
                .. StrictJson.Items(element.GetProperty("secrets"), MostSecrets).Select(secret => new SecretChange(
                    StrictJson.Text(secret.GetProperty("urn"), LongestText),
                    PropertyPath.Parse(StrictJson.Text(secret.GetProperty("path"), LongestText)))),
            ],
        };
    }

    private static PreviewSide? ReadSide(string directory, string stack, string side, bool isThere)
    {
        if (!isThere)
        {
            return null;
        }

        var preview = StrictJson.ReadFile(Path.Combine(directory, $"{stack}.{side}.json"), MostSideBytes, PreviewSideJson.Read);
        return preview.Plan.Stack == stack ? preview : throw new FormatException($"The plan of {stack} is that of another stack.");
    }

    private static string Commit(JsonElement element)
    {
        var text = StrictJson.Text(element, 64);
        return text.All(char.IsAsciiHexDigitLower) ? text : throw new FormatException("A commit is none.");
    }

    [GeneratedRegex(@"^(?!\.)[A-Za-z0-9_.-]{1,100}$", RegexOptions.CultureInvariant)]
    private static partial Regex StackName();
}
