using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>A service that has a Canton user of its own (B1).</summary>
/// <param name="Name">The service's name, also that of its namespace and service account.</param>
/// <param name="ClientId">Its OAuth client.</param>
/// <param name="VariableSuffix">What its own variables end with.</param>
/// <param name="Description">What it does.</param>
internal sealed record CantonService(string Name, string ClientId, string VariableSuffix, string Description)
{
    /// <summary>Prepares and executes what users of the middleware submit.</summary>
    public static readonly CantonService ApiServer = new(
        "canton-api-server", "canton-mw-api-server", "API", "The middleware's API server.");

    /// <summary>The services of an environment. Each has its client, its secret and its namespace, and shares none.</summary>
    public static ImmutableArray<CantonService> All { get; } = [ApiServer];
}
