using Pulumi;
using Pulumi.Keycloak;
using Pulumi.Keycloak.Inputs;
using Pulumi.Keycloak.OpenId;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="ValidatorRealm"/> needs.</summary>
internal sealed record ValidatorRealmArgs
{
    /// <summary>The connection to Keycloak.</summary>
    public required Pulumi.Keycloak.Provider Connection { get; init; }

    /// <summary>Keycloak's address, without the base path.</summary>
    public required Uri Url { get; init; }

    /// <summary>The audience that the ledger API expects in tokens.</summary>
    public required string LedgerApiAudience { get; init; }
}

/// <summary>The realm that people and services of an environment sign in to (A1).</summary>
internal sealed class ValidatorRealm : ComponentResource
{
    /// <summary>The realm's name.</summary>
    public const string RealmName = "validator";

    /// <summary>The scope that tokens for the ledger API carry.</summary>
    public const string LedgerApiScope = "daml_ledger_api";

    // Canton advises 5 to 15 minutes.
    private const string AccessTokenLifespan = "10m0s";
    private const int EventsKeptInDays = 90;

    private readonly string _name;
    private readonly ValidatorRealmArgs _args;
    private readonly CustomResourceOptions _inKeycloak;
    private readonly Realm _realm;
    private readonly ClientScope _ledgerApi;

    /// <summary>Declares the realm.</summary>
    public ValidatorRealm(string name, ValidatorRealmArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:ValidatorRealm", name, options)
    {
        _name = name;
        _args = args;
        _inKeycloak = new CustomResourceOptions { Parent = this, Provider = args.Connection };
        _realm = DeclareRealm();
        RecordEvents();
        _ledgerApi = new ClientScope(
            "ledger-api",
            new ClientScopeArgs
            {
                RealmId = _realm.Id,
                Name = LedgerApiScope,
                Description = "Access to the ledger API.",
                IncludeInTokenScope = true,
            },
            _inKeycloak);
        _ = new AudienceProtocolMapper(
            "ledger-api-audience",
            new AudienceProtocolMapperArgs
            {
                RealmId = _realm.Id,
                ClientScopeId = _ledgerApi.Id,
                Name = "ledger-api-audience",
                IncludedCustomAudience = args.LedgerApiAudience,
                AddToAccessToken = true,
                AddToIdToken = false,
            },
            _inKeycloak);
        Issuer = $"{args.Url.GetLeftPart(UriPartial.Authority)}{KeycloakAdministration.BasePath}/realms/{RealmName}";
        RegisterOutputs();
    }

    /// <summary>The issuer in tokens.</summary>
    public string Issuer { get; }

    /// <summary>Where the issuer's endpoints are described.</summary>
    public string DiscoveryUrl => $"{Issuer}/.well-known/openid-configuration";

    /// <summary>Where clients get tokens.</summary>
    public string TokenUrl => $"{Issuer}/protocol/openid-connect/token";

    /// <summary>The audience of the ledger API.</summary>
    public string LedgerApiAudience => _args.LedgerApiAudience;

    /// <summary>Makes a client that signs in as itself, with a secret, to use the ledger API.</summary>
    /// <param name="clientId">The client's id, also the logical name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="parent">The component that uses it; the realm itself where there is none.</param>
    public MachineClient AddMachineClient(string clientId, string description, Resource? parent = null) => new(
        clientId,
        new MachineClientArgs
        {
            Connection = _args.Connection,
            RealmId = _realm.Id,
            ClientId = clientId,
            Description = description,
            LedgerApiScope = _ledgerApi.Name,
        },
        new ComponentResourceOptions { Parent = parent ?? this });

    private Realm DeclareRealm() => new(
        _name,
        new RealmArgs
        {
            RealmName = RealmName,
            Enabled = true,
            SslRequired = "all",
            RegistrationAllowed = false,
            ResetPasswordAllowed = false,
            RememberMe = false,
            EditUsernameAllowed = false,
            DuplicateEmailsAllowed = false,
            DefaultSignatureAlgorithm = "RS256",
            PasswordPolicy = "length(14) and upperCase(1) and lowerCase(1) and digits(1) and specialChars(1)"
                + " and notUsername(undefined) and notEmail(undefined) and passwordHistory(5)",
            AccessTokenLifespan = AccessTokenLifespan,
            SsoSessionIdleTimeout = "30m0s",
            SsoSessionMaxLifespan = "10h0m0s",
            OfflineSessionIdleTimeout = "720h0m0s",
            OfflineSessionMaxLifespanEnabled = true,
            OfflineSessionMaxLifespan = "1440h0m0s",
            RevokeRefreshToken = true,
            RefreshTokenMaxReuse = 0,
            SecurityDefenses = new RealmSecurityDefensesArgs
            {
                BruteForceDetection = new RealmSecurityDefensesBruteForceDetectionArgs
                {
                    PermanentLockout = false,
                    MaxLoginFailures = 5,
                    WaitIncrementSeconds = 60,
                    MaxFailureWaitSeconds = 900,
                    FailureResetTimeSeconds = 43200,
                },
                Headers = new RealmSecurityDefensesHeadersArgs
                {
                    XFrameOptions = "DENY",
                    ContentSecurityPolicy = "frame-src 'self'; frame-ancestors 'none'; object-src 'none';",
                    XContentTypeOptions = "nosniff",
                    XRobotsTag = "none",
                    StrictTransportSecurity = "max-age=31536000; includeSubDomains",
                    ReferrerPolicy = "no-referrer",
                },
            },
            OtpPolicy = new RealmOtpPolicyArgs { Type = "totp", Algorithm = "HmacSHA256", Digits = 6, Period = 30 },
        },
        _inKeycloak);

    // To the database for the console, and to the server's log for shipping (A26).
    private void RecordEvents() => _ = new RealmEvents(
        "events",
        new RealmEventsArgs
        {
            RealmId = _realm.Id,
            EventsEnabled = true,
            EventsExpiration = (int)TimeSpan.FromDays(EventsKeptInDays).TotalSeconds,
            EventsListeners = { "jboss-logging" },
            AdminEventsEnabled = true,
            AdminEventsDetailsEnabled = true,
        },
        _inKeycloak);
}
