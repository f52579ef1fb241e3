using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Services;

namespace CantonInfra.Infra.Settings;

/// <summary>What every service has.</summary>
/// <param name="Service">The service.</param>
/// <param name="IsEnabled">Whether the environment has it.</param>
/// <param name="SecretGeneration">The number of its client's secret; another one is another secret.</param>
/// <param name="Image">What runs; null where others deploy it.</param>
/// <param name="Reach">What it connects to outside the environment.</param>
internal abstract record CantonServiceSettings(
    CantonService Service, bool IsEnabled, int SecretGeneration, ServiceImage? Image, ServiceReachSettings Reach)
{
    /// <summary>The highest number of a secret.</summary>
    public const int MostGenerations = 100_000;

    /// <summary>Reads whether there is a service, on unless turned off.</summary>
    /// <param name="node">The service.</param>
    protected static bool ReadEnabled(SettingNode node) => node.Member("enabled").Boolean(fallback: true);

    /// <summary>Reads the number of its client's secret.</summary>
    /// <param name="node">The service.</param>
    protected static int ReadGeneration(SettingNode node) => node.Member("secretGeneration").Integer(1, MostGenerations, 1);
}
