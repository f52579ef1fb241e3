using System.Text.Json;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Lists the stacks of a project and what tells them apart.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="standardOutput">Standard output as bytes, for JSON.</param>
/// <param name="environment">Gives an environment variable or null.</param>
internal sealed class StacksCommand(Terminal terminal, Stream standardOutput, Func<string, string?> environment)
{
    // What a reader wants to know of a stack first; a stack without one of them shows a dash.
    private static readonly (string Header, string Key)[] Columns =
        [("Kind", "canton-infra:kind"), ("Environment", "canton-infra:environment"), ("Location", "azure-native:location"), ("Mode", "canton-infra:mode")];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public int Run(string directory, JsonTarget json)
    {
        try
        {
            var project = ProjectFile.Load(directory);
            var stacks = project.StackNames
                .Select(name => StackConfiguration.Load(project, name, [], environment))
                .ToArray();
            json.Write(standardOutput, stream => WriteJson(stream, project, stacks));
            if (!json.TakesOutput)
            {
                WriteText(stacks);
            }

            return ExitCodes.Success;
        }
        catch (ConfigurationException exception)
        {
            foreach (var diagnostic in exception.Diagnostics)
            {
                terminal.Error.WriteLine(DiagnosticText.Of(terminal.WithoutColors(), diagnostic));
            }

            json.WriteFailure(standardOutput, exception.Diagnostics);
            return ExitCodes.Configuration;
        }
    }

    private static string ValueOf(StackConfiguration stack, string key) =>
        stack.Entries.TryGetValue(key, out var entry) && !entry.IsSecret && entry.Text is { Length: > 0 } text ? text : "-";

    private static void WriteJson(Stream stream, ProjectFile project, StackConfiguration[] stacks)
    {
        using var writer = new Utf8JsonWriter(stream, PreviewJson.Options);
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteString("project", project.Name);
        writer.WriteStartArray("stacks");
        foreach (var stack in stacks)
        {
            writer.WriteStartObject();
            writer.WriteString("name", stack.Stack);
            foreach (var (header, key) in Columns)
            {
                writer.WriteString(JsonNamingPolicy.CamelCase.ConvertName(header), ValueOf(stack, key));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    private void WriteText(StackConfiguration[] stacks)
    {
        string[][] rows =
        [
            ["Stack", .. Columns.Select(column => column.Header)],
            .. stacks.Select(stack => (string[])[stack.Stack, .. Columns.Select(column => ValueOf(stack, column.Key))]),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        for (var index = 0; index < rows.Length; index++)
        {
            var line = string.Join("  ", rows[index].Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
            terminal.Output.WriteLine(index == 0 ? terminal.Paint(line, Color.Bold) : line);
        }
    }
}
