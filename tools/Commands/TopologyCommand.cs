using System.Text;
using System.Text.Json;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Sources;
using CantonInfra.Reports.Topology;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Draws a stack as boxes in boxes.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="standardOutput">Standard output as bytes.</param>
/// <param name="environment">Gives an environment variable or null.</param>
/// <param name="clock">The clock.</param>
internal sealed class TopologyCommand(
    Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock)
{
    /// <summary>The kind of graph.</summary>
    public const string Kind = "topology";

    /// <summary>The formats, the first of them by default.</summary>
    public static readonly string[] Formats = ["svg", "mermaid", "json"];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(GraphOptions options, CancellationToken cancellation)
    {
        try
        {
            if (options.Plan is { } file)
            {
                await WriteAsync(PlanFile.Load(file), options.Format, cancellation);
                return ExitCodes.Success;
            }

            var project = ProjectFile.Load(options.Directory);
            var stack = options.Stack ?? throw new ConfigurationException(Diagnostic.Error(
                "stack-missing", $"Name the stack with --stack. Known stacks: {string.Join(", ", project.StackNames)}."));
            var (run, exitCode) = await new StackPreviews(terminal, environment, clock).RunAsync(
                project, stack, [], [], ComponentSources.None, cancellation);
            if (run is null)
            {
                return exitCode;
            }

            await WriteAsync(run.Plan, options.Format, cancellation);
            return ExitCodes.Success;
        }
        catch (ConfigurationException exception)
        {
            foreach (var diagnostic in exception.Diagnostics)
            {
                terminal.Error.WriteLine(DiagnosticText.Of(terminal.WithoutColors(), diagnostic));
            }

            return ExitCodes.Configuration;
        }
    }

    private async Task WriteAsync(Plan plan, string format, CancellationToken cancellation)
    {
        var box = TopologyBuilder.Build(new PlanIndex(plan));
        if (format == "json")
        {
            await using (var writer = new Utf8JsonWriter(standardOutput, PreviewJson.Options))
            {
                TopologyJson.Write(writer, box, position => plan.Resources[position].Urn);
            }

            standardOutput.WriteByte((byte)'\n');
        }
        else
        {
            var text = format == "svg" ? TopologySvg.Write(box, isInPage: false) : TopologyMermaid.Write(box);
            await standardOutput.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        }

        await standardOutput.FlushAsync(cancellation);
    }
}
