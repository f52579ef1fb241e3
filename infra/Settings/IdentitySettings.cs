namespace CantonInfra.Infra.Settings;

/// <summary>The identity provider of an environment, <c>canton-infra:identity</c>.</summary>
/// <param name="KeycloakUrl"><c>.keycloakUrl</c>: Keycloak's address, HTTPS without a path. No default.</param>
/// <param name="LedgerApiAudience">
/// <c>.ledgerApiAudience</c>: the audience of tokens for the ledger API; https://ledger-api.&lt;stack&gt;.canton, so that tokens
/// of one network are of no use in another.
/// </param>
internal sealed record IdentitySettings(Uri KeycloakUrl, string LedgerApiAudience)
{
    // Never used: a stack with errors declares nothing.
    private static readonly Uri Nowhere = new("https://invalid");

    /// <summary>Reads them.</summary>
    public static IdentitySettings Read(SettingsReader reader, string stack)
    {
        var node = reader.Structure("identity");
        return new IdentitySettings(
            node.Member("keycloakUrl").HttpsServer("Keycloak's address") ?? Nowhere,
            node.Member("ledgerApiAudience").Text(
                "the audience of tokens for the ledger API", $"https://ledger-api.{stack}.canton"));
    }
}
