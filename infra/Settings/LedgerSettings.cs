using System.Collections.Immutable;
using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary>The validator of an environment.</summary>
/// <param name="OnboardingSecret">
/// <c>canton-infra:onboardingSecret</c>: the one-time secret of the sponsor, encrypted; none where the validator is onboarded.
/// </param>
/// <param name="KeyStorage">
/// <c>canton-infra:ledger.kms.mode</c>: where the validator's own keys are: off for its database, external for a vault of their
/// own; decided before its first start and never after (A16, A17); off.
/// </param>
internal sealed record LedgerSettings(Output<string>? OnboardingSecret, KeyStorage KeyStorage)
{
    private static readonly ImmutableSortedDictionary<string, KeyStorage> Modes = new Dictionary<string, KeyStorage>
    {
        ["off"] = KeyStorage.Database,
        ["external"] = KeyStorage.Vault,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    public static LedgerSettings Read(SettingsReader reader) => new(
        reader.Secret("onboardingSecret"),
        reader.Structure("ledger").Member("kms").Member("mode").OneOf(
            "where the validator's own keys are", Modes, KeyStorage.Database));
}
