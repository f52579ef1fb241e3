using System.Collections.Immutable;
using Pulumi;
using Pulumi.Keycloak.OpenId;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="KeycloakUserInterfaceClient"/> needs.</summary>
internal sealed record KeycloakUserInterfaceClientArgs
{
    /// <summary>The connection to Keycloak.</summary>
    public required Pulumi.Keycloak.Provider Connection { get; init; }

    /// <summary>The id of the realm.</summary>
    public required Input<string> RealmId { get; init; }

    /// <summary>The client's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>The origin that it is served from: all that a sign-in may return to.</summary>
    public required string Address { get; init; }

    /// <summary>The names of its scopes.</summary>
    public required ImmutableArray<Input<string>> Scopes { get; init; }
}

/// <summary>A public client of a page in a browser: authorization code with PKCE and nothing else (A1).</summary>
internal sealed class KeycloakUserInterfaceClient : ComponentResource
{
    // Lets a wallet stay signed in for as long as the realm bounds offline sessions.
    private const string StaySignedIn = "offline_access";

    /// <summary>Declares the client.</summary>
    public KeycloakUserInterfaceClient(
        string name, KeycloakUserInterfaceClientArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:KeycloakUserInterfaceClient", name, options)
    {
        var inKeycloak = new CustomResourceOptions { Parent = this, Provider = args.Connection };
        var client = new Client(
            name,
            new ClientArgs
            {
                RealmId = args.RealmId,
                ClientId = args.ClientId,
                Name = args.ClientId,
                Description = args.Description,
                Enabled = true,
                AccessType = "PUBLIC",
                StandardFlowEnabled = true,
                PkceCodeChallengeMethod = "S256",
                ImplicitFlowEnabled = false,
                DirectAccessGrantsEnabled = false,
                ServiceAccountsEnabled = false,
                Oauth2DeviceAuthorizationGrantEnabled = false,
                FullScopeAllowed = false,
                ValidRedirectUris = { args.Address },
                ValidPostLogoutRedirectUris = { args.Address },
                WebOrigins = { args.Address },
            },
            inKeycloak);
        _ = new ClientDefaultScopes(
            name,
            new ClientDefaultScopesArgs { RealmId = args.RealmId, ClientId = client.Id, DefaultScopes = args.Scopes.ToArray() },
            inKeycloak);
        _ = new ClientOptionalScopes(
            name,
            new ClientOptionalScopesArgs { RealmId = args.RealmId, ClientId = client.Id, OptionalScopes = { StaySignedIn } },
            inKeycloak);
        ClientId = client.ClientId;
        RegisterOutputs();
    }

    /// <summary>The client's id.</summary>
    [Output("clientId")]
    public Output<string> ClientId { get; private set; }
}
