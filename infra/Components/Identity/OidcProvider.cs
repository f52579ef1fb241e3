namespace CantonInfra.Infra.Components.Identity;

/// <summary>Any other provider of OpenID Connect (A5): nothing is known of it but what settings and discovery say.</summary>
/// <param name="issuer">The issuer.</param>
/// <param name="ledgerApi">How tokens for the ledger API are asked for.</param>
/// <param name="validatorApi">How tokens for the validator's API are asked for.</param>
/// <param name="tokenRequests">What it takes in a request for a token.</param>
/// <param name="clients">The clients.</param>
/// <param name="endpoints">Where its endpoints are.</param>
internal sealed class OidcProvider(
    string issuer,
    ApiAccess ledgerApi,
    ApiAccess validatorApi,
    TokenRequestRules tokenRequests,
    PreconfiguredClients clients,
    OidcEndpoints endpoints) : PreconfiguredProvider(clients, endpoints)
{
    /// <inheritdoc/>
    public override string Product => "The identity provider";

    /// <inheritdoc/>
    public override string Issuer => issuer;

    /// <inheritdoc/>
    public override ApiAccess LedgerApi => ledgerApi;

    /// <inheritdoc/>
    public override ApiAccess ValidatorApi => validatorApi;

    /// <inheritdoc/>
    public override TokenRequestRules TokenRequests => tokenRequests;
}
