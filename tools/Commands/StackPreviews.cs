using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;
using CantonInfra.Infra.Settings;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Sources;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Previews stacks for what is made from whole plans; one that is not whole is no ground for a report.</summary>
/// <param name="terminal">Where to say why one is not.</param>
/// <param name="environment">Gives an environment variable or null.</param>
/// <param name="clock">The clock.</param>
internal sealed class StackPreviews(Terminal terminal, Func<string, string?> environment, TimeProvider clock)
{
    private const string KindKey = "canton-infra:kind";

    /// <summary>Previews a stack.</summary>
    /// <returns>The preview; null with an exit code where it has no whole plan, after saying so.</returns>
    public async Task<(StackRun? Run, int ExitCode)> RunAsync(
        ProjectFile project,
        string stack,
        ImmutableArray<string> config,
        ImmutableArray<string> packs,
        ComponentSources sources,
        CancellationToken cancellation)
    {
        var configuration = StackConfiguration.Load(project, stack, config, environment);
        var result = await new PreviewEngine(clock).PreviewAsync(
            new PreviewRequest(configuration, packs), new ProgressLine(terminal), cancellation);
        if (result.Outcome is not (PreviewOutcome.Succeeded or PreviewOutcome.PolicyViolation))
        {
            terminal.Error.WriteLine($"error: the stack {stack} has no whole plan, so nothing is made of it:");
            foreach (var diagnostic in result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning))
            {
                terminal.Error.WriteLine(DiagnosticText.Of(terminal.WithoutColors(), diagnostic));
            }

            return (null, PreviewCommand.ExitCodeOf(result.Outcome));
        }

        var kind = configuration.Entries.TryGetValue(KindKey, out var entry) && entry is { IsSecret: false, Text: { } text } ? text : "";
        var places = new StackSources(sources, SettingLocations.Read(project.RootDirectory, project.Name, stack));
        return (new StackRun(result.Plan, result.Policies, kind, places), ExitCodes.Success);
    }
}
