using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary>The validator of an environment.</summary>
/// <param name="OnboardingSecret">
/// <c>canton-infra:onboardingSecret</c>: the one-time secret of the sponsor, encrypted; none where the validator is onboarded.
/// </param>
internal sealed record LedgerSettings(Output<string>? OnboardingSecret)
{
    /// <summary>Reads them.</summary>
    public static LedgerSettings Read(SettingsReader reader) => new(reader.Secret("onboardingSecret"));
}
