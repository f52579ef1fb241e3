using System.Collections.Immutable;
using CantonInfra.Tools.Differences.Dangers;

namespace CantonInfra.Tools.Differences.Files;

/// <summary>The files beside the policies that bound and permit, before and after.</summary>
/// <param name="FormerLimits">limits.yaml as it was; null where there was none.</param>
/// <param name="PresentLimits">limits.yaml as it is; null where there is none.</param>
/// <param name="FormerWaivers">waivers.yaml as it was; null where there was none.</param>
/// <param name="PresentWaivers">waivers.yaml as it is; null where there is none.</param>
internal sealed record PolicyFiles(string? FormerLimits, string? PresentLimits, string? FormerWaivers, string? PresentWaivers)
{
    /// <summary>Where the limits are, from the project's folder.</summary>
    public const string LimitsPath = "policy/limits.yaml";

    /// <summary>Where the waivers are, from the project's folder.</summary>
    public const string WaiversPath = "policy/waivers.yaml";

    /// <summary>Where the catalogue of rules is, from the project's folder.</summary>
    public const string RulesPath = "docs/rules/README.md";

    // What rules are made of.
    private static readonly string[] Sources = ["policy/", "sdk/PolicySdk/"];

    /// <summary>No files on either side.</summary>
    public static PolicyFiles None { get; } = new(null, null, null, null);

    /// <summary>The catalogue of rules as it was; null where there was none.</summary>
    public string? FormerRules { get; init; }

    /// <summary>The catalogue of rules as it is; null where there is none.</summary>
    public string? PresentRules { get; init; }

    /// <summary>The files that rules are made of and that differ, from the project's folder.</summary>
    public ImmutableArray<string> ChangedRules { get; init; } = [];

    /// <summary>Whether rules are made of a file.</summary>
    /// <param name="path">The file, from the project's folder.</param>
    public static bool IsOfRules(string path) =>
        Sources.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) && path is not (LimitsPath or WaiversPath);

    /// <summary>What is looser or permitted that was not, for these stacks and for others.</summary>
    public IEnumerable<Danger> Dangers(IEnumerable<string> stacks) =>
        LooserLimits.Find(FormerLimits, PresentLimits, stacks)
            .Concat(NewWaivers.Find(FormerWaivers, PresentWaivers))
            .Concat(LooserRules.Find(FormerRules, PresentRules, ChangedRules));
}
