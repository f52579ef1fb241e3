using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Settings;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>The identity provider that an environment's settings choose.</summary>
internal static class EnvironmentIdentity
{
    private static readonly TimeSpan DiscoveryTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Makes it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="connectToKeycloak">Declares what Keycloak itself needs, and the connection to it.</param>
    public static IIdentityProvider Declare(
        EnvironmentSettings settings, Func<KeycloakSettings, Pulumi.Keycloak.Provider> connectToKeycloak)
    {
        var identity = settings.Identity;
        return identity.Provider switch
        {
            KeycloakSettings keycloak => new ValidatorRealm("realm", new ValidatorRealmArgs
            {
                Connection = connectToKeycloak(keycloak),
                Url = keycloak.Url,
                LedgerApiAudience = identity.LedgerApiAudience,
                ValidatorApiAudience = identity.ValidatorApiAudience,
                AccessTokenMinutes = keycloak.AccessTokenMinutes,
                EventRetentionInDays = keycloak.EventRetentionDays,
                IsProtected = settings.DeletionProtection,
            }),
            Auth0Settings auth0 => new Auth0Tenant("auth0", new Auth0TenantArgs
            {
                Environment = settings.Name,
                Domain = auth0.Domain,
                ManagementClientId = auth0.ManagementClientId,
                ManagementSecret = auth0.ManagementSecret,
                LedgerApiAudience = identity.LedgerApiAudience,
                ValidatorApiAudience = identity.ValidatorApiAudience,
                AccessTokenMinutes = auth0.AccessTokenMinutes,
                WalletUserEmail = auth0.WalletUserEmail,
                ManagesTenant = auth0.ManagesTenant,
            }),
            EntraSettings entra => Entra(entra, identity),
            OktaSettings okta => Okta(okta, identity),
            OidcSettings oidc => Oidc(oidc, identity),
            var other => throw new InvalidOperationException($"No identity provider has settings such as {other.GetType().Name}."),
        };
    }

    /// <summary>Tells where services get no token, and why: they share the provider with the validator, so it is seen here first.</summary>
    /// <param name="identity">The provider.</param>
    /// <param name="services">The services.</param>
    public static void WarnOfServices(IIdentityProvider identity, ServiceSettings services)
    {
        if (services.Enabled.Length > 0 && identity.TokenRequests.WhyRefused(services.TokenRequest) is { } reason)
        {
            Log.Warn(
                $"canton-infra:services: {string.Join(", ", services.Enabled.Select(service => service.Service.Setting))} will get no"
                + $" tokens as they ask today, since {identity.Product} {reason}. Deploy services that ask with a form and a scope and set canton-infra:services.tokenRequest to form,"
                + " or choose another canton-infra:identity.provider.");
        }
    }

    /// <summary>
    /// The hosts that nodes and deployments reach it at, where it is outside: whoever checks tokens fetches its keys.
    /// </summary>
    /// <param name="provider">The provider.</param>
    public static ImmutableArray<string> Hosts(ProviderSettings provider) => provider switch
    {
        Auth0Settings auth0 => [auth0.Domain],
        EntraSettings entra => [entra.Authority.Host],
        OktaSettings okta => [okta.Domain],
        OidcSettings oidc =>
        [
            .. new[] { oidc.Issuer, oidc.TokenEndpoint, oidc.JwksUri }.OfType<string>()
                .Select(address => new Uri(address).Host).Distinct(StringComparer.Ordinal),
        ],
        _ => [],
    };

    /// <summary>The hosts that may be reached, those of the provider among them; none where all may be.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="named">The hosts that settings name.</param>
    public static ImmutableArray<string> AddHosts(EnvironmentSettings settings, ImmutableArray<string> named) =>
        settings.Network.Egress.Mode == EgressMode.Firewall
            ? [.. named.Union(Hosts(settings.Identity.Provider), StringComparer.Ordinal)]
            : named;

    /// <summary>What others need to know of it, as an output of the stack.</summary>
    /// <param name="identity">The provider.</param>
    public static ImmutableDictionary<string, Output<string>> Describe(IIdentityProvider identity) =>
        ImmutableDictionary<string, Output<string>>.Empty
            .Add("discoveryUrl", Output.Create(identity.DiscoveryUrl))
            .Add("issuer", Output.Create(identity.Issuer))
            .Add("jwksUri", identity.JwksUri)
            .Add("ledgerApiAudience", Output.Create(identity.LedgerApi.Audience))
            .Add("ledgerApiScope", Output.Create(identity.LedgerApi.Scope))
            .Add("tokenEndpoint", identity.TokenEndpoint)
            .Add("validatorApiAudience", Output.Create(identity.ValidatorApi.Audience))
            .Add("validatorApiScope", Output.Create(identity.ValidatorApi.Scope));

    /// <summary>What people may do by the groups of the identity provider, where the program manages those.</summary>
    /// <param name="settings">The settings.</param>
    public static IEnumerable<ImmutableSortedDictionary<string, object>> HumanAccess(EnvironmentSettings settings) =>
        settings.Identity.Provider is KeycloakSettings
            ? HumanRole.All.SelectMany(human => human.RealmRoles.Select(role => Components.Access.HumanAccess.Line(
                human.Duty.ToString(), [human.Group], "Keycloak", role, ValidatorRealm.RealmName, human.Why)))
            : [];

    private static EntraDirectory Entra(EntraSettings entra, IdentitySettings identity)
    {
        var issuer = EntraDirectory.IssuerOf(entra.Authority, entra.TenantId);
        return new EntraDirectory(
            issuer,
            entra.LedgerClientId,
            identity.LedgerApiAudience,
            identity.ValidatorApiAudience,
            entra.Clients,
            Find(issuer, EntraDirectory.Convention(entra.Authority, entra.TenantId)));
    }

    private static OktaServer Okta(OktaSettings okta, IdentitySettings identity)
    {
        var issuer = OktaServer.IssuerOf(okta.Domain, okta.AuthorizationServerId);
        return new OktaServer(issuer, identity.LedgerApiAudience, okta.Clients, Find(issuer, OktaServer.Convention(issuer)));
    }

    private static OidcProvider Oidc(OidcSettings oidc, IdentitySettings identity) => new(
        oidc.Issuer,
        new ApiAccess(identity.LedgerApiAudience, oidc.LedgerApiScope),
        new ApiAccess(identity.ValidatorApiAudience, oidc.ValidatorApiScope),
        new TokenRequestRules(oidc.TakesJson, oidc.TakesAudience, oidc.NeedsScope),
        oidc.Clients,
        Find(oidc.Issuer, new ExpectedEndpoints(oidc.TokenEndpoint, oidc.JwksUri)));

    private static OidcEndpoints Find(string issuer, ExpectedEndpoints expected) =>
        new OidcDiscovery(Pulumi.Deployment.Instance.IsDryRun, ReadAsync).Find(issuer, expected);

    private static async Task<string> ReadAsync(Uri address)
    {
        using var client = new HttpClient { Timeout = DiscoveryTimeout };
        return await client.GetStringAsync(address).ConfigureAwait(false);
    }
}
