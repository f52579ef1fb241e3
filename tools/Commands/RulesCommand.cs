using System.Text;
using System.Text.Json;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Policies;
using CantonInfra.Engine.Projects;
using CantonInfra.Reports.Rules;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Rules;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Shows the rules of a policy pack, asked of the pack itself.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="standardOutput">Standard output as bytes, for JSON and Markdown.</param>
internal sealed class RulesCommand(Terminal terminal, Stream standardOutput)
{
    /// <summary>The formats, the first of them by default.</summary>
    public static readonly string[] Formats = ["text", "json", "markdown"];

    /// <summary>Runs the command.</summary>
    /// <param name="id">The rule to show; null for all.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="directory">The project's folder.</param>
    /// <param name="pack">The pack's folder; null for the project's <c>policy</c> folder.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string? id, string format, string directory, string? pack, CancellationToken cancellation)
    {
        try
        {
            var folder = pack ?? Path.Combine(ProjectFile.Load(directory).RootDirectory, "policy");
            var json = await PolicyCatalogueSource.ReadAsync(folder, new ProgressLine(terminal), cancellation);
            var catalogue = RuleCatalogue.Parse(json);
            var rule = id is null ? null : catalogue.Rules.FirstOrDefault(each => each.Id == id) ?? throw Unknown(id, catalogue);
            switch (format)
            {
                case "json":
                    await WriteAsync(rule is null ? json : Only(json, rule.Id), cancellation);
                    break;
                case "markdown":
                    await WriteAsync(rule is null ? RuleMarkdown.Index(catalogue) : RuleMarkdown.Page(rule), cancellation);
                    break;
                case "text" when rule is null:
                    RuleText.WriteList(terminal, catalogue);
                    break;
                default:
                    RuleText.WriteOne(terminal, rule!);
                    break;
            }

            return ExitCodes.Success;
        }
        catch (ConfigurationException exception)
        {
            return Fail(exception.Diagnostics, ExitCodes.Configuration);
        }
        catch (RunFailedException exception)
        {
            return Fail([exception.Diagnostic], ExitCodes.Error);
        }
        catch (JsonException)
        {
            return Fail([Diagnostic.Error("policy-catalogue", "What the pack printed is not a catalogue of rules.")], ExitCodes.Error);
        }
    }

    private static ConfigurationException Unknown(string id, RuleCatalogue catalogue) => new(Diagnostic.Error(
        "rule-unknown", $"There is no rule '{id}'. There are: {string.Join(", ", catalogue.Rules.Select(rule => rule.Id))}."));

    private static string Only(string json, string id)
    {
        using var document = JsonDocument.Parse(json);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, PreviewJson.Options))
        {
            document.RootElement.GetProperty("rules").EnumerateArray()
                .First(rule => rule.GetProperty("id").GetString() == id).WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private async Task WriteAsync(string text, CancellationToken cancellation)
    {
        await standardOutput.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await standardOutput.FlushAsync(cancellation);
    }

    private int Fail(IEnumerable<Diagnostic> diagnostics, int exitCode)
    {
        foreach (var diagnostic in diagnostics)
        {
            terminal.Error.WriteLine(DiagnosticText.Of(terminal.WithoutColors(), diagnostic));
        }

        return exitCode;
    }
}
