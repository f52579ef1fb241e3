using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary>The wallet-as-a-service that a validator is registered with, <c>canton-infra:ledger.validators[].waas</c> (A19).</summary>
/// <param name="Provider"><c>.provider</c>: its name, such as dfns.</param>
/// <param name="ApiUrl"><c>.apiUrl</c>: the address of its API; nothing else is reached for it.</param>
/// <param name="Registration">
/// <c>.registration</c>: what it knows the validator by, such as its organization's id; texts that are no secrets; none.
/// </param>
/// <param name="Credentials">
/// <c>canton-infra:waasCredentials</c>: what the validator signs in to it with, encrypted; of further validators
/// <c>canton-infra:waasCredentials-NAME</c>.
/// </param>
internal sealed partial record WaasSettings(
    string Provider, Uri ApiUrl, ImmutableSortedDictionary<string, string> Registration, Output<string> Credentials)
{
    private const string CredentialsKey = "waasCredentials";

    /// <summary>Reads them; null where there are none.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="node">The setting.</param>
    /// <param name="suffix">What further validators have behind names; null for the first.</param>
    public static WaasSettings? Read(SettingsReader reader, SettingNode node, string? suffix)
    {
        var key = suffix is null ? CredentialsKey : $"{CredentialsKey}-{suffix}";
        if (node.IsMissing)
        {
            if (reader.Secret(key) is not null)
            {
                reader.Add($"canton-infra:{key}", null, $"is of no use without {node.Path}; leave it out.");
            }

            return null;
        }

        var provider = node.Member("provider").Text(
            "the wallet-as-a-service", ProviderForm(), "a short name in lowercase, such as dfns");
        var address = node.Member("apiUrl").HttpsServer("the address of its API");
        var registration = node.Member("registration").TextMap(RegistrationName(), "lowercase letters in parts with single hyphens between them");
        var credentials = reader.RequiredSecret(key, "what the validator signs in to the wallet-as-a-service with");
        return new WaasSettings(provider, address ?? new Uri("https://waas.invalid"), registration, credentials);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,29}$")]
    private static partial Regex ProviderForm();

    // Names that the secret has already are not the operator's.
    [GeneratedRegex("^(?!(provider|api-url|credentials)$)[a-z]+(-[a-z]+)*$")]
    private static partial Regex RegistrationName();
}
