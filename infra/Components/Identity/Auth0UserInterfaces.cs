using CantonInfra.Infra.Components.Keys;
using Pulumi;
using Pulumi.Auth0;
using Pulumi.Auth0.Inputs;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="Auth0UserInterfaces"/> needs.</summary>
internal sealed record Auth0UserInterfacesArgs
{
    /// <summary>The connection to the tenant.</summary>
    public required Pulumi.Auth0.Provider Connection { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The client that manages the tenant.</summary>
    public required string ManagementClientId { get; init; }

    /// <summary>The validator.</summary>
    public required UserInterfaceRequest Request { get; init; }

    /// <summary>The audience of the validator's API.</summary>
    public required Input<string> ValidatorApi { get; init; }

    /// <summary>Where the wallet's user gets mail.</summary>
    public required string WalletUserEmail { get; init; }
}

/// <summary>The clients of a validator's user interfaces, and the users who may sign in there and nowhere else (A3).</summary>
internal sealed class Auth0UserInterfaces : ComponentResource
{
    private const int RefreshTokenSeconds = 30 * 24 * 60 * 60;
    private const int IdleRefreshTokenSeconds = 15 * 24 * 60 * 60;

    private readonly Auth0UserInterfacesArgs _args;
    private readonly CustomResourceOptions _inTenant;

    /// <summary>Declares them.</summary>
    public Auth0UserInterfaces(string name, Auth0UserInterfacesArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:Auth0UserInterfaces", name, options)
    {
        _args = args;
        _inTenant = new CustomResourceOptions { Parent = this, Provider = args.Connection };
        var request = args.Request;
        WalletClientId = Page(request.WalletClient, $"The wallet of {request.Validator}.", request.Addresses.Wallet);
        NameServiceClientId = Page(
            request.NameServiceClient, $"The name service of {request.Validator}.", request.Addresses.NameService);
        var users = Users(name);
        var clients = new ConnectionClients(
            name,
            new ConnectionClientsArgs
            {
                ConnectionId = users.Id,

                // Who makes a user has to be a client of the place that the user is made in.
                EnabledClients = { args.ManagementClientId, WalletClientId, NameServiceClientId },
            },
            _inTenant);
        FirstPassword = GeneratedPassword.CreateForPerson(request.WalletUser, this);
        WalletUser = new User(
            request.WalletUser,
            new UserArgs
            {
                ConnectionName = users.Name,
                Email = args.WalletUserEmail,
                EmailVerified = false,
                VerifyEmail = true,
                Nickname = request.WalletUser,
                Password = FirstPassword,
            },
            new CustomResourceOptions
            {
                Parent = this,
                Provider = args.Connection,
                DependsOn = { clients },

                // Later passwords, and whether the address was verified, are the user's own business.
                IgnoreChanges = { "password", "emailVerified", "verifyEmail" },
            }).Id;
        RegisterOutputs();
    }

    /// <summary>The client of the wallet.</summary>
    [Output("walletClientId")]
    public Output<string> WalletClientId { get; private set; }

    /// <summary>The client of the name service.</summary>
    [Output("nameServiceClientId")]
    public Output<string> NameServiceClientId { get; private set; }

    /// <summary>The <c>sub</c> of the wallet's user.</summary>
    [Output("walletUser")]
    public Output<string> WalletUser { get; private set; }

    /// <summary>The first password of the wallet's user.</summary>
    public Output<string> FirstPassword { get; }

    private Connection Users(string name) => new(
        name,
        new ConnectionArgs
        {
            Name = $"canton-{_args.Environment}-{_args.Request.Validator}",
            Strategy = "auth0",
            Options = new ConnectionOptionsArgs
            {
                DisableSignup = true,
                BruteForceProtection = true,
                PasswordPolicy = "good",
                PasswordComplexityOptions = new ConnectionOptionsPasswordComplexityOptionsArgs { MinLength = 14 },
                PasswordHistories = { new ConnectionOptionsPasswordHistoryArgs { Enable = true, Size = 5 } },
                PasswordNoPersonalInfo = new ConnectionOptionsPasswordNoPersonalInfoArgs { Enable = true },
                PasswordDictionary = new ConnectionOptionsPasswordDictionaryArgs { Enable = true },
            },
        },
        _inTenant);

    private Output<string> Page(string name, string description, string address)
    {
        var client = new Client(
            name,
            new ClientArgs
            {
                Name = name,
                Description = description,
                AppType = "spa",
                IsFirstParty = true,
                OidcConformant = true,
                CrossOriginAuth = false,
                GrantTypes = { "authorization_code", "refresh_token" },
                Callbacks = { address },
                AllowedLogoutUrls = { address },
                WebOrigins = { address },
                AllowedOrigins = { address },
                JwtConfiguration = new ClientJwtConfigurationArgs { Alg = "RS256" },
                RefreshToken = new ClientRefreshTokenArgs
                {
                    RotationType = "rotating",
                    ExpirationType = "expiring",
                    Leeway = 0,
                    TokenLifetime = RefreshTokenSeconds,
                    IdleTokenLifetime = IdleRefreshTokenSeconds,
                    InfiniteTokenLifetime = false,
                    InfiniteIdleTokenLifetime = false,
                },
                ClientMetadata = { ["environment"] = _args.Environment },
            },
            _inTenant);

        // No secret: with that, the tenant demands PKCE.
        _ = new ClientCredentials(
            name, new ClientCredentialsArgs { ClientId = client.ClientId, AuthenticationMethod = "none" }, _inTenant);
        _ = new ClientGrant(
            $"{name}-validator-api",
            new ClientGrantArgs
            {
                ClientId = client.ClientId,
                Audience = _args.ValidatorApi,
                Scopes = { ApiAccess.LedgerScope },
                SubjectType = "user",
            },
            _inTenant);
        return client.ClientId;
    }
}
