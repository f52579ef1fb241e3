namespace CantonInfra.Infra.Settings;

/// <summary>Keycloak, <c>canton-infra:identity.keycloak</c> (A1, A26).</summary>
/// <param name="Url"><c>.url</c>: its address, HTTPS without a path; it serves everything below /auth. No default.</param>
/// <param name="AccessTokenMinutes"><c>.accessTokenMinutes</c>: for how long access tokens are good; 10.</param>
/// <param name="EventRetentionDays">
/// <c>.eventRetentionDays</c>: for how long its database keeps sign-ins and changes, in days; they go to its log besides (A26);
/// 90.
/// </param>
internal sealed record KeycloakSettings(Uri Url, int AccessTokenMinutes, int EventRetentionDays) : ProviderSettings
{
    // Never used: a stack with errors declares nothing.
    private static readonly Uri Nowhere = new("https://invalid");

    /// <inheritdoc/>
    public override bool IsManaged => true;

    /// <summary>Reads them.</summary>
    public static KeycloakSettings Read(SettingNode node) => new(
        node.Member("url").HttpsServer("Keycloak's address") ?? Nowhere,
        node.Member("accessTokenMinutes").Integer(LeastTokenMinutes, MostTokenMinutes, DefaultTokenMinutes),
        node.Member("eventRetentionDays").Integer(30, 3650, 90));
}
