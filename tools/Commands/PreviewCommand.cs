using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Dangers;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Shows what a stack would deploy and what the policies say of it.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="standardOutput">Standard output as bytes, for JSON.</param>
/// <param name="environment">Gives an environment variable or null.</param>
/// <param name="clock">The clock.</param>
internal sealed class PreviewCommand(
    Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock)
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(PreviewOptions options, CancellationToken cancellation)
    {
        var shown = options.NoColor ? terminal.WithoutColors() : terminal;
        try
        {
            return await PreviewAsync(options, shown, cancellation);
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

    /// <summary>The exit code that stands for how a preview ended.</summary>
    internal static int ExitCodeOf(PreviewOutcome outcome) => outcome switch
    {
        PreviewOutcome.Succeeded => ExitCodes.Success,
        PreviewOutcome.PolicyViolation => ExitCodes.PolicyViolation,
        PreviewOutcome.ConfigurationError => ExitCodes.Configuration,
        PreviewOutcome.Cancelled => ExitCodes.Cancelled,
        _ => ExitCodes.Error,
    };

    private async Task<int> PreviewAsync(PreviewOptions options, Terminal shown, CancellationToken cancellation)
    {
        var project = ProjectFile.Load(options.Directory);
        var stack = options.Stack ?? throw new ConfigurationException(Diagnostic.Error(
            "stack-missing", $"Name the stack with --stack. Known stacks: {string.Join(", ", project.StackNames)}."));
        var configuration = StackConfiguration.Load(project, stack, options.Config, environment);
        var earlier = options.Against is { } against ? PlanFile.Load(against) : null;

        var request = new PreviewRequest(configuration, PolicyPacksOf(options, project))
        {
            PolicyConfigurations = PolicyConfigurationsOf(options),
        };
        var result = await new PreviewEngine(clock).PreviewAsync(request, new ProgressLine(shown), cancellation);

        // Half a plan is no change: what was not declared yet is not deleted.
        var isWhole = result.Outcome is PreviewOutcome.Succeeded or PreviewOutcome.PolicyViolation;
        var difference = PlanDifference.Create(result.Plan, isWhole ? earlier : null);

        // Without an earlier plan everything is new, and looking for dangers would take a tenth of the preview.
        var dangers = difference.Earlier is null ? [] : DangerSearch.Find(difference);

        options.Json.Write(standardOutput, stream => PreviewJson.Write(stream, result, difference, dangers));
        if (!options.Json.TakesOutput)
        {
            PreviewText.Write(shown, result, difference, dangers);
        }

        if (options.SavePlan is { } file && isWhole)
        {
            PlanFile.Save(file, result.Plan);
        }

        return result.Outcome == PreviewOutcome.Succeeded && dangers.Any(danger => danger.IsRefused)
            ? ExitCodes.PolicyViolation
            : ExitCodeOf(result.Outcome);
    }

    private static ImmutableArray<string> PolicyPacksOf(PreviewOptions options, ProjectFile project) =>
        options.NoPolicy ? [] : PolicyPackFolders.Of(options.PolicyPacks, project);

    // As the Pulumi CLI takes them: by position, so that each file is seen to be for one pack.
    private static ImmutableArray<string> PolicyConfigurationsOf(PreviewOptions options) =>
        (options.PolicyConfigurations.Length, options.PolicyPacks.Length, options.NoPolicy) switch
        {
            (0, _, _) => [],
            (_, 0, _) or (_, _, true) => throw new ConfigurationException(Diagnostic.Error(
                "policy-config", "--policy-pack-config needs --policy-pack, which says which pack it is for.")),
            var (configurations, packs, _) when configurations != packs => throw new ConfigurationException(Diagnostic.Error(
                "policy-config",
                "There must be one --policy-pack-config for each --policy-pack, in the same order; an empty file sets nothing.")),
            _ => options.PolicyConfigurations,
        };
}
