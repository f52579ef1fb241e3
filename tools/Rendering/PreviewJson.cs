using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Dangers;
using CantonInfra.Tools.Rendering.Changes;

namespace CantonInfra.Tools.Rendering;

/// <summary>A preview's result for machines: one document in a stable order, equal for equal plans byte by byte.</summary>
internal static class PreviewJson
{
    public static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
    };

    public static void Write(Stream stream, PreviewResult result, PlanDifference difference, ImmutableArray<Danger> dangers)
    {
        using var writer = new Utf8JsonWriter(stream, Options);
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteString("project", result.Plan.Project);
        writer.WriteString("stack", result.Plan.Stack);
        writer.WriteString("outcome", OutcomeText(result.Outcome));
        WriteCounts(writer, difference);
        if (difference.Earlier is not null)
        {
            ChangeJson.WriteDangers(writer, dangers);
        }

        writer.WriteStartArray("resources");
        foreach (var change in difference.Changes)
        {
            writer.WriteStartObject();
            writer.WriteString("operation", change.Operation == Operation.Same ? "same" : OperationStyle.Word(change.Operation));
            WriteTexts(writer, "changedProperties", change.ChangedProperties);
            ChangeJson.WriteProperties(writer, change);
            PlanJson.WriteMembers(writer, change.Resource);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WritePropertyName("outputs");
        PropertyJson.Write(writer, result.Plan.Outputs);
        WritePolicies(writer, result.Policies);
        WriteDiagnostics(writer, result.Diagnostics);
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>The document of a run that could not begin.</summary>
    public static void WriteFailure(Stream stream, ImmutableArray<Diagnostic> diagnostics)
    {
        using var writer = new Utf8JsonWriter(stream, Options);
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteString("outcome", "configurationError");
        WriteDiagnostics(writer, diagnostics);
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void WriteCounts(Utf8JsonWriter writer, PlanDifference difference)
    {
        writer.WriteStartObject("changes");
        foreach (var group in difference.Changes
            .Where(change => change.Resource.Kind != ResourceKind.DefaultProvider)
            .GroupBy(change => change.Operation)
            .OrderBy(group => group.Key))
        {
            writer.WriteNumber(group.Key == Operation.Same ? "same" : OperationStyle.Word(group.Key), group.Count());
        }

        writer.WriteEndObject();
    }

    private static void WritePolicies(Utf8JsonWriter writer, PolicyResult policies)
    {
        writer.WriteStartObject("policies");
        writer.WriteStartArray("packs");
        foreach (var pack in policies.Packs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", pack.Name);
            writer.WriteString("version", pack.Version);
            writer.WriteStartArray("policies");
            foreach (var policy in pack.Policies)
            {
                writer.WriteStartObject();
                writer.WriteString("name", policy.Name);
                writer.WriteString("description", policy.Description);
                writer.WriteString("level", Lower(policy.Level));
                writer.WriteString("severity", policy.Severity);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("findings");
        foreach (var finding in policies.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("pack", finding.Pack);
            writer.WriteString("policy", finding.Policy);
            writer.WriteString("level", Lower(finding.Level));
            writer.WriteString("severity", finding.Severity);
            writer.WriteString("urn", finding.Urn);
            writer.WriteString("message", finding.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteList(writer, "undecided", policies.Undecided);
        WriteList(writer, "waived", policies.Waived);
        WriteNotApplicable(writer, policies.NotApplicable);
        writer.WriteStartArray("remediations");
        foreach (var record in policies.Remediations)
        {
            writer.WriteStartObject();
            writer.WriteString("pack", record.Pack);
            writer.WriteString("policy", record.Policy);
            writer.WriteString("urn", record.Urn);
            writer.WriteString("message", record.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<NoVerdict> verdicts)
    {
        writer.WriteStartArray(name);
        foreach (var verdict in verdicts)
        {
            writer.WriteStartObject();
            writer.WriteString("pack", verdict.Pack);
            writer.WriteString("policy", verdict.Policy);
            writer.WriteString("urn", verdict.Urn);
            writer.WriteString("reason", verdict.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Counted rather than listed: most rules are for other types than most resources are of.
    private static void WriteNotApplicable(Utf8JsonWriter writer, IEnumerable<NoVerdict> verdicts)
    {
        writer.WriteStartArray("notApplicable");
        foreach (var group in verdicts.GroupBy(verdict => (verdict.Pack, verdict.Policy, verdict.Reason)))
        {
            writer.WriteStartObject();
            writer.WriteString("pack", group.Key.Pack);
            writer.WriteString("policy", group.Key.Policy);
            writer.WriteString("reason", group.Key.Reason);
            writer.WriteNumber("resources", group.Count());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteDiagnostics(Utf8JsonWriter writer, ImmutableArray<Diagnostic> diagnostics)
    {
        // Messages of resources that are declared in parallel come in any order; the document's order must not depend on it.
        writer.WriteStartArray("diagnostics");
        foreach (var diagnostic in diagnostics
            .OrderByDescending(diagnostic => diagnostic.Severity)
            .ThenBy(diagnostic => diagnostic.Urn, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location?.ToString(), StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Message, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("id", diagnostic.Id);
            writer.WriteString("severity", Lower(diagnostic.Severity));
            writer.WriteString("message", diagnostic.Message);
            if (diagnostic.Urn.Length > 0)
            {
                writer.WriteString("urn", diagnostic.Urn);
            }

            if (diagnostic.Location is { } location)
            {
                writer.WriteString("file", location.Path);
                if (location.Line > 0)
                {
                    writer.WriteNumber("line", location.Line);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, ImmutableArray<string> texts)
    {
        if (texts.Length == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string OutcomeText(PreviewOutcome outcome) => outcome switch
    {
        PreviewOutcome.Succeeded => "succeeded",
        PreviewOutcome.PolicyViolation => "policyViolation",
        PreviewOutcome.ConfigurationError => "configurationError",
        PreviewOutcome.Cancelled => "cancelled",
        _ => "failed",
    };

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);
}
