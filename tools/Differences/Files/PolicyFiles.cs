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

    /// <summary>No files on either side.</summary>
    public static PolicyFiles None { get; } = new(null, null, null, null);

    /// <summary>What is looser or permitted that was not, for these stacks and for others.</summary>
    public IEnumerable<Danger> Dangers(IEnumerable<string> stacks) =>
        LooserLimits.Find(FormerLimits, PresentLimits, stacks).Concat(NewWaivers.Find(FormerWaivers, PresentWaivers));
}
