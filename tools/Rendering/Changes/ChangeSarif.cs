using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CantonInfra.Engine.Policies;
using CantonInfra.Tools.Differences;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>
/// The violations of a comparison's stacks as SARIF 2.1.0, for code scanning. Each stands at its stack's file: the protocol of policies
/// tells no place in the program.
/// </summary>
internal static class ChangeSarif
{
    // What GitHub keeps of a run.
    private const int MostResults = 5_000;
    private const int LongestMessage = 2_000;
    private const int LongestId = 200;

    /// <summary>Writes the document.</summary>
    public static void Write(Stream stream, ChangeReport report)
    {
        var findings = report.Stacks
            .SelectMany(stack => (stack.Present?.Findings ?? []).Select(finding => (stack.Stack, Finding: finding)))
            .OrderByDescending(entry => entry.Finding.Level)
            .Take(MostResults)
            .ToArray();
        using var writer = new Utf8JsonWriter(stream, PreviewJson.Options);
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "canton-infra");
        writer.WriteStartArray("rules");
        foreach (var id in findings.Select(entry => Id(entry.Finding)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartArray("results");
        foreach (var (stack, finding) in findings)
        {
            Write(writer, stack, finding);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter writer, string stack, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", Id(finding));
        writer.WriteString("level", finding.Level == PolicyLevel.Mandatory ? "error" : "warning");
        writer.WriteStartObject("message");
        writer.WriteString("text", $"{Text(ChangeWords.Subject(finding.Urn))}: {Text(finding.Message)}");
        writer.WriteEndObject();
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", $"Pulumi.{stack}.yaml");
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", 1);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString(
            "policyAndResource/v1",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.Pack}\n{finding.Policy}\n{finding.Urn}"))));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Id(Finding finding) => PlainText.Line(finding.Policy, LongestId);

    // Brackets begin a link in a message.
    private static string Text(string text) => PlainText.Line(text, LongestMessage).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
}
