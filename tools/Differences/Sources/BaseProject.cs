using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Differences.Files;

namespace CantonInfra.Tools.Differences.Sources;

/// <summary>The project as it was at another commit.</summary>
/// <param name="Project">The project; null where there was none.</param>
/// <param name="Commit">The commit.</param>
/// <param name="PresentCommit">The commit of the present project; empty for files that are not committed.</param>
/// <param name="IsCodeChange">Whether the program differs from the present one.</param>
internal sealed record BaseProject(ProjectFile? Project, string Commit, string PresentCommit, bool IsCodeChange)
{
    /// <summary>The files that rules are made of and that differ, from the project's folder.</summary>
    public ImmutableArray<string> ChangedRules { get; init; } = [];

    // Below the project, which ignores it: what is built there is of use the next time.
    private const string Place = ".cache/base";

    // Says which commit was built there.
    private const string Stamp = ".cache/base.built";

    /// <summary>Brings the project of another commit beside the present one, and builds its program if that differs.</summary>
    /// <param name="present">The present project.</param>
    /// <param name="reference">A branch, tag or commit.</param>
    /// <param name="git">Runs git.</param>
    /// <param name="builder">Runs the build, which takes longer.</param>
    /// <param name="progress">Is told what goes on.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ConfigurationException">There is no such commit, or its program cannot be built.</exception>
    public static async Task<BaseProject> PrepareAsync(
        ProjectFile present,
        string reference,
        ICommandProbe git,
        ICommandProbe builder,
        IProgress<PreviewProgress> progress,
        CancellationToken cancellation)
    {
        var repository = await GitRepository.OpenAsync(git, present.RootDirectory, cancellation);
        var commit = await repository.BaseOfAsync(reference, cancellation);
        var head = await repository.PresentCommitAsync(cancellation);
        var place = Path.GetRelativePath(repository.Root, present.RootDirectory).Replace('\\', '/');
        var prefix = place == "." ? "" : $"{place}/";
        var changed = await repository.ChangedFilesAsync(commit, cancellation);
        var isCodeChange = changed.Any(file => !file.StartsWith(prefix, StringComparison.Ordinal) || ProgramSources.Has(file[prefix.Length..]));

        ImmutableArray<string> rules =
        [
            .. changed.Where(file => file.StartsWith(prefix, StringComparison.Ordinal)).Select(file => file[prefix.Length..]).Where(PolicyFiles.IsOfRules),
        ];

        progress.Report(new PreviewProgress($"Checking out {commit[..Math.Min(commit.Length, 9)]}"));
        var directory = Path.Combine(present.RootDirectory, Place);
        await repository.CheckOutAsync(commit, directory, cancellation);
        var root = Path.Combine(directory, place);
        if (!File.Exists(Path.Combine(root, "Pulumi.yaml")))
        {
            return new BaseProject(null, commit, head, isCodeChange) { ChangedRules = rules };
        }

        var project = ProjectFile.Load(root);
        if (!isCodeChange)
        {
            // The same program with other settings: what is built already does for both.
            return new BaseProject(
                project with { ProgramDirectory = present.ProgramDirectory, ProviderPlugins = present.ProviderPlugins }, commit, head, isCodeChange)
            {
                ChangedRules = rules,
            };
        }

        await BuildAsync(project, commit, Path.Combine(present.RootDirectory, Stamp), builder, progress, cancellation);
        return new BaseProject(project, commit, head, isCodeChange) { ChangedRules = rules };
    }

    private static async Task BuildAsync(
        ProjectFile project,
        string commit,
        string stamp,
        ICommandProbe builder,
        IProgress<PreviewProgress> progress,
        CancellationToken cancellation)
    {
        if (project.Runtime != "dotnet" || project.RuntimeOptions.ContainsKey("binary") || (File.Exists(stamp) && await File.ReadAllTextAsync(stamp, cancellation) == commit))
        {
            return;
        }

        File.Delete(stamp);
        foreach (var directory in project.ProviderPlugins.Values.Prepend(project.ProgramDirectory).ToImmutableSortedSet(StringComparer.Ordinal))
        {
            progress.Report(new PreviewProgress($"Building {Path.GetRelativePath(project.RootDirectory, directory)} of the base"));
            var answer = await builder.AskAsync(
                "dotnet",
                ["build", directory, "--configuration", "Release", "--nologo", "--verbosity", "quiet", "-clp:NoSummary"],
                project.RootDirectory,
                cancellation);
            if (answer is not { ExitCode: 0 })
            {
                throw new ConfigurationException(Diagnostic.Error(
                    "base-build", $"The program of the base does not build, so there is nothing to compare with:\n{answer?.Output.Trim() ?? "it took too long"}"));
            }
        }

        await File.WriteAllTextAsync(stamp, commit, cancellation);
    }
}
