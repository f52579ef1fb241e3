using System.Collections.Immutable;
using CantonInfra.Infra.Components.Keys;
using Pulumi;
using Pulumi.Keycloak.OpenId;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="KeycloakMachineClient"/> needs.</summary>
internal sealed record KeycloakMachineClientArgs
{
    /// <summary>The connection to Keycloak.</summary>
    public required Pulumi.Keycloak.Provider Connection { get; init; }

    /// <summary>The id of the realm.</summary>
    public required Input<string> RealmId { get; init; }

    /// <summary>The client's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>Another number is another secret.</summary>
    public required int SecretGeneration { get; init; }

    /// <summary>The names of its scopes.</summary>
    public required ImmutableArray<Input<string>> Scopes { get; init; }
}

/// <summary>A confidential client that can get tokens for itself and nothing else: no users, no redirects.</summary>
internal sealed class KeycloakMachineClient : ComponentResource
{
    /// <summary>Declares the client.</summary>
    public KeycloakMachineClient(string name, KeycloakMachineClientArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:KeycloakMachineClient", name, options)
    {
        var inKeycloak = new CustomResourceOptions { Parent = this, Provider = args.Connection };
        Secret = GeneratedPassword.Create(name, args.SecretGeneration, this);
        var client = new Client(
            name,
            new ClientArgs
            {
                RealmId = args.RealmId,
                ClientId = args.ClientId,
                Name = args.ClientId,
                Description = args.Description,
                Enabled = true,
                AccessType = "CONFIDENTIAL",
                ClientAuthenticatorType = "client-secret",
                ClientSecret = Secret,
                ServiceAccountsEnabled = true,
                StandardFlowEnabled = false,
                ImplicitFlowEnabled = false,
                DirectAccessGrantsEnabled = false,

                // Keeps roles, and the audience 'account' that comes with them, out of tokens.
                FullScopeAllowed = false,
                UseRefreshTokensClientCredentials = false,
            },
            inKeycloak);
        _ = new ClientDefaultScopes(
            name,
            new ClientDefaultScopesArgs
            {
                RealmId = args.RealmId,
                ClientId = client.Id,
                DefaultScopes = args.Scopes.ToArray(),
            },
            inKeycloak);
        ClientId = client.ClientId;
        Subject = client.ServiceAccountUserId;
        RegisterOutputs();
    }

    /// <summary>The client's id.</summary>
    [Output("clientId")]
    public Output<string> ClientId { get; private set; }

    /// <summary>The <c>sub</c> that its tokens carry: the id of its Canton user (B2).</summary>
    [Output("subject")]
    public Output<string> Subject { get; private set; }

    /// <summary>The client's secret.</summary>
    public Output<string> Secret { get; }
}
