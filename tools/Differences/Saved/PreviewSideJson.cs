using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;

namespace CantonInfra.Tools.Differences.Saved;

/// <summary>One side of a comparison as JSON, secrets masked.</summary>
internal static class PreviewSideJson
{
    private const int MostFindings = 20_000;
    private const int MostErrors = 200;
    private const int LongestText = 8_000;

    /// <summary>Writes a side.</summary>
    public static void Write(Utf8JsonWriter writer, PreviewSide side)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteString("outcome", side.Outcome.ToString());
        writer.WriteNumber("undecided", side.Undecided);
        writer.WriteNumber("waived", side.Waived);
        writer.WriteStartArray("errors");
        foreach (var error in side.Errors)
        {
            writer.WriteStringValue(error);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("findings");
        foreach (var finding in side.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("pack", finding.Pack);
            writer.WriteString("policy", finding.Policy);
            writer.WriteString("level", finding.Level.ToString());
            writer.WriteString("severity", finding.Severity);
            writer.WriteString("urn", finding.Urn);
            writer.WriteString("message", finding.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WritePropertyName("plan");
        PlanJson.Write(writer, side.Plan);
        writer.WriteEndObject();
    }

    /// <summary>Reads a side that anybody may have written.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static PreviewSide Read(JsonElement root) => StrictJson.Read(() => new PreviewSide(
        Choice<PreviewOutcome>(root.GetProperty("outcome")),
        StrictPlan.Checked(PlanJson.Read(root.GetProperty("plan"))),
        [.. StrictJson.Items(root.GetProperty("findings"), MostFindings).Select(ReadFinding)],
        root.GetProperty("undecided").GetInt32(),
        root.GetProperty("waived").GetInt32(),
        [.. StrictJson.Items(root.GetProperty("errors"), MostErrors).Select(error => StrictJson.Text(error, LongestText))]));

    private static Finding ReadFinding(JsonElement finding) => new(
        StrictJson.Text(finding.GetProperty("pack"), LongestText),
        StrictJson.Text(finding.GetProperty("policy"), LongestText),
        Choice<PolicyLevel>(finding.GetProperty("level")),
        StrictJson.Text(finding.GetProperty("severity"), LongestText),
        StrictJson.Text(finding.GetProperty("urn"), LongestText),
        StrictJson.Text(finding.GetProperty("message"), LongestText));

    // By name alone: numbers would be choices that nobody has named.
    private static T Choice<T>(JsonElement element)
        where T : struct, Enum
    {
        var text = StrictJson.Text(element, LongestText);
        return Enum.GetNames<T>().Contains(text, StringComparer.Ordinal) ? Enum.Parse<T>(text) : throw new FormatException($"'{text}' is none of {typeof(T).Name}.");
    }
}
