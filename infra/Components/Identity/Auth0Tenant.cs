using Pulumi;
using Pulumi.Auth0;
using Pulumi.Auth0.Inputs;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="Auth0Tenant"/> needs.</summary>
internal sealed record Auth0TenantArgs
{
    /// <summary>The environment's name, a part of the names that the tenant shows.</summary>
    public required string Environment { get; init; }

    /// <summary>The tenant's domain, or the domain of one's own that tokens are issued under.</summary>
    public required string Domain { get; init; }

    /// <summary>The client that may manage the tenant.</summary>
    public required string ManagementClientId { get; init; }

    /// <summary>That client's secret.</summary>
    public required Output<string> ManagementSecret { get; init; }

    /// <summary>The audience that the ledger API expects in tokens.</summary>
    public required string LedgerApiAudience { get; init; }

    /// <summary>The audience that the validator's API expects in tokens.</summary>
    public required string ValidatorApiAudience { get; init; }

    /// <summary>For how long access tokens are good, in minutes.</summary>
    public required int AccessTokenMinutes { get; init; }

    /// <summary>Where the wallet's user gets mail, from which the first password is set.</summary>
    public required string WalletUserEmail { get; init; }

    /// <summary>Whether the tenant's defences and second factors are this environment's.</summary>
    public required bool ManagesTenant { get; init; }
}

/// <summary>A tenant of Auth0: the environment's APIs, its users, and what protects sign-ins (A3).</summary>
internal sealed class Auth0Tenant : ComponentResource, IIdentityProvider
{
    private const int SecondsInMinute = 60;

    private readonly Auth0TenantArgs _args;
    private readonly CustomResourceOptions _inTenant;
    private readonly Pulumi.Auth0.Provider _connection;
    private readonly Output<string> _ledgerApi;
    private readonly Output<string> _validatorApi;

    /// <summary>Declares what the environment's clients share.</summary>
    public Auth0Tenant(string name, Auth0TenantArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:Auth0Tenant", name, options)
    {
        _args = args;
        _connection = new Pulumi.Auth0.Provider(
            name,
            new Pulumi.Auth0.ProviderArgs
            {
                Domain = args.Domain,
                ClientId = args.ManagementClientId,
                ClientSecret = Output.CreateSecret(args.ManagementSecret),
            },
            new CustomResourceOptions { Parent = this });
        _inTenant = new CustomResourceOptions { Parent = this, Provider = _connection };

        // Tokens of people are for the validator's API alone; where both are one, people have to be let in.
        _ledgerApi = Api("ledger-api", args.LedgerApiAudience, isForPeople: SharesAudience);
        _validatorApi = SharesAudience ? _ledgerApi : Api("validator-api", args.ValidatorApiAudience, isForPeople: true);
        if (args.ManagesTenant)
        {
            Protect();
        }

        RegisterOutputs();
    }

    /// <inheritdoc/>
    public string Product => "Auth0";

    /// <inheritdoc/>
    public string Issuer => $"https://{_args.Domain}/";

    /// <inheritdoc/>
    public Output<string> TokenEndpoint => Output.Create($"https://{_args.Domain}/oauth/token");

    /// <inheritdoc/>
    public Output<string> JwksUri => Output.Create($"https://{_args.Domain}/.well-known/jwks.json");

    /// <inheritdoc/>
    public ApiAccess LedgerApi => new(_args.LedgerApiAudience, ApiAccess.LedgerScope);

    /// <inheritdoc/>
    public ApiAccess ValidatorApi => new(_args.ValidatorApiAudience, ApiAccess.LedgerScope);

    /// <inheritdoc/>
    public TokenRequestRules TokenRequests { get; } = new(TakesJson: true, TakesAudience: true, NeedsScope: false);

    /// <inheritdoc/>
    public MachineIdentity AddMachine(MachineRequest request)
    {
        var client = new Auth0MachineClient(
            request.Name,
            new Auth0MachineClientArgs
            {
                Connection = _connection,
                Environment = _args.Environment,
                ClientName = request.Name,
                Description = request.Description,
                SecretGeneration = request.SecretGeneration,
                LedgerApi = _ledgerApi,
                ValidatorApi = request.UsesValidatorApi && !SharesAudience ? (Input<string>)_validatorApi : null,
            },
            new ComponentResourceOptions { Parent = request.Parent });
        return new MachineIdentity(client.ClientId, client.Secret, client.Subject);
    }

    /// <inheritdoc/>
    public UserInterfaceLogins AddUserInterfaces(UserInterfaceRequest request)
    {
        var interfaces = new Auth0UserInterfaces(
            $"{request.Validator}-users",
            new Auth0UserInterfacesArgs
            {
                Connection = _connection,
                Environment = _args.Environment,
                ManagementClientId = _args.ManagementClientId,
                Request = request,
                ValidatorApi = _validatorApi,
                WalletUserEmail = _args.WalletUserEmail,
            },
            new ComponentResourceOptions { Parent = request.Parent });
        return new UserInterfaceLogins(
            interfaces.WalletClientId, interfaces.NameServiceClientId, [interfaces.WalletUser], interfaces.FirstPassword);
    }

    private bool SharesAudience => _args.ValidatorApiAudience == _args.LedgerApiAudience;

    private Output<string> Api(string name, string audience, bool isForPeople)
    {
        var seconds = _args.AccessTokenMinutes * SecondsInMinute;
        var api = new ResourceServer(
            name,
            new ResourceServerArgs
            {
                Name = $"{name} ({_args.Environment})",
                Identifier = audience,
                SigningAlg = "RS256",
                TokenLifetime = seconds,
                TokenLifetimeForWeb = seconds,
                AllowOfflineAccess = isForPeople,
                SkipConsentForVerifiableFirstPartyClients = true,

                // Only clients with a grant of ours, and people only where people have business.
                SubjectTypeAuthorization = new ResourceServerSubjectTypeAuthorizationArgs
                {
                    Client = new ResourceServerSubjectTypeAuthorizationClientArgs { Policy = "require_client_grant" },
                    User = new ResourceServerSubjectTypeAuthorizationUserArgs
                    {
                        Policy = isForPeople ? "require_client_grant" : "deny_all",
                    },
                },
            },
            _inTenant);
        _ = new ResourceServerScopes(
            name,
            new ResourceServerScopesArgs
            {
                ResourceServerIdentifier = api.Identifier,
                Scopes = { new ResourceServerScopesScopeArgs { Name = ApiAccess.LedgerScope, Description = "Access to a Canton API." } },
            },
            _inTenant);
        return api.Identifier;
    }

    private void Protect()
    {
        _ = new AttackProtection(
            "attacks",
            new AttackProtectionArgs
            {
                BruteForceProtection = new AttackProtectionBruteForceProtectionArgs
                {
                    Enabled = true,
                    MaxAttempts = 5,
                    Mode = "count_per_identifier_and_ip",
                    Shields = { "block", "user_notification" },
                },
                SuspiciousIpThrottling = new AttackProtectionSuspiciousIpThrottlingArgs
                {
                    Enabled = true,
                    Shields = { "block", "admin_notification" },
                },
                BreachedPasswordDetection = new AttackProtectionBreachedPasswordDetectionArgs
                {
                    Enabled = true,
                    Method = "standard",
                    Shields = { "block", "admin_notification" },
                },
            },
            _inTenant);
        _ = new Guardian(
            "second-factor",
            new GuardianArgs { Policy = "all-applications", Otp = true, RecoveryCode = true, Email = false },
            _inTenant);
    }
}
