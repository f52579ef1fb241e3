using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Writers;

/// <summary>
/// The report as SARIF 2.1.0, within what GitHub takes: one run, the results that matter most first, 5,000 of them at most. Violations and
/// overdue duties are results of kind fail, undecided checks of kind open, waived ones are suppressed.
/// </summary>
internal static class SarifReport
{
    /// <summary>How many results are written: more are not shown by GitHub.</summary>
    public const int MostResults = 5000;

    /// <summary>The rule of evidence that is overdue.</summary>
    public const string OverdueRule = "evidence-overdue";

    private const string FingerprintName = "cantonInfraCheck/v1";

    // What GitHub shows of a rule's tags.
    private const int MostTags = 10;

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, Report report)
    {
        var rules = RulesOf(report);
        var positions = rules.Select((rule, position) => (rule.Key, position)).ToDictionary(entry => entry.Key, entry => entry.position, StringComparer.Ordinal);
        var results = ResultsOf(report).ToList();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            writer.WriteString("version", "2.1.0");
            writer.WriteStartArray("runs");
            writer.WriteStartObject();
            writer.WriteStartObject("tool");
            writer.WriteStartObject("driver");
            writer.WriteString("name", "canton-infra");
            writer.WriteString("semanticVersion", report.Version);
            writer.WriteStartArray("rules");
            foreach (var rule in rules)
            {
                Write(writer, rule);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteStartObject("automationDetails");
            writer.WriteString("id", $"canton-infra/{report.Project}/");
            writer.WriteEndObject();
            WriteInvocation(writer, results.Count);
            writer.WriteString("columnKind", "utf16CodeUnits");
            writer.WriteStartArray("results");
            foreach (var result in results.Take(MostResults))
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

    private static List<Rule> RulesOf(Report report)
    {
        var rules = report.Stacks.SelectMany(stack => stack.Rules).DistinctBy(KeyOf)
            .OrderBy(KeyOf, StringComparer.Ordinal)
            .Select(rule => new Rule(KeyOf(rule), rule.Title, rule.Rationale, rule.Remediation, rule.Severity, rule.Level == "mandatory", [.. rule.Controls]))
            .ToList();
        rules.Add(new Rule(
            OverdueRule,
            "Evidence of duties is in force",
            "What people must do regularly counts for a time only; what was done too long ago proves nothing of today.",
            "Do it again and record it below evidence/.",
            "medium",
            IsMandatory: false,
            []));
        return rules;
    }

    // Ids are unique in a pack; two packs may have the same.
    private static string KeyOf(RuleReport rule) => rule.Pack == "canton-guardrails" ? rule.Id : $"{rule.Pack}/{rule.Id}";

    private static IEnumerable<Result> ResultsOf(Report report)
    {
        var checks =
            from stack in report.Stacks
            from check in stack.Checks
            let rule = stack.Rules[check.Rule]
            let resource = stack.Resources[check.Resource]
            select new Result(
                KeyOf(rule),
                check.State,
                check.IsMandatory || check.State == CheckState.Fault,
                $"{string.Join("\n", check.Notes)}\n{resource.Type} '{resource.Name}' of the stack {stack.Name}.",
                resource.Urn,
                check.File,
                check.Line,
                check.Fingerprint);
        var duties =
            from stack in report.Stacks
            from duty in stack.Duties
            where duty.Status == ControlStatus.Overdue
            select new Result(
                OverdueRule,
                CheckState.Fail,
                IsError: false,
                string.Create(CultureInfo.InvariantCulture, $"{duty.Duty.Title}: overdue for {-duty.DaysLeft} days in the stack {stack.Name}. {duty.Duty.Instruction}"),
                $"{stack.Name}/{duty.Duty.Id}",
                duty.Evidence!.File,
                1,
                $"{stack.Name}/{duty.Duty.Id}");
        return checks.Concat(duties).OrderBy(result => result.State).ThenByDescending(result => result.IsError);
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
            writer.WriteStartObject("message");
            writer.WriteString("text", string.Create(
                CultureInfo.InvariantCulture, $"Of {results} results the first {MostResults} are written; report.json has all."));
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Rule rule)
    {
        writer.WriteStartObject();
        writer.WriteString("id", rule.Key);
        WriteText(writer, "shortDescription", rule.Title.Length > 0 ? rule.Title : rule.Key);
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

    private static void Write(Utf8JsonWriter writer, Result result, int rule)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", result.Rule);
        writer.WriteNumber("ruleIndex", rule);
        var isOpen = result.State == CheckState.Undecided;
        writer.WriteString("kind", isOpen ? "open" : "fail");
        writer.WriteString("level", isOpen ? "none" : result.IsError ? "error" : "warning");
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
        writer.WriteStartArray("logicalLocations");
        writer.WriteStartObject();
        writer.WriteString("fullyQualifiedName", result.Subject);
        writer.WriteString("kind", "resource");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString(FingerprintName, result.Fingerprint);
        writer.WriteEndObject();
        if (result.State == CheckState.Waived)
        {
            writer.WriteStartArray("suppressions");
            writer.WriteStartObject();
            writer.WriteString("kind", "external");
            writer.WriteString("status", "accepted");
            writer.WriteString("justification", result.Text);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private sealed record Rule(
        string Key, string Title, string Rationale, string Remediation, string Severity, bool IsMandatory, string[] Controls);

    private sealed record Result(
        string Rule, CheckState State, bool IsError, string Text, string Subject, string File, int Line, string Fingerprint);
}
