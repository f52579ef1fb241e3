using System.Globalization;
using System.Text.Json;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;
using CantonInfra.Tools.Deployment;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Divides a first deployment into phases, each a list of targets for the Pulumi CLI.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="standardOutput">Standard output as bytes, for JSON.</param>
/// <param name="environment">Gives an environment variable or null.</param>
/// <param name="clock">The clock.</param>
internal sealed class PhasesCommand(
    Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock)
{
    /// <summary>Runs the command.</summary>
    /// <param name="directory">The project's folder, or one below it.</param>
    /// <param name="stack">The stack's name; null where none was given.</param>
    /// <param name="targets">The phase to write as options of the CLI; null for the table of all.</param>
    /// <param name="json">Where JSON goes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string directory, string? stack, string? targets, JsonTarget json, CancellationToken cancellation)
    {
        try
        {
            var project = ProjectFile.Load(directory);
            var configuration = StackConfiguration.Load(project, stack ?? throw Missing(project), [], environment);
            var result = await new PreviewEngine(clock).PreviewAsync(
                new PreviewRequest(configuration, []), new ProgressLine(terminal), cancellation);
            if (result.Outcome != PreviewOutcome.Succeeded)
            {
                throw new ConfigurationException([.. result.Diagnostics]);
            }

            var plan = PhasedPlan.Create(result.Plan);
            if (targets is not null)
            {
                WriteTargets(plan, targets);
                return ExitCodes.Success;
            }

            json.Write(standardOutput, stream => WriteJson(stream, plan));
            if (!json.TakesOutput)
            {
                WriteText(plan);
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

    private static ConfigurationException Missing(ProjectFile project) => new(Diagnostic.Error(
        "stack-missing", $"Name the stack with --stack. Known stacks: {string.Join(", ", project.StackNames)}."));

    private static void WriteJson(Stream stream, PhasedPlan plan)
    {
        using var writer = new Utf8JsonWriter(stream, PreviewJson.Options);
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteStartArray("phases");
        foreach (var (phase, urns) in plan.Phases)
        {
            writer.WriteStartObject();
            writer.WriteString("id", phase.Id);
            writer.WriteString("where", phase.Where);
            writer.WriteString("before", phase.Before);
            writer.WriteStartArray("targets");
            foreach (var urn in urns)
            {
                writer.WriteStringValue(urn);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    // One option a line: a shell takes them as words of a command.
    private void WriteTargets(PhasedPlan plan, string id)
    {
        var (phase, urns) = plan.Phases.FirstOrDefault(entry => entry.Phase.Id == id);
        if (phase is null)
        {
            throw new ConfigurationException(Diagnostic.Error(
                "phase-unknown",
                $"This stack has no phase '{id}'; its phases: {string.Join(", ", plan.Phases.Select(entry => entry.Phase.Id))}."));
        }

        foreach (var urn in urns)
        {
            terminal.Output.WriteLine($"--target {urn}");
        }
    }

    private void WriteText(PhasedPlan plan)
    {
        foreach (var (phase, urns) in plan.Phases)
        {
            terminal.Output.WriteLine(terminal.Paint(
                string.Create(CultureInfo.InvariantCulture, $"{phase.Id}: {urns.Length} resources"), Color.Bold));
            terminal.Output.WriteLine($"    before  {phase.Before}");
            terminal.Output.WriteLine($"    from    {phase.Where}");
        }
    }
}
