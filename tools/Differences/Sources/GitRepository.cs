using System.Collections.Immutable;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Tools.Diagnosis;

namespace CantonInfra.Tools.Differences.Sources;

/// <summary>The repository that a project is in, by the installed git.</summary>
internal sealed class GitRepository
{
    // Nothing that a checkout could run may run.
    private static readonly string[] Quiet = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"];

    private readonly ICommandProbe _probe;

    private GitRepository(ICommandProbe probe, string root)
    {
        _probe = probe;
        Root = root;
    }

    /// <summary>The work tree's folder, as an absolute path.</summary>
    public string Root { get; }

    /// <summary>Opens the repository of a folder.</summary>
    /// <exception cref="ConfigurationException">There is none, or no git.</exception>
    public static async Task<GitRepository> OpenAsync(ICommandProbe probe, string directory, CancellationToken cancellation)
    {
        var answer = await probe.AskAsync("git", ["rev-parse", "--show-toplevel"], directory, cancellation)
            ?? throw Wrong("git-missing", "Comparing with another commit needs git, which is not on the PATH.");
        return answer.ExitCode == 0
            ? new GitRepository(probe, Path.GetFullPath(answer.Output.Trim()))
            : throw Wrong("git-repository", $"'{directory}' is in no git repository, so there is nothing to compare with.");
    }

    /// <summary>The commit to compare with: where the present one left the history of a reference.</summary>
    /// <param name="reference">A branch, tag or commit.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ConfigurationException">There is no such commit.</exception>
    public async Task<string> BaseOfAsync(string reference, CancellationToken cancellation)
    {
        var commit = await AskAsync(cancellation, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{reference}^{{commit}}")
            ?? throw Wrong("git-base", $"There is no commit '{reference}' here. Fetch it first: git fetch origin, with its history (fetch-depth: 0).");
        var fork = await AskAsync(cancellation, "merge-base", commit.Trim(), "HEAD");
        return (fork ?? commit).Trim();
    }

    /// <summary>The present commit; empty where something is not committed.</summary>
    public async Task<string> PresentCommitAsync(CancellationToken cancellation)
    {
        var changes = await AskAsync(cancellation, "status", "--porcelain");
        return changes is { Length: 0 } ? (await AskAsync(cancellation, "rev-parse", "HEAD") ?? "").Trim() : "";
    }

    /// <summary>The files that differ between a commit and the work tree, from the repository's root.</summary>
    public async Task<ImmutableArray<string>> ChangedFilesAsync(string commit, CancellationToken cancellation)
    {
        var changed = await AskAsync(cancellation, "diff", "--name-only", "--no-renames", "-z", commit, "--") ?? "";
        var added = await AskAsync(cancellation, "ls-files", "--others", "--exclude-standard", "-z") ?? "";
        return [.. (changed + added).Split('\0', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Brings a commit into a folder of its own; what was built there before stays.</summary>
    /// <exception cref="ConfigurationException">It cannot be brought there.</exception>
    public async Task CheckOutAsync(string commit, string directory, CancellationToken cancellation)
    {
        if (File.Exists(Path.Combine(directory, ".git")) && await _probe.AskAsync(
            "git", [.. Quiet, "checkout", "--quiet", "--force", "--detach", commit], directory, cancellation) is { ExitCode: 0 })
        {
            await _probe.AskAsync("git", [.. Quiet, "clean", "--quiet", "--force", "-d"], directory, cancellation);
            return;
        }

        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        await AskAsync(cancellation, "worktree", "prune");
        if (await AskAsync(cancellation, "worktree", "add", "--quiet", "--force", "--detach", directory, commit) is null)
        {
            throw Wrong("git-worktree", $"The commit {commit} cannot be checked out into '{directory}'.");
        }
    }

    private static ConfigurationException Wrong(string id, string message) => new(Diagnostic.Error(id, message));

    // Null where git fails.
    private async Task<string?> AskAsync(CancellationToken cancellation, params string[] arguments) =>
        await _probe.AskAsync("git", [.. Quiet, .. arguments], Root, cancellation) is { ExitCode: 0 } answer ? answer.Output : null;
}
