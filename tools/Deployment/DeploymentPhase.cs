using System.Collections.Immutable;

namespace CantonInfra.Tools.Deployment;

/// <summary>A part of a first deployment: what can be deployed before something outside the program has to be done.</summary>
/// <param name="Id">The name on the command line.</param>
/// <param name="Where">From where it can be deployed.</param>
/// <param name="Before">What must be so before it begins.</param>
/// <param name="Providers">The providers whose resources begin here, by package; those of all others begin in the first phase.</param>
/// <param name="Types">The types that begin here whatever their provider says.</param>
internal sealed record DeploymentPhase(
    string Id, string Where, string Before, ImmutableArray<string> Providers, ImmutableArray<string> Types)
{
    private const string Anywhere = "anywhere";
    private const string Inside = "the runner, or another machine in the network";

    /// <summary>All phases in their order.</summary>
    public static ImmutableArray<DeploymentPhase> All { get; } =
    [
        new("platform", Anywhere, "The state backend exists; az login.", ["azure-native", "random"], []),
        new("inside", Inside, "The network reaches the API server and the databases.", ["kubernetes", "postgresql"], []),
        new(
            "extensions",
            Inside,
            "The database servers in the output serversPendingRestart have been restarted.",
            [],
            ["postgresql:index/extension:Extension"]),
        new("identity", Inside, "The identity provider answers.", ["keycloak", "auth0"], []),
        new("ledger", Inside, "The participants answer.", ["canton"], []),
    ];
}
