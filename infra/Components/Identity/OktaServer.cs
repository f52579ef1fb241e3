namespace CantonInfra.Infra.Components.Identity;

/// <summary>An authorization server of Okta (A4).</summary>
/// <remarks>A server has one audience, so both APIs share it. Without a scope it gives no token, unless it has a default one.</remarks>
/// <param name="issuer">The issuer, as <see cref="IssuerOf"/> makes it.</param>
/// <param name="audience">The server's audience.</param>
/// <param name="clients">The clients.</param>
/// <param name="endpoints">Where its endpoints are.</param>
internal sealed class OktaServer(string issuer, string audience, PreconfiguredClients clients, OidcEndpoints endpoints)
    : PreconfiguredProvider(clients, endpoints)
{
    /// <inheritdoc/>
    public override string Product => "Okta";

    /// <inheritdoc/>
    public override string Issuer => issuer;

    /// <inheritdoc/>
    public override ApiAccess LedgerApi => new(audience, ApiAccess.LedgerScope);

    /// <inheritdoc/>
    public override ApiAccess ValidatorApi => new(audience, ApiAccess.LedgerScope);

    /// <inheritdoc/>
    public override TokenRequestRules TokenRequests { get; } = new(TakesJson: false, TakesAudience: true, NeedsScope: true);

    /// <summary>The issuer of an authorization server.</summary>
    /// <param name="domain">The organization's domain.</param>
    /// <param name="server">The server's id.</param>
    public static string IssuerOf(string domain, string server) => $"https://{domain}/oauth2/{server}";

    /// <summary>Where the endpoints are by convention; only discovery can tell for sure.</summary>
    /// <param name="issuer">The issuer.</param>
    public static ExpectedEndpoints Convention(string issuer) => new($"{issuer}/v1/token", $"{issuer}/v1/keys");
}
