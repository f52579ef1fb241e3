using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Tests.Support;
using Pulumi;

namespace CantonInfra.Infra.Tests.Components.Identity;

public sealed class ServiceClientTests
{
    private const string Kubernetes = "kubernetes:core/v1:Secret";
    private const string Vault = "azure-native:keyvault:Secret";

    // B1, B5
    [Fact]
    public async Task A_service_has_its_secret_in_the_vault_and_in_its_own_namespace_under_old_and_new_names()
    {
        var mocks = await CloudMocks.RunAsync(() => Service(CantonService.ApiServer, KeycloakTests.Realm()));

        var secret = $"{CloudMocks.Secret} canton-mw-api-server";
        Assert.Equal(secret, mocks.Inputs("keycloak:openid/client:Client").At("clientSecret"));
        Assert.Equal(secret, mocks.Inputs(Vault, "canton-auth-client-secret-api").At("properties.value"));
        Assert.Equal("canton-mw-api-server", mocks.Inputs(Vault, "canton-auth-client-id-api").At("properties.value"));
        var data = mocks.Inputs(Kubernetes);
        Assert.Equal("canton-mw-api-server", data.At("metadata.namespace"));
        Assert.Equal(secret, data.At("stringData.CANTON_AUTH_CLIENT_SECRET_API"));
        Assert.Equal(secret, data.At("stringData.CANTON_AUTH_CLIENT_SECRET"));
        Assert.Equal("canton-mw-api-server", data.At("stringData.CANTON_AUTH_CLIENT_ID_API"));
        Assert.Equal("canton-mw-api-server", data.At("stringData.CANTON_AUTH_CLIENT_ID"));
        Assert.Equal("https://ledger", data.At("stringData.CANTON_AUTH_AUDIENCE"));
        Assert.Equal(
            "https://auth.example.com/auth/realms/validator/protocol/openid-connect/token",
            data.At("stringData.CANTON_AUTH_TOKEN_URL"));
        Assert.Null(data.At("stringData.CANTON_AUTH_SCOPE"));
    }

    [Fact]
    public async Task A_service_that_asks_with_a_scope_is_told_it()
    {
        var mocks = await CloudMocks.RunAsync(
            () => Service(CantonService.Indexer, KeycloakTests.Realm(), TokenRequestForm.Form));

        Assert.Equal("daml_ledger_api", mocks.Inputs(Kubernetes).At("stringData.CANTON_AUTH_SCOPE"));
        Assert.Equal("https://ledger", mocks.Inputs(Kubernetes).At("stringData.CANTON_AUTH_AUDIENCE"));
    }

    // B8
    [Fact]
    public async Task Services_share_no_secret()
    {
        var mocks = await CloudMocks.RunAsync(() =>
        {
            var realm = KeycloakTests.Realm();
            foreach (var service in CantonService.All)
            {
                Service(service, realm);
            }
        });

        foreach (var service in CantonService.All)
        {
            var data = mocks.Inputs(Kubernetes, $"{service.Name}-canton-auth");
            Assert.Equal($"{CloudMocks.Secret} {service.Name}", data.At($"stringData.CANTON_AUTH_CLIENT_SECRET_{service.VariableSuffix}"));
            var values = System.Text.Json.JsonSerializer.Serialize(data.At("stringData"));
            Assert.All(
                CantonService.All.Where(other => other != service),
                other => Assert.DoesNotContain(other.Name, values, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_validator_finds_its_secrets_under_the_names_that_its_charts_fix()
    {
        var mocks = await CloudMocks.RunAsync(() => Validator(Output.CreateSecret("one-time")));

        Assert.Equal("password", mocks.Inputs(Kubernetes, "validator-postgres-secrets").At("stringData.postgresPassword"));
        var auth = mocks.Inputs(Kubernetes, "validator-splice-app-validator-ledger-api-auth");
        Assert.Equal("subject of validator-app-backend", auth.At("stringData.ledger-api-user"));
        Assert.Equal("validator-app-backend", auth.At("stringData.client-id"));
        Assert.Equal("https://ledger", auth.At("stringData.audience"));
        Assert.Equal("daml_ledger_api", auth.At("stringData.scope"));
        Assert.EndsWith("/realms/validator/.well-known/openid-configuration", (string)auth.At("stringData.url")!, StringComparison.Ordinal);
        Assert.Equal("one-time", mocks.Inputs(Kubernetes, "validator-splice-app-validator-onboarding-validator").At("stringData.secret"));
        foreach (var (page, client) in new[] { ("wallet", "wallet-web-ui"), ("cns", "cns-ui") })
        {
            var login = mocks.Inputs(Kubernetes, $"validator-splice-app-{page}-ui-auth");
            Assert.Equal("https://auth.example.com/auth/realms/validator", login.At("stringData.url"));
            Assert.Equal(client, login.At("stringData.client-id"));
        }

        Assert.Equal(
            $"{CloudMocks.Secret} validator_walletuser", mocks.Inputs(Vault, "validator-walletuser").At("properties.value"));
    }

    [Fact]
    public async Task A_validator_that_is_onboarded_has_no_onboarding_secret()
    {
        var mocks = await CloudMocks.RunAsync(() => Validator(null));

        Assert.DoesNotContain(mocks.All(Kubernetes), secret => secret.Name!.Contains("onboarding", StringComparison.Ordinal));
    }

    private static ServiceClient Service(
        CantonService service, IIdentityProvider identity, TokenRequestForm form = TokenRequestForm.Json) =>
        new(service.Name, new ServiceClientArgs
        {
            Service = service,
            Identity = identity,
            TokenRequest = form,
            SecretGeneration = 1,
            Vault = Scenery.Vault("secrets", "app"),
            Namespace = Scenery.Namespace(service.Name),
        });

    private static void Validator(Output<string>? onboarding) => _ = new ValidatorSecrets("validator", new ValidatorSecretsArgs
    {
        Namespace = Scenery.Namespace(),
        Vault = Scenery.Vault("secrets", "app"),
        Identity = KeycloakTests.Realm(),
        Addresses = UserInterfaceAddresses.Of("validator", "example.com"),
        Account = new DatabaseAccount("cnadmin", Output.CreateSecret("password"), null!),
        OnboardingSecret = onboarding,
    });
}
