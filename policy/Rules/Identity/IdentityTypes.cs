using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>The types of identity providers that rules judge.</summary>
internal static class IdentityTypes
{
    public const string KeycloakRealm = "keycloak:index/realm:Realm";
    public const string KeycloakRealmEvents = "keycloak:index/realmEvents:RealmEvents";
    public const string KeycloakClient = "keycloak:openid/client:Client";
    public const string KeycloakUser = "keycloak:index/user:User";
    public const string Auth0Client = "auth0:index/client:Client";
    public const string Auth0Credentials = "auth0:index/clientCredentials:ClientCredentials";
    public const string Auth0User = "auth0:index/user:User";
    public const string Auth0Api = "auth0:index/resourceServer:ResourceServer";

    /// <summary>Whether a resource is of a type.</summary>
    public static bool Is(this ResourceView resource, string type) => new ResourceTypePattern(type).Matches(resource.Type);
}
