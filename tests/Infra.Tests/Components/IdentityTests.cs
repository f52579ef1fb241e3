using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Tests.Support;
using Pulumi;

namespace CantonInfra.Infra.Tests.Components;

public sealed class IdentityTests
{
    private const string Client = "keycloak:openid/client:Client";
    private const string Secret = "kubernetes:core/v1:Secret";
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
        Assert.Equal(password, mocks.Inputs(Secret).At("stringData.password"));
    }

    // A1
    [Fact]
    public async Task The_realm_is_hardened()
    {
        var mocks = await CloudMocks.RunAsync(() => Realm());

        var realm = mocks.Inputs("keycloak:index/realm:Realm");
        Assert.Equal("validator", realm.At("realm"));
        Assert.Equal("all", realm.At("sslRequired"));
        Assert.Equal(false, realm.At("registrationAllowed"));
        Assert.Equal("RS256", realm.At("defaultSignatureAlgorithm"));
        Assert.Equal(5.0, realm.At("securityDefenses.bruteForceDetection.maxLoginFailures"));
        Assert.Contains("length(14)", (string)realm.At("passwordPolicy")!, StringComparison.Ordinal);
    }

    // A26
    [Fact]
    public async Task Sign_ins_and_administration_are_recorded_and_shipped()
    {
        var events = (await CloudMocks.RunAsync(() => Realm())).Inputs("keycloak:index/realmEvents:RealmEvents");

        Assert.Equal(true, events.At("eventsEnabled"));
        Assert.Equal(true, events.At("adminEventsEnabled"));
        Assert.Equal(["jboss-logging"], events.Texts("eventsListeners").AsEnumerable());
    }

    [Fact]
    public async Task Tokens_for_the_ledger_API_carry_its_audience_and_scope()
    {
        var mocks = await CloudMocks.RunAsync(() => Realm());

        var scope = mocks.Inputs("keycloak:openid/clientScope:ClientScope");
        Assert.Equal("daml_ledger_api", scope.At("name"));
        Assert.Equal(true, scope.At("includeInTokenScope"));
        var mapper = mocks.Inputs("keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper");
        Assert.Equal("https://ledger", mapper.At("includedCustomAudience"));
        Assert.Equal("/keycloak:openid/clientScope:ClientScope/ledger-api", mapper.At("clientScopeId"));
    }

    [Fact]
    public async Task A_machine_client_can_do_nothing_but_sign_in_as_itself()
    {
        var mocks = await CloudMocks.RunAsync(() => Realm().AddMachineClient("machine", "A machine."));

        var client = mocks.Inputs(Client);
        Assert.Equal("CONFIDENTIAL", client.At("accessType"));
        Assert.Equal(true, client.At("serviceAccountsEnabled"));
        Assert.All(
            ["standardFlowEnabled", "implicitFlowEnabled", "directAccessGrantsEnabled", "fullScopeAllowed"],
            power => Assert.Equal(false, client.At(power)));
        Assert.Equal(
            ["basic", "daml_ledger_api"],
            mocks.Inputs("keycloak:openid/clientDefaultScopes:ClientDefaultScopes").Texts("defaultScopes").AsEnumerable());
    }

    // B1, B5
    [Fact]
    public async Task A_service_has_its_secret_in_the_vault_and_in_its_own_namespace_under_old_and_new_names()
    {
        var mocks = await CloudMocks.RunAsync(() => Service(CantonService.ApiServer, Realm()));

        var secret = $"{CloudMocks.Secret} canton-mw-api-server";
        Assert.Equal(secret, mocks.Inputs(Client).At("clientSecret"));
        Assert.Equal(secret, mocks.Inputs("azure-native:keyvault:Secret", "canton-mw-api-server").At("properties.value"));
        var data = mocks.Inputs(Secret);
        Assert.Equal("canton-api-server", data.At("metadata.namespace"));
        Assert.Equal(secret, data.At("stringData.CANTON_AUTH_CLIENT_SECRET_API"));
        Assert.Equal(secret, data.At("stringData.CANTON_AUTH_CLIENT_SECRET"));
        Assert.Equal("canton-mw-api-server", data.At("stringData.CANTON_AUTH_CLIENT_ID_API"));
        Assert.Equal("canton-mw-api-server", data.At("stringData.CANTON_AUTH_CLIENT_ID"));
        Assert.Equal("https://ledger", data.At("stringData.CANTON_AUTH_AUDIENCE"));
        Assert.Equal(
            "https://auth.example.com/auth/realms/validator/protocol/openid-connect/token",
            data.At("stringData.CANTON_AUTH_TOKEN_URL"));
    }

    // B8
    [Fact]
    public async Task Services_share_no_secret()
    {
        var mocks = await CloudMocks.RunAsync(() =>
        {
            var realm = Realm();
            Service(CantonService.ApiServer, realm);
            Service(new CantonService("canton-relayer", "canton-mw-relayer", "RELAYER", "The relayer."), realm);
        });

        var relayer = mocks.Inputs(Secret, "canton-relayer-canton-auth");
        Assert.Equal($"{CloudMocks.Secret} canton-mw-relayer", relayer.At("stringData.CANTON_AUTH_CLIENT_SECRET_RELAYER"));
        Assert.Null(relayer.At("stringData.CANTON_AUTH_CLIENT_SECRET_API"));
    }

    // B2
    [Fact]
    public async Task The_id_of_a_Canton_user_is_what_the_tokens_say()
    {
        var subject = "";
        await CloudMocks.RunAsync(() => Service(CantonService.ApiServer, Realm()).Subject.Apply(value => subject = value));

        Assert.Equal("subject of canton-mw-api-server", subject);
    }

    [Fact]
    public async Task A_validator_finds_its_secrets_under_the_names_that_its_charts_fix()
    {
        var mocks = await CloudMocks.RunAsync(() => Validator(Output.CreateSecret("one-time")));

        Assert.Equal("password", mocks.Inputs(Secret, "validator-postgres-secrets").At("stringData.postgresPassword"));
        var auth = mocks.Inputs(Secret, "validator-splice-app-validator-ledger-api-auth");
        Assert.Equal("subject of validator-app-backend", auth.At("stringData.ledger-api-user"));
        Assert.Equal("validator-app-backend", auth.At("stringData.client-id"));
        Assert.Equal("https://ledger", auth.At("stringData.audience"));
        Assert.EndsWith("/realms/validator/.well-known/openid-configuration", (string)auth.At("stringData.url")!, StringComparison.Ordinal);
        Assert.Equal("one-time", mocks.Inputs(Secret, "validator-splice-app-validator-onboarding-validator").At("stringData.secret"));
    }

    [Fact]
    public async Task A_validator_that_is_onboarded_has_no_onboarding_secret()
    {
        var mocks = await CloudMocks.RunAsync(() => Validator(null));

        Assert.DoesNotContain(mocks.All(Secret), secret => secret.Name!.Contains("onboarding", StringComparison.Ordinal));
    }

    private static KeycloakAdministration Administration() => new("admin", new KeycloakAdministrationArgs
    {
        Url = Url,
        Vault = Scenery.Vault("secrets", "app"),
        Namespace = Scenery.Namespace("keycloak"),
    });

    private static ValidatorRealm Realm() => new("realm", new ValidatorRealmArgs
    {
        Connection = new Pulumi.Keycloak.Provider("keycloak", new Pulumi.Keycloak.ProviderArgs { ClientId = "admin-cli" }),
        Url = Url,
        LedgerApiAudience = "https://ledger",
    });

    private static ServiceClient Service(CantonService service, ValidatorRealm realm) => new(service.Name, new ServiceClientArgs
    {
        Service = service,
        Realm = realm,
        Vault = Scenery.Vault("secrets", "app"),
        Namespace = Scenery.Namespace(service.Name),
    });

    private static void Validator(Output<string>? onboarding) => _ = new ValidatorSecrets("validator", new ValidatorSecretsArgs
    {
        Namespace = Scenery.Namespace(),
        Vault = Scenery.Vault("secrets", "app"),
        Realm = Realm(),
        Account = new DatabaseAccount("cnadmin", Output.CreateSecret("password"), null!),
        OnboardingSecret = onboarding,
    });
}
