using System.Text;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Saved;
using CantonInfra.Tools.Differences.Sources;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Rendering.Changes;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Shows what a change does to the stacks of a project.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="standardOutput">Standard output as bytes, for JSON and Markdown.</param>
/// <param name="environment">Gives an environment variable or null.</param>
/// <param name="clock">The clock.</param>
/// <param name="git">Runs git.</param>
/// <param name="builder">Runs builds.</param>
internal sealed class DiffCommand(
    Terminal terminal,
    Stream standardOutput,
    Func<string, string?> environment,
    TimeProvider clock,
    ICommandProbe git,
    ICommandProbe builder)
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(DiffOptions options, CancellationToken cancellation)
    {
        var shown = options.NoColor ? terminal.WithoutColors() : terminal;
        try
        {
            var report = await ReportAsync(options, shown, cancellation);
            options.Json.Write(standardOutput, stream => ChangeJson.Write(stream, report));
            if (options.Sarif is { } sarif)
            {
                OutputFile.Write(sarif, stream => ChangeSarif.Write(stream, report));
            }

            if (!options.Json.TakesOutput)
            {
                Show(options.Format, shown, report);
            }

            return options.Base is null ? ExitCodes.Success : ExitCodeOf(report);
        }
        catch (ConfigurationException exception)
        {
            foreach (var diagnostic in exception.Diagnostics)
            {
                shown.Error.WriteLine(DiagnosticText.Of(shown with { HasColors = false }, diagnostic));
            }

            options.Json.WriteFailure(standardOutput, exception.Diagnostics);
            return ExitCodes.Configuration;
        }
    }

    // As a preview's: what was reported from elsewhere has been judged there.
    private static int ExitCodeOf(ChangeReport report) => report.Stacks switch
    {
        var stacks when stacks.Any(stack => stack.HasFailed) => ExitCodes.Error,
        var stacks when stacks.Any(stack => stack.IsRefused) => ExitCodes.PolicyViolation,
        _ => ExitCodes.Success,
    };

    private void Show(string format, Terminal shown, ChangeReport report)
    {
        switch (format)
        {
            case "json":
                ChangeJson.Write(standardOutput, report);
                break;
            case "markdown":
                standardOutput.Write(Encoding.UTF8.GetBytes(ChangeComment.Write(report)));
                break;
            default:
                ChangeText.Write(shown, report);
                break;
        }
    }

    private async Task<ChangeReport> ReportAsync(DiffOptions options, Terminal shown, CancellationToken cancellation)
    {
        var sources = (options.Base is null ? 0 : 1) + (options.Saved is null ? 0 : 1) + (options.PulumiPreviews.IsEmpty ? 0 : 1);
        if (sources != 1)
        {
            throw new ConfigurationException(Diagnostic.Error(
                "diff-source", "Say what to compare with, one of: --base REF, --saved DIR, --pulumi-json FILE."));
        }

        if (options.Saved is { } saved)
        {
            return ComparisonFolder.Load(saved).Report();
        }

        return options.Base is { } reference
            ? await CompareAsync(options, reference, shown, cancellation)
            : PulumiPreview.Load(options.PulumiPreviews, "");
    }

    private async Task<ChangeReport> CompareAsync(DiffOptions options, string reference, Terminal shown, CancellationToken cancellation)
    {
        var progress = new ProgressLine(shown);
        var present = ProjectFile.Load(options.Directory);
        var former = await BaseProject.PrepareAsync(present, reference, git, builder, progress, cancellation);
        var packs = options.NoPolicy ? [] : PolicyPackFolders.Of([], present);
        var comparison = await new ProjectComparison(clock, environment, packs, progress).CompareAsync(former, present, options.Stacks, cancellation);
        if (options.Save is { } directory)
        {
            ComparisonFolder.Save(directory, comparison);
        }

        return comparison.Report();
    }
}
