using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CantonInfra.Reports.Writers.Sarif;

/// <summary>
/// Writes SARIF 2.1.0 within what GitHub takes of it: one run, 5,000 results, ten tags a rule, and texts so short that all of it stays below
/// 10 MB when it is packed.
/// </summary>
internal static class SarifWriter
{
    /// <summary>How many results are written: GitHub takes 25,000 and shows no more than these.</summary>
    public const int MostResults = 5_000;

    /// <summary>How long a result's text can be.</summary>
    public const int LongestText = 1_500;

    // What GitHub takes of a run, and shows of a rule's tags.
    private const int MostRules = 25_000;
    private const int MostTags = 10;
    private const int LongestSubject = 1_000;
    private const string FingerprintName = "cantonInfraCheck/v1";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the file.</summary>
    public static void Write(Stream stream, SarifLog log)
    {
        var results = log.Results.Take(MostResults).ToList();

        // Rules of results that are written come before others, where there are too many.
        var used = results.Select(result => result.Rule).ToHashSet(StringComparer.Ordinal);
        var rules = log.Rules.Length <= MostRules ? [.. log.Rules]
            : log.Rules.OrderByDescending(rule => used.Contains(rule.Id)).Take(MostRules).ToList();
        var positions = rules.Select((rule, position) => (rule.Id, position)).ToDictionary(entry => entry.Id, entry => entry.position, StringComparer.Ordinal);
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            writer.WriteString("version", "2.1.0");
            writer.WriteStartArray("runs");
            writer.WriteStartObject();
            WriteTool(writer, log.Version, rules);
            if (log.Category.Length > 0)
            {
                writer.WriteStartObject("automationDetails");
                writer.WriteString("id", log.Category);
                writer.WriteEndObject();
            }

            WriteInvocation(writer, log.Results.Length);
            writer.WriteString("columnKind", "utf16CodeUnits");
            writer.WriteStartArray("results");
            foreach (var result in results)
            {
                Write(writer, result, positions[result.Rule]);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteTool(Utf8JsonWriter writer, string version, List<SarifRule> rules)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "canton-infra");
        if (version.Length > 0)
        {
            writer.WriteString("semanticVersion", version);
        }

        writer.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            Write(writer, rule);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter writer, int results)
    {
        writer.WriteStartArray("invocations");
        writer.WriteStartObject();
        writer.WriteBoolean("executionSuccessful", true);
        if (results > MostResults)
        {
            writer.WriteStartArray("toolExecutionNotifications");
            writer.WriteStartObject();
            writer.WriteString("level", "warning");
            WriteText(writer, "message", string.Create(
                CultureInfo.InvariantCulture, $"Of {results} results the first {MostResults} are written; report.json has all."));
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, SarifRule rule)
    {
        writer.WriteStartObject();
        writer.WriteString("id", rule.Id);
        WriteText(writer, "shortDescription", rule.Title.Length > 0 ? rule.Title : rule.Id);
        if (rule.Rationale.Length > 0)
        {
            WriteText(writer, "fullDescription", rule.Rationale);
        }

        if (rule.Remediation.Length > 0)
        {
            WriteText(writer, "help", rule.Remediation);
        }

        writer.WriteStartObject("defaultConfiguration");
        writer.WriteString("level", rule.IsMandatory ? "error" : "warning");
        writer.WriteEndObject();
        writer.WriteStartObject("properties");
        writer.WriteStartArray("tags");
        foreach (var tag in rule.Controls.Take(MostTags - 1).Prepend("security"))
        {
            writer.WriteStringValue(tag);
        }

        writer.WriteEndArray();
        if (Grade(rule.Severity) is { } grade)
        {
            writer.WriteString("security-severity", grade);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // In the middle of the ranges that GitHub reads as critical, high, medium and low.
    private static string? Grade(string severity) => severity switch
    {
        "critical" => "9.5",
        "high" => "8.0",
        "medium" => "5.5",
        "low" => "2.0",
        _ => null,
    };

    private static void Write(Utf8JsonWriter writer, SarifResult result, int rule)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", result.Rule);
        writer.WriteNumber("ruleIndex", rule);
        writer.WriteString("kind", result.IsOpen ? "open" : "fail");
        writer.WriteString("level", result.IsOpen ? "none" : result.IsError ? "error" : "warning");
        WriteText(writer, "message", result.Text);
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", string.Join('/', result.File.Split('/').Select(Uri.EscapeDataString)));
        writer.WriteString("uriBaseId", "%SRCROOT%");
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", Math.Max(1, result.Line));
        writer.WriteEndObject();
        writer.WriteEndObject();
        if (result.Subject.Length > 0)
        {
            writer.WriteStartArray("logicalLocations");
            writer.WriteStartObject();
            writer.WriteString("fullyQualifiedName", Cut(result.Subject, LongestSubject));
            writer.WriteString("kind", "resource");
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString(FingerprintName, result.Fingerprint);
        writer.WriteEndObject();
        if (result.IsSuppressed)
        {
            writer.WriteStartArray("suppressions");
            writer.WriteStartObject();
            writer.WriteString("kind", "external");
            writer.WriteString("status", "accepted");
            writer.WriteString("justification", Cut(result.Text, LongestText));
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", Cut(text, LongestText));
        writer.WriteEndObject();
    }

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = most - 1;
        return $"{text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)]}…";
    }
}
