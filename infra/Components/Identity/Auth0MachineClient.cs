using CantonInfra.Infra.Components.Keys;
using Pulumi;
using Pulumi.Auth0;
using Pulumi.Auth0.Inputs;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="Auth0MachineClient"/> needs.</summary>
internal sealed record Auth0MachineClientArgs
{
    /// <summary>The connection to the tenant.</summary>
    public required Pulumi.Auth0.Provider Connection { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The name that the tenant shows.</summary>
    public required string ClientName { get; init; }

    /// <summary>What it is for.</summary>
    public required string Description { get; init; }

    /// <summary>Another number is another secret.</summary>
    public required int SecretGeneration { get; init; }

    /// <summary>The audience of the ledger API.</summary>
    public required Input<string> LedgerApi { get; init; }

    /// <summary>The audience of the validator's API; null where it has no business there.</summary>
    public Input<string>? ValidatorApi { get; init; }
}

/// <summary>A client that can get tokens for itself and nothing else, for the APIs that it is granted (A3, B1).</summary>
internal sealed class Auth0MachineClient : ComponentResource
{
    private readonly CustomResourceOptions _inTenant;

    /// <summary>Declares the client.</summary>
    public Auth0MachineClient(string name, Auth0MachineClientArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:Auth0MachineClient", name, options)
    {
        _inTenant = new CustomResourceOptions { Parent = this, Provider = args.Connection };
        Secret = GeneratedPassword.Create(name, args.SecretGeneration, this);
        var client = new Client(
            name,
            new ClientArgs
            {
                Name = args.ClientName,
                Description = args.Description,
                AppType = "non_interactive",
                IsFirstParty = true,
                OidcConformant = true,
                CrossOriginAuth = false,
                GrantTypes = { "client_credentials" },
                JwtConfiguration = new ClientJwtConfigurationArgs { Alg = "RS256" },
                ClientMetadata = { ["environment"] = args.Environment },
            },
            _inTenant);
        _ = new ClientCredentials(
            name,
            new ClientCredentialsArgs
            {
                ClientId = client.ClientId,
                AuthenticationMethod = "client_secret_post",
                ClientSecret = Secret,
            },
            _inTenant);
        Grant($"{name}-ledger-api", client, args.LedgerApi);
        if (args.ValidatorApi is { } validatorApi)
        {
            Grant($"{name}-validator-api", client, validatorApi);
        }

        ClientId = client.ClientId;
        Subject = client.ClientId.Apply(id => $"{id}@clients");
        RegisterOutputs();
    }

    /// <summary>The client's id, which the tenant chooses.</summary>
    [Output("clientId")]
    public Output<string> ClientId { get; private set; }

    /// <summary>The <c>sub</c> that its tokens carry: the id of its Canton user (B2).</summary>
    [Output("subject")]
    public Output<string> Subject { get; private set; }

    /// <summary>The client's secret.</summary>
    public Output<string> Secret { get; }

    private void Grant(string name, Client client, Input<string> audience) => _ = new ClientGrant(
        name,
        new ClientGrantArgs
        {
            ClientId = client.ClientId,
            Audience = audience,
            Scopes = { ApiAccess.LedgerScope },
            SubjectType = "client",
        },
        _inTenant);
}
