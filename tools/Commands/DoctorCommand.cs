using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Says what of the tool chain is there: SDKs, feed, CLI, engine.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="standardOutput">Standard output as bytes, for JSON.</param>
/// <param name="checkup">Looks at the machine.</param>
internal sealed class DoctorCommand(Terminal terminal, Stream standardOutput, Checkup checkup)
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: an error where something is missing that every verb needs.</returns>
    public async Task<int> RunAsync(string directory, JsonTarget json, CancellationToken cancellation)
    {
        var findings = await checkup.RunAsync(directory, cancellation);
        json.Write(standardOutput, stream => WriteJson(stream, findings));
        if (!json.TakesOutput)
        {
            WriteText(findings);
        }

        return findings.Any(finding => finding.Health == Health.Broken) ? ExitCodes.Error : ExitCodes.Success;
    }

    private static void WriteJson(Stream stream, ImmutableArray<CheckupFinding> findings)
    {
        using var writer = new Utf8JsonWriter(stream, PreviewJson.Options);
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("subject", finding.Subject);
            writer.WriteString("health", JsonNamingPolicy.CamelCase.ConvertName(finding.Health.ToString()));
            writer.WriteString("state", finding.State);
            writer.WriteString("meaning", finding.Meaning);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    private void WriteText(ImmutableArray<CheckupFinding> findings)
    {
        var subject = findings.Max(finding => finding.Subject.Length);
        foreach (var finding in findings)
        {
            var mark = finding.Health switch
            {
                Health.Good => terminal.Paint("✓", Color.Green),
                Health.Absent => terminal.Paint("–", Color.Yellow),
                _ => terminal.Paint("✗", Color.Red),
            };
            terminal.Output.WriteLine($"{mark} {finding.Subject.PadRight(subject)}  {finding.State}");
            terminal.Output.WriteLine($"  {new string(' ', subject)}  {terminal.Paint(finding.Meaning, Color.Dim)}");
        }
    }
}
