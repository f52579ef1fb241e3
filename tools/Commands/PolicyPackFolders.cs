using System.Collections.Immutable;
using CantonInfra.Engine.Projects;

namespace CantonInfra.Tools.Commands;

/// <summary>Which policy packs judge a project.</summary>
internal static class PolicyPackFolders
{
    private const string Default = "policy";

    /// <summary>The packs that are named, else the project's own where it has one.</summary>
    public static ImmutableArray<string> Of(ImmutableArray<string> named, ProjectFile project)
    {
        if (named.Length > 0)
        {
            return named;
        }

        var pack = Path.Combine(project.RootDirectory, Default);
        return File.Exists(Path.Combine(pack, "PulumiPolicy.yaml")) ? [Path.GetRelativePath(Directory.GetCurrentDirectory(), pack)] : [];
    }
}
