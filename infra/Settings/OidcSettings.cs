using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;

namespace CantonInfra.Infra.Settings;

/// <summary>A provider of OpenID Connect as docs/identity/oidc.md sets it up, <c>canton-infra:identity.oidc</c> (A5).</summary>
/// <param name="Issuer"><c>.issuer</c>: the issuer as tokens have it, letter by letter. No default.</param>
/// <param name="TokenEndpoint">
/// <c>.tokenEndpoint</c>: where clients get tokens, for previews, which ask nobody; a deployment takes it from the issuer's
/// discovery document. None: unknown in previews.
/// </param>
/// <param name="JwksUri">
/// <c>.jwksUri</c>: where the keys are, for previews, likewise. None: unknown in previews.
/// </param>
/// <param name="LedgerApiScope"><c>.ledgerApiScope</c>: the scope of tokens for the ledger API; daml_ledger_api.</param>
/// <param name="ValidatorApiScope"><c>.validatorApiScope</c>: the scope of tokens for the validator's API; daml_ledger_api.</param>
/// <param name="TakesJson"><c>.takesJson</c>: whether it reads requests for tokens in JSON besides forms; false.</param>
/// <param name="TakesAudience"><c>.takesAudience</c>: whether it bears an audience in requests for tokens; true.</param>
/// <param name="NeedsScope"><c>.needsScope</c>: whether it gives no token without a scope; true.</param>
/// <param name="Clients">The clients.</param>
internal sealed record OidcSettings(
    string Issuer,
    string? TokenEndpoint,
    string? JwksUri,
    string LedgerApiScope,
    string ValidatorApiScope,
    bool TakesJson,
    bool TakesAudience,
    bool NeedsScope,
    PreconfiguredClients Clients) : ProviderSettings
{
    /// <summary>Reads them.</summary>
    public static OidcSettings Read(
        SettingsReader reader, SettingNode node, ImmutableArray<string> validators, ServiceSettings services) => new(
        node.Member("issuer").HttpsAddress("the issuer"),
        Optional(node.Member("tokenEndpoint")),
        Optional(node.Member("jwksUri")),
        node.Member("ledgerApiScope").Text("the scope of tokens for the ledger API", ApiAccess.LedgerScope),
        node.Member("validatorApiScope").Text("the scope of tokens for the validator's API", ApiAccess.LedgerScope),
        node.Member("takesJson").Boolean(fallback: false),
        node.Member("takesAudience").Boolean(fallback: true),
        node.Member("needsScope").Boolean(fallback: true),
        PreconfiguredClientSettings.Read(reader, node, ClientIdForm.Text, validators, services));

    private static string? Optional(SettingNode node) => node.IsMissing ? null : node.HttpsAddress("an endpoint");
}
