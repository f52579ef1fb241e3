using CantonInfra.Infra.Components.Identity;

namespace CantonInfra.Infra.Settings;

/// <summary>The middleware's indexer, <c>canton-infra:services.indexer</c> (B1, B5, B8).</summary>
/// <param name="IsEnabled"><c>.enabled</c>: whether the environment has it; true.</param>
/// <param name="SecretGeneration">
/// <c>.secretGeneration</c>: the number of its client's secret; another number makes another secret, and touches nothing of other
/// services (B8); 1. Only where the program manages the identity provider.
/// </param>
internal sealed record IndexerSettings(bool IsEnabled, int SecretGeneration)
    : CantonServiceSettings(CantonService.Indexer, IsEnabled, SecretGeneration)
{
    /// <summary>Reads them.</summary>
    public static IndexerSettings Read(SettingNode node) => new(ReadEnabled(node), ReadGeneration(node));
}
