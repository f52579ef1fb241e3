using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>A service that has a Canton user of its own (B1).</summary>
/// <param name="Setting">Its name in settings.</param>
/// <param name="Name">The name of its OAuth client, its namespace and its service account.</param>
/// <param name="VariableSuffix">What its own variables end with.</param>
/// <param name="Description">What it does.</param>
/// <param name="HttpPort">What it listens on by its own configuration.</param>
/// <param name="MetricsPort">Where it shows metrics by its own configuration.</param>
internal sealed record CantonService(
    string Setting, string Name, string VariableSuffix, string Description, int HttpPort, int MetricsPort)
{
    /// <summary>Prepares and executes what users of the middleware submit.</summary>
    public static readonly CantonService ApiServer = new(
        "apiServer", "canton-mw-api-server", "API", "The middleware's API server: submits what its users have signed.", 8081, 9091);

    /// <summary>Bridges between the ledger and another chain.</summary>
    public static readonly CantonService Relayer = new(
        "relayer", "canton-mw-relayer", "RELAYER", "The middleware's relayer: submits as the operator's party.", 8080, 9090);

    /// <summary>Follows what happens on the ledger.</summary>
    public static readonly CantonService Indexer = new(
        "indexer", "canton-mw-indexer", "INDEXER", "The middleware's indexer: reads and never submits.", 8082, 9092);

    /// <summary>All that there are. Each has its client, its secret and its namespace, and shares none.</summary>
    public static ImmutableArray<CantonService> All { get; } = [ApiServer, Relayer, Indexer];
}
