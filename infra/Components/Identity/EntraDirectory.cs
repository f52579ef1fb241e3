namespace CantonInfra.Infra.Components.Identity;

/// <summary>Microsoft Entra ID (A2).</summary>
/// <remarks>
/// It refuses an audience in requests for tokens; the scope <c>….default</c> names the API instead, and tokens of its second
/// version have the bare id of the API's registration as audience.
/// </remarks>
/// <param name="issuer">The issuer, as <see cref="IssuerOf"/> makes it.</param>
/// <param name="ledgerClientId">The id of the registration that stands for the ledger API.</param>
/// <param name="ledgerApiAudience">The audience of tokens for the ledger API.</param>
/// <param name="validatorApiAudience">The audience of tokens for the validator's API.</param>
/// <param name="clients">The clients.</param>
/// <param name="endpoints">Where its endpoints are.</param>
internal sealed class EntraDirectory(
    string issuer,
    string ledgerClientId,
    string ledgerApiAudience,
    string validatorApiAudience,
    PreconfiguredClients clients,
    OidcEndpoints endpoints) : PreconfiguredProvider(clients, endpoints)
{
    /// <inheritdoc/>
    public override string Product => "Microsoft Entra ID";

    /// <inheritdoc/>
    public override string Issuer => issuer;

    /// <inheritdoc/>
    public override ApiAccess LedgerApi => new(ledgerApiAudience, $"{ledgerClientId}/.default");

    /// <inheritdoc/>
    public override ApiAccess ValidatorApi => new(validatorApiAudience, $"api://{ledgerClientId}/.default");

    /// <inheritdoc/>
    public override TokenRequestRules TokenRequests { get; } = new(TakesJson: false, TakesAudience: false, NeedsScope: true);

    /// <summary>The issuer of a tenant's tokens of the second version.</summary>
    /// <param name="authority">The cloud's address for sign-ins.</param>
    /// <param name="tenantId">The tenant.</param>
    public static string IssuerOf(Uri authority, string tenantId) => $"{At(authority, tenantId)}/v2.0";

    /// <summary>Where the endpoints are by convention; only discovery can tell for sure.</summary>
    /// <param name="authority">The cloud's address for sign-ins.</param>
    /// <param name="tenantId">The tenant.</param>
    public static ExpectedEndpoints Convention(Uri authority, string tenantId) => new(
        $"{At(authority, tenantId)}/oauth2/v2.0/token", $"{At(authority, tenantId)}/discovery/v2.0/keys");

    private static string At(Uri authority, string tenantId) => $"{authority.GetLeftPart(UriPartial.Authority)}/{tenantId}";
}
