using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Rendering;

/// <summary>A row of a table.</summary>
/// <param name="Cells">A text for each column.</param>
/// <param name="Color">The colour of the row on a terminal; null for none.</param>
internal sealed record TableRow(ImmutableArray<string> Cells, Color? Color = null);

/// <summary>A table that is shown as text, Markdown or JSON.</summary>
/// <param name="Name">What the rows are, as JSON names them.</param>
/// <param name="Columns">The columns' names, as JSON names them.</param>
/// <param name="Rows">The rows.</param>
internal sealed record Table(string Name, ImmutableArray<string> Columns, ImmutableArray<TableRow> Rows)
{
    /// <summary>The formats, the first of them by default.</summary>
    public static readonly string[] Formats = ["text", "json", "markdown"];

    /// <summary>Facts beside the rows, in their order.</summary>
    public ImmutableArray<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>Writes the table.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="terminal">Takes text.</param>
    /// <param name="standardOutput">Takes JSON and Markdown.</param>
    public void Write(string format, Terminal terminal, Stream standardOutput)
    {
        switch (format)
        {
            case "json":
                WriteJson(standardOutput);
                break;
            case "markdown":
                using (var writer = new StreamWriter(standardOutput, leaveOpen: true) { NewLine = "\n" })
                {
                    WriteMarkdown(writer);
                }

                break;
            default:
                WriteText(terminal);
                break;
        }
    }

    private static string Clean(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '\ufffd' : character));

    private static string Heading(string column) => JsonNamingPolicy.KebabCaseLower.ConvertName(column).Replace('-', ' ').ToUpperInvariant();

    private void WriteText(Terminal terminal)
    {
        ImmutableArray<string>[] rows = [[.. Columns.Select(Heading)], .. Rows.Select(row => row.Cells.Select(Clean).ToImmutableArray())];
        var widths = Enumerable.Range(0, Columns.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        for (var index = 0; index < rows.Length; index++)
        {
            var line = string.Join("  ", rows[index].Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
            var color = index == 0 ? Color.Bold : Rows[index - 1].Color;
            terminal.Output.WriteLine(color is { } shown ? terminal.Paint(line, shown) : line);
        }

        foreach (var (name, value) in Facts)
        {
            terminal.Output.WriteLine($"{Heading(name).ToLowerInvariant()}: {Clean(value)}");
        }
    }

    private void WriteMarkdown(TextWriter writer)
    {
        writer.WriteLine($"| {string.Join(" | ", Columns.Select(column => Heading(column).ToLowerInvariant()))} |");
        writer.WriteLine($"| {string.Join(" | ", Columns.Select(_ => "---"))} |");
        foreach (var row in Rows)
        {
            writer.WriteLine($"| {string.Join(" | ", row.Cells.Select(cell => Clean(cell).Replace("|", "\\|", StringComparison.Ordinal)))} |");
        }

        if (!Facts.IsEmpty)
        {
            writer.WriteLine();
        }

        foreach (var (name, value) in Facts)
        {
            writer.WriteLine($"* {Heading(name).ToLowerInvariant()}: {Clean(value)}");
        }
    }

    private void WriteJson(Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, PreviewJson.Options);
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteStartArray(Name);
        foreach (var row in Rows)
        {
            writer.WriteStartObject();
            foreach (var (column, cell) in Columns.Zip(row.Cells))
            {
                writer.WriteString(column, cell);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        foreach (var (name, value) in Facts)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }
}
