using CantonInfra.Infra.Components.Keys;
using Pulumi;
using Pulumi.Keycloak.OpenId;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="MachineClient"/> needs.</summary>
internal sealed record MachineClientArgs
{
    /// <summary>The connection to Keycloak.</summary>
    public required Pulumi.Keycloak.Provider Connection { get; init; }

    /// <summary>The id of the realm.</summary>
    public required Input<string> RealmId { get; init; }

    /// <summary>The client's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>The name of the scope for the ledger API.</summary>
    public required Input<string> LedgerApiScope { get; init; }
}

/// <summary>A confidential client that can get tokens for itself and nothing else: no users, no redirects.</summary>
internal sealed class MachineClient : ComponentResource
{
    // Without it tokens have no 'sub' since Keycloak 25, and Canton finds no user.
    private const string SubjectScope = "basic";

    /// <summary>Declares the client.</summary>
    public MachineClient(string name, MachineClientArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:MachineClient", name, options)
    {
        var inKeycloak = new CustomResourceOptions { Parent = this, Provider = args.Connection };
        Secret = GeneratedPassword.Create(name, this);
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
                DefaultScopes = { SubjectScope, args.LedgerApiScope },
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
