using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Services;

namespace CantonInfra.Infra.Settings;

/// <summary>The middleware's API server, <c>canton-infra:services.apiServer</c> (B1, B5, B8).</summary>
/// <param name="IsEnabled"><c>.enabled</c>: whether the environment has it; true.</param>
/// <param name="SecretGeneration">
/// <c>.secretGeneration</c>: the number of its client's secret; another number makes another secret, and touches nothing of other
/// services (B8); 1. Only where the program manages the identity provider.
/// </param>
/// <param name="Image">
/// <c>.image</c>: the image that runs, with tag and digest; none where others deploy it, and all else stands ready.
/// <c>.variables[]</c>: a list of name and value: variables that are not secret; none. <c>.variablesSecret</c>: a secret of the service's
/// namespace whose values are variables too; none. <c>.replicas</c>: how many pods; 2.
/// </param>
/// <param name="Reach">
/// <c>.hosts</c>: the hosts on the internet that it reaches by HTTPS, such as a node of another chain; none. <c>.addresses[].name</c>: what
/// else it connects to, such as its database, by a name; none. <c>.addresses[].addressPrefix</c>: its addresses, an IPv4 network outside
/// of the environment's. <c>.addresses[].port</c>: the port there.
/// </param>
internal sealed record ApiServerSettings(bool IsEnabled, int SecretGeneration, ServiceImage? Image, ServiceReachSettings Reach)
    : CantonServiceSettings(CantonService.ApiServer, IsEnabled, SecretGeneration, Image, Reach)
{
    private const int MostReplicas = 10;

    /// <summary>Reads them.</summary>
    /// <param name="node">The service.</param>
    /// <param name="addressSpaces">The environment's own networks.</param>
    public static ApiServerSettings Read(SettingNode node, ImmutableArray<string> addressSpaces) =>
        new(ReadEnabled(node), ReadGeneration(node), ServiceImageSettings.Read(node, MostReplicas), ServiceReachSettings.Read(node, addressSpaces));
}
