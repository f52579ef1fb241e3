namespace CantonInfra.Infra.Settings;

/// <summary>Keycloak, <c>canton-infra:identity.keycloak</c> (A1, A26).</summary>
/// <param name="Url"><c>.url</c>: its address, HTTPS without a path; it serves everything below /auth. No default.</param>
/// <param name="AccessTokenMinutes"><c>.accessTokenMinutes</c>: for how long access tokens are good; 10.</param>
/// <param name="EventRetentionDays">
/// <c>.eventRetentionDays</c>: for how long its database keeps sign-ins and changes, in days; they go to its log besides (A26);
/// 90.
/// </param>
/// <param name="Image">
/// <c>.image</c>: the official image or a copy of it, with tag and digest;
/// quay.io/keycloak/keycloak:26.7.4@sha256:82a77884f3af238beab1e7afd63b5f530e1b5c0590bd7aa60b40a40463e29b2c.
/// </param>
/// <param name="Replicas"><c>.replicas</c>: how many servers there are; 2.</param>
internal sealed record KeycloakSettings(
    Uri Url, int AccessTokenMinutes, int EventRetentionDays, string Image, int Replicas) : ProviderSettings
{
    // The index of all platforms of 26.7.4, as several publish it; what of it runs is for nodes to take.
    private const string DefaultImage =
        "quay.io/keycloak/keycloak:26.7.4@sha256:82a77884f3af238beab1e7afd63b5f530e1b5c0590bd7aa60b40a40463e29b2c";

    private const int MostReplicas = 9;

    // Never used: a stack with errors declares nothing.
    private static readonly Uri Nowhere = new("https://invalid");

    /// <inheritdoc/>
    public override bool IsManaged => true;

    /// <summary>
    /// The address of its administration, for the network alone: the public address leads to no console and to no interface of it.
    /// </summary>
    public Uri AdminUrl
    {
        get
        {
            var label = Url.Host.Split('.')[0];
            return new Uri($"https://{label}-admin{Url.Host[label.Length..]}");
        }
    }

    /// <summary>Reads them.</summary>
    /// <param name="node">The setting.</param>
    /// <param name="host">The host that the environment's addresses are below.</param>
    public static KeycloakSettings Read(SettingNode node, string host) => new(
        ReadUrl(node.Member("url"), host) ?? Nowhere,
        node.Member("accessTokenMinutes").Integer(LeastTokenMinutes, MostTokenMinutes, DefaultTokenMinutes),
        node.Member("eventRetentionDays").Integer(30, 3650, 90),
        ContainerImages.Read(node.Member("image"), DefaultImage),
        node.Member("replicas").Integer(2, MostReplicas, 2));

    // The certificate for names of one level is Keycloak's, and the zone is where its name is.
    private static Uri? ReadUrl(SettingNode node, string host)
    {
        var url = node.HttpsServer("Keycloak's address");
        if (url is not null && Uri.CheckHostName(host) == UriHostNameType.Dns && url.Host != $"{url.Host.Split('.')[0]}.{host}")
        {
            node.Refuse($"'{url.Host}' must be one name directly below canton-infra:identity.host, such as auth.{host}.");
        }

        return url;
    }
}
