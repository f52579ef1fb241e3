using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Identity;

public sealed class KeycloakTests
{
    private const string Client = "keycloak:openid/client:Client";
    private const string DefaultScopes = "keycloak:openid/clientDefaultScopes:ClientDefaultScopes";
    private const string Scope = "keycloak:openid/clientScope:ClientScope";
    private const string Audience = "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper";
    private const string Kubernetes = "kubernetes:core/v1:Secret";
    private static readonly Uri Url = new("https://auth.example.com");

    [Fact]
    public async Task The_administrator_s_password_is_generated_and_nobody_signs_in_before_Keycloak_runs()
    {
        var mocks = await CloudMocks.RunAsync(() => Administration());

        var provider = mocks.Inputs("pulumi:providers:keycloak");
        var password = $"{CloudMocks.Secret} admin-password";
        Assert.Equal("https://auth.example.com", provider.At("url"));
        Assert.Equal("/auth", provider.At("basePath"));
        Assert.Equal("false", provider.At("initialLogin"));
        Assert.Equal(password, provider.At("password"));
        Assert.Equal(password, mocks.Inputs("azure-native:keyvault:Secret").At("properties.value"));
        Assert.Equal(password, mocks.Inputs(Kubernetes).At("stringData.password"));
    }

    // A1
    [Fact]
    public async Task The_realm_is_hardened()
    {
        var realm = (await CloudMocks.RunAsync(() => Realm())).Inputs("keycloak:index/realm:Realm");

        Assert.Equal("validator", realm.At("realm"));
        Assert.Equal("all", realm.At("sslRequired"));
        Assert.Equal("RS256", realm.At("defaultSignatureAlgorithm"));
        Assert.All(
            ["registrationAllowed", "resetPasswordAllowed", "rememberMe", "editUsernameAllowed", "loginWithEmailAllowed", "userManagedAccess"],
            door => Assert.Equal(false, realm.At(door)));
        Assert.Equal(5.0, realm.At("securityDefenses.bruteForceDetection.maxLoginFailures"));
        Assert.Equal(false, realm.At("securityDefenses.bruteForceDetection.permanentLockout"));
        Assert.Equal("DENY", realm.At("securityDefenses.headers.xFrameOptions"));
        Assert.Contains("length(14)", (string)realm.At("passwordPolicy")!, StringComparison.Ordinal);
        Assert.Equal("totp", realm.At("otpPolicy.type"));
        Assert.Equal(false, realm.At("otpPolicy.codeReusable"));
        Assert.Equal(true, realm.At("revokeRefreshToken"));
        Assert.Equal(true, realm.At("offlineSessionMaxLifespanEnabled"));
        Assert.Equal(true, realm.At("terraformDeletionProtection"));
    }

    [Fact]
    public async Task Access_tokens_are_good_for_as_long_as_the_setting_says()
    {
        var realm = (await CloudMocks.RunAsync(() => Realm(args => args with { AccessTokenMinutes = 7 })))
            .Inputs("keycloak:index/realm:Realm");

        Assert.Equal("7m0s", realm.At("accessTokenLifespan"));
        Assert.Equal("7m0s", realm.At("accessTokenLifespanForImplicitFlow"));
    }

    // A26
    [Fact]
    public async Task Sign_ins_and_administration_are_recorded_kept_and_shipped()
    {
        var events = (await CloudMocks.RunAsync(() => Realm())).Inputs("keycloak:index/realmEvents:RealmEvents");

        Assert.Equal(true, events.At("eventsEnabled"));
        Assert.Equal(true, events.At("adminEventsEnabled"));
        Assert.Equal(true, events.At("adminEventsDetailsEnabled"));
        Assert.Equal(90.0 * 24 * 60 * 60, events.At("eventsExpiration"));
        Assert.Equal(["jboss-logging"], events.Texts("eventsListeners").AsEnumerable());
        Assert.Null(events.At("enabledEventTypes"));
    }

    // A21
    [Fact]
    public async Task Everyone_who_signs_in_sets_up_a_second_factor_first()
    {
        var action = (await CloudMocks.RunAsync(() => Realm())).Inputs("keycloak:index/requiredAction:RequiredAction");

        Assert.Equal("CONFIGURE_TOTP", action.At("alias"));
        Assert.Equal(true, action.At("enabled"));
        Assert.Equal(true, action.At("defaultAction"));
    }

    [Fact]
    public async Task Each_API_has_its_audience_and_the_scope_that_Canton_knows_is_in_tokens()
    {
        var mocks = await CloudMocks.RunAsync(() => Realm());

        Assert.Equal(true, mocks.Inputs(Scope, "daml_ledger_api").At("includeInTokenScope"));
        foreach (var (api, audience) in new[] { ("ledger-api", "https://ledger"), ("validator-api", "https://validator") })
        {
            var mapper = mocks.Inputs(Audience, $"{api}-audience");
            Assert.Equal(audience, mapper.At("includedCustomAudience"));
            Assert.Equal($"/{Scope}/{api}-audience", mapper.At("clientScopeId"));
            Assert.Equal(true, mapper.At("addToAccessToken"));
            Assert.Equal(false, mocks.Inputs(Scope, $"{api}-audience").At("includeInTokenScope"));
        }
    }

    // A1, A6
    [Fact]
    public async Task Roles_are_one_flat_claim_and_groups_have_the_least_of_them()
    {
        var mocks = await CloudMocks.RunAsync(() => Realm());

        var mapper = mocks.Inputs("keycloak:openid/userRealmRoleProtocolMapper:UserRealmRoleProtocolMapper");
        Assert.Equal("roles", mapper.At("claimName"));
        Assert.Equal("String", mapper.At("claimValueType"));
        Assert.Equal(true, mapper.At("multivalued"));
        Assert.Equal(true, mapper.At("addToAccessToken"));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["canton-admins"] = "canton_viewer canton_writer",
                ["canton-auditors"] = "canton_viewer",
                ["canton-operators"] = "canton_viewer canton_writer",
            },
            mocks.All("keycloak:index/groupRoles:GroupRoles").ToDictionary(
                group => group.Name!,
                group => string.Join(' ', group.Inputs.Texts("roleIds").Select(id => id.Split('/')[^1]))));

        // With full scope off, a role is in a token only where its scope says so.
        Assert.Equal(
            ["canton_viewer", "canton_writer"],
            mocks.All("keycloak:index/genericRoleMapper:GenericRoleMapper").Select(role => role.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_machine_client_can_do_nothing_but_sign_in_as_itself()
    {
        var mocks = await CloudMocks.RunAsync(() => Machine(Realm()));

        var client = mocks.Inputs(Client);
        Assert.Equal("CONFIDENTIAL", client.At("accessType"));
        Assert.Equal(true, client.At("serviceAccountsEnabled"));
        Assert.All(
            ["standardFlowEnabled", "implicitFlowEnabled", "directAccessGrantsEnabled", "fullScopeAllowed", "useRefreshTokensClientCredentials"],
            power => Assert.Equal(false, client.At(power)));
        Assert.Null(client.At("validRedirectUris"));
        Assert.Equal(
            ["basic", "daml_ledger_api", "ledger-api-audience"], mocks.Inputs(DefaultScopes).Texts("defaultScopes").AsEnumerable());
    }

    [Fact]
    public async Task Only_who_calls_the_validator_s_API_has_its_audience()
    {
        var mocks = await CloudMocks.RunAsync(() => Machine(Realm(), usesValidatorApi: true));

        Assert.Contains("validator-api-audience", mocks.Inputs(DefaultScopes).Texts("defaultScopes"));
    }

    // A1
    [Theory]
    [InlineData("wallet-web-ui", "https://wallet.validator.example.com")]
    [InlineData("cns-ui", "https://cns.validator.example.com")]
    public async Task A_user_interface_is_public_with_PKCE_and_returns_to_its_own_address_only(string name, string address)
    {
        var mocks = await CloudMocks.RunAsync(() => UserInterfaces(Realm()));

        var client = mocks.Inputs(Client, name);
        Assert.Equal("PUBLIC", client.At("accessType"));
        Assert.Equal(true, client.At("standardFlowEnabled"));
        Assert.Equal("S256", client.At("pkceCodeChallengeMethod"));
        Assert.Null(client.At("clientSecret"));

        // With a root, Keycloak's provider demands an address for administration too.
        Assert.Null(client.At("rootUrl"));
        Assert.All(
            ["implicitFlowEnabled", "directAccessGrantsEnabled", "serviceAccountsEnabled", "fullScopeAllowed", "oauth2DeviceAuthorizationGrantEnabled"],
            power => Assert.Equal(false, client.At(power)));
        Assert.All(
            ["validRedirectUris", "validPostLogoutRedirectUris", "webOrigins"],
            list => Assert.Equal([address], client.Texts(list).AsEnumerable()));
        Assert.Equal(
            ["basic", "acr", "profile", "web-origins", "daml_ledger_api", "validator-api-audience", "canton-roles"],
            mocks.Inputs(DefaultScopes, name).Texts("defaultScopes").AsEnumerable());
        Assert.Equal(
            ["offline_access"],
            mocks.Inputs("keycloak:openid/clientOptionalScopes:ClientOptionalScopes", name).Texts("optionalScopes").AsEnumerable());
    }

    // A1
    [Fact]
    public async Task The_wallet_s_user_has_a_password_for_one_sign_in()
    {
        var subject = "";
        var mocks = await CloudMocks.RunAsync(() => UserInterfaces(Realm()).WalletUsers[0].Apply(value => subject = value));

        var user = mocks.Inputs("keycloak:index/user:User");
        Assert.Equal("validator_walletuser", user.At("username"));
        Assert.Equal($"{CloudMocks.Secret} validator_walletuser", user.At("initialPassword.value"));
        Assert.Equal(true, user.At("initialPassword.temporary"));
        Assert.Equal(["UPDATE_PASSWORD", "CONFIGURE_TOTP"], user.Texts("requiredActions").AsEnumerable());

        // What the realm's policy asks for.
        var password = mocks.Inputs("random:index/randomPassword:RandomPassword", "validator_walletuser");
        Assert.Equal(40.0, password.At("length"));
        Assert.All(["minLower", "minUpper", "minNumeric", "minSpecial"], least => Assert.Equal(1.0, password.At(least)));
        Assert.Equal("/keycloak:index/user:User/validator_walletuser", subject);
    }

    // B2
    [Fact]
    public async Task The_sub_of_a_machine_is_the_id_of_its_service_account()
    {
        var subject = "";
        await CloudMocks.RunAsync(() => Machine(Realm()).Subject.Apply(value => subject = value));

        Assert.Equal("subject of machine", subject);
    }

    [Fact]
    public async Task Endpoints_are_below_the_realm()
    {
        string? token = null, keys = null;
        IIdentityProvider? realm = null;
        await CloudMocks.RunAsync(() =>
        {
            realm = Realm();
            realm.TokenEndpoint.Apply(value => token = value);
            realm.JwksUri.Apply(value => keys = value);
        });

        Assert.Equal("https://auth.example.com/auth/realms/validator", realm!.Issuer);
        Assert.Equal($"{realm.Issuer}/.well-known/openid-configuration", realm.DiscoveryUrl);
        Assert.Equal($"{realm.Issuer}/protocol/openid-connect/token", token);
        Assert.Equal($"{realm.Issuer}/protocol/openid-connect/certs", keys);
    }

    internal static ValidatorRealm Realm(Func<ValidatorRealmArgs, ValidatorRealmArgs>? change = null)
    {
        var args = new ValidatorRealmArgs
        {
            Connection = new Pulumi.Keycloak.Provider("keycloak", new Pulumi.Keycloak.ProviderArgs { ClientId = "admin-cli" }),
            Url = Url,
            LedgerApiAudience = "https://ledger",
            ValidatorApiAudience = "https://validator",
            AccessTokenMinutes = 10,
            EventRetentionInDays = 90,
            IsProtected = true,
        };
        return new ValidatorRealm("realm", change is null ? args : change(args));
    }

    private static KeycloakAdministration Administration() => new("admin", new KeycloakAdministrationArgs
    {
        Url = Url,
        Vault = Scenery.Vault("secrets", "app"),
        Namespace = Scenery.Namespace("keycloak"),
    });

    private static MachineIdentity Machine(ValidatorRealm realm, bool usesValidatorApi = false) =>
        realm.AddMachine(new MachineRequest("machine", "A machine.", realm, UsesValidatorApi: usesValidatorApi));

    private static UserInterfaceLogins UserInterfaces(ValidatorRealm realm) => realm.AddUserInterfaces(
        new UserInterfaceRequest("validator", null, UserInterfaceAddresses.Of("validator", "example.com"), realm));
}
