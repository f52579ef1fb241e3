using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences.Files;
using CantonInfra.Tools.Differences.Saved;

namespace CantonInfra.Tools.Differences.Sources;

/// <summary>Previews the stacks of a project as it was and as it is.</summary>
/// <param name="clock">The clock.</param>
/// <param name="environment">Gives an environment variable or null.</param>
/// <param name="policyPacks">The policy packs that judge both sides: those of the present project.</param>
/// <param name="progress">Is told what goes on.</param>
internal sealed class ProjectComparison(
    TimeProvider clock, Func<string, string?> environment, ImmutableArray<string> policyPacks, IProgress<PreviewProgress> progress)
{
    /// <summary>Compares.</summary>
    /// <param name="former">The project as it was; null where there was none.</param>
    /// <param name="present">The project as it is.</param>
    /// <param name="only">The stacks to look at; all that there were or are where none is named.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ConfigurationException">A named stack is on neither side.</exception>
    public async Task<SavedComparison> CompareAsync(
        BaseProject former, ProjectFile present, ImmutableArray<string> only, CancellationToken cancellation)
    {
        var before = former.Project?.StackNames ?? [];
        var known = before.Union(present.StackNames).Order(StringComparer.Ordinal).ToImmutableArray();
        if (only.Where(stack => !known.Contains(stack)).ToArray() is [_, ..] unknown)
        {
            throw new ConfigurationException([.. unknown.Select(stack => Diagnostic.Error(
                "stack-unknown", $"There is no stack '{stack}' before or after. Known stacks: {string.Join(", ", known)}."))]);
        }

        var stacks = ImmutableArray.CreateBuilder<SavedStack>();
        foreach (var stack in only.IsEmpty ? known : only)
        {
            progress.Report(new PreviewProgress($"Comparing {stack}"));
            var formerSide = former.Project is { } project && before.Contains(stack) ? await PreviewAsync(project, stack, cancellation) : null;
            var presentSide = present.StackNames.Contains(stack) ? await PreviewAsync(present, stack, cancellation) : null;
            var settings = SettingChange.Compare(TextOf(former.Project?.StackFilePath(stack)), TextOf(present.StackFilePath(stack)));
            stacks.Add(new SavedStack(stack, formerSide, presentSide, Masked(settings, formerSide, presentSide)));
        }

        return new SavedComparison(
            former.Commit,
            former.PresentCommit,
            former.IsCodeChange,
            new PolicyFiles(
                TextOf(former.Project, PolicyFiles.LimitsPath),
                TextOf(present, PolicyFiles.LimitsPath),
                TextOf(former.Project, PolicyFiles.WaiversPath),
                TextOf(present, PolicyFiles.WaiversPath))
            {
                FormerRules = TextOf(former.Project, PolicyFiles.RulesPath),
                PresentRules = TextOf(present, PolicyFiles.RulesPath),
                ChangedRules = former.ChangedRules,
            },
            stacks.DrainToImmutable());
    }

    // A setting that the program makes a secret of is one, although the file has it in clear.
    private static ImmutableArray<SettingChange> Masked(ImmutableArray<SettingChange> settings, params PreviewSide?[] sides)
    {
        if (settings.IsEmpty)
        {
            return settings;
        }

        var mask = sides.SelectMany(side => side?.Plan.Resources ?? []).Aggregate(SecretMask.None, (mask, resource) => mask.With(resource.Inputs));
        return [.. settings.Select(setting => setting with { Former = Apply(setting.Former), Present = Apply(setting.Present) })];

        string? Apply(string? text) => text is null ? null : mask.Apply(text);
    }

    private static string? TextOf(ProjectFile? project, string path) => TextOf(project is null ? null : Path.Combine(project.RootDirectory, path));

    private static string? TextOf(string? path) => File.Exists(path) ? File.ReadAllText(path) : null;

    private async Task<PreviewSide> PreviewAsync(ProjectFile project, string stack, CancellationToken cancellation)
    {
        try
        {
            var configuration = StackConfiguration.Load(project, stack, [], environment);
            var result = await new PreviewEngine(clock).PreviewAsync(new PreviewRequest(configuration, policyPacks), null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return PreviewSide.Of(result);
        }
        catch (ConfigurationException exception)
        {
            return PreviewSide.Misconfigured(project.Name, stack, exception);
        }
    }
}
