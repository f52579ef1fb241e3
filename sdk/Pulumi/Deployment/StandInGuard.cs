namespace Pulumi;

/// <summary>
/// Keeps this stand-in for the official SDK out of real deployments: under an engine other than ours it warns, and lets an
/// update pass only where that is allowed explicitly.
/// </summary>
internal sealed class StandInGuard(Deployment deployment, bool isAllowed)
{
    public const string AllowVariable = "CANTON_INFRA_ALLOW_LOCAL_SDK";

    private const string Advice =
        "Build it with PulumiSdk=nuget, or use './canton-infra pulumi up', which does.";

    /// <summary>Whether the program may run; where it may not, the user has been told.</summary>
    public async Task<bool> PassAsync()
    {
        if (await deployment.Features.SupportsAsync(Features.OwnEngine).ConfigureAwait(false))
        {
            return true;
        }

        if (deployment.IsDryRun || isAllowed)
        {
            deployment.Logger.Warn(
                $"This program is built with canton-infra's stand-in for the Pulumi SDK, which is meant for previews and tests. {Advice}");
            return true;
        }

        deployment.Logger.Error(
            "This program is built with canton-infra's stand-in for the Pulumi SDK, which is not meant for real updates. "
            + $"{Advice} To update with the stand-in all the same, set {AllowVariable}=1.");
        return false;
    }
}
