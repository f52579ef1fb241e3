using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Tests.Support;
using Pulumi;

namespace CantonInfra.Infra.Tests.Components.Identity;

/// <summary>A3.</summary>
public sealed class Auth0Tests
{
    private const string Api = "auth0:index/resourceServer:ResourceServer";
    private const string Client = "auth0:index/client:Client";
    private const string Credentials = "auth0:index/clientCredentials:ClientCredentials";
    private const string Grant = "auth0:index/clientGrant:ClientGrant";

    [Fact]
    public async Task The_tenant_is_managed_with_a_secret_from_outside()
    {
        var provider = (await CloudMocks.RunAsync(() => Tenant())).Inputs("pulumi:providers:auth0");

        Assert.Equal("canton.us.auth0.com", provider.At("domain"));
        Assert.Equal("pulumi", provider.At("clientId"));
        Assert.Equal("management", provider.At("clientSecret"));
    }

    [Fact]
    public async Task Each_API_is_open_to_granted_clients_only_and_the_ledger_s_to_no_person()
    {
        var mocks = await CloudMocks.RunAsync(() => Tenant());

        foreach (var (api, audience, people, staysSignedIn) in new[]
        {
            ("ledger-api", "https://ledger", "deny_all", false),
            ("validator-api", "https://validator", "require_client_grant", true),
        })
        {
            var server = mocks.Inputs(Api, api);
            Assert.Equal(audience, server.At("identifier"));
            Assert.Equal("RS256", server.At("signingAlg"));
            Assert.Equal(600.0, server.At("tokenLifetime"));
            Assert.Equal(600.0, server.At("tokenLifetimeForWeb"));
            Assert.Equal(staysSignedIn, server.At("allowOfflineAccess"));
            Assert.Equal("require_client_grant", server.At("subjectTypeAuthorization.client.policy"));
            Assert.Equal(people, server.At("subjectTypeAuthorization.user.policy"));
            var scopes = mocks.Inputs("auth0:index/resourceServerScopes:ResourceServerScopes", api);
            Assert.Equal(audience, scopes.At("resourceServerIdentifier"));
            Assert.Equal("daml_ledger_api", scopes.At("scopes.0.name"));
        }
    }

    [Fact]
    public async Task Where_both_APIs_have_one_audience_there_is_one_and_people_may_enter()
    {
        var mocks = await CloudMocks.RunAsync(() => Machine(Tenant(args => args with { ValidatorApiAudience = "https://ledger" }), true));

        Assert.Equal("require_client_grant", mocks.Inputs(Api).At("subjectTypeAuthorization.user.policy"));
        Assert.Equal("https://ledger", mocks.Inputs(Grant).At("audience"));
    }

    [Fact]
    public async Task Sign_ins_are_protected()
    {
        var mocks = await CloudMocks.RunAsync(() => Tenant());

        var attacks = mocks.Inputs("auth0:index/attackProtection:AttackProtection");
        Assert.All(
            ["bruteForceProtection", "suspiciousIpThrottling", "breachedPasswordDetection"],
            defence => Assert.Equal(true, attacks.At($"{defence}.enabled")));
        Assert.All(
            ["bruteForceProtection", "suspiciousIpThrottling", "breachedPasswordDetection"],
            defence => Assert.Contains("block", attacks.Texts($"{defence}.shields")));
        var factors = mocks.Inputs("auth0:index/guardian:Guardian");
        Assert.Equal("all-applications", factors.At("policy"));
        Assert.Equal(true, factors.At("otp"));
    }

    [Fact]
    public async Task A_tenant_that_another_environment_manages_keeps_its_defences_as_they_are()
    {
        var mocks = await CloudMocks.RunAsync(() => Tenant(args => args with { ManagesTenant = false }));

        Assert.Empty(mocks.All("auth0:index/attackProtection:AttackProtection"));
        Assert.Empty(mocks.All("auth0:index/guardian:Guardian"));
        Assert.Equal(2, mocks.All(Api).Length);
    }

    [Fact]
    public async Task A_machine_has_one_grant_type_and_a_grant_for_each_API_that_it_uses()
    {
        var mocks = await CloudMocks.RunAsync(() => Machine(Tenant(), usesValidatorApi: true));

        var client = mocks.Inputs(Client);
        Assert.Equal("non_interactive", client.At("appType"));
        Assert.Equal(["client_credentials"], client.Texts("grantTypes").AsEnumerable());
        Assert.Equal("RS256", client.At("jwtConfiguration.alg"));
        Assert.Equal("mainnet", client.At("clientMetadata.environment"));
        var credentials = mocks.Inputs(Credentials);
        Assert.Equal("id of machine", credentials.At("clientId"));
        Assert.Equal("client_secret_post", credentials.At("authenticationMethod"));
        Assert.Equal($"{CloudMocks.Secret} machine", credentials.At("clientSecret"));
        Assert.Equal(
            ["https://ledger", "https://validator"],
            mocks.All(Grant).Select(grant => (string)grant.Inputs.At("audience")!).Order(StringComparer.Ordinal));
        Assert.All(mocks.All(Grant), grant =>
        {
            Assert.Equal("client", grant.Inputs.At("subjectType"));
            Assert.Equal(["daml_ledger_api"], grant.Inputs.Texts("scopes").AsEnumerable());
        });
    }

    [Fact]
    public async Task A_service_is_granted_the_ledger_API_alone()
    {
        var mocks = await CloudMocks.RunAsync(() => Machine(Tenant(), usesValidatorApi: false));

        Assert.Equal("https://ledger", mocks.Inputs(Grant).At("audience"));
    }

    // B2
    [Fact]
    public async Task The_sub_of_a_machine_is_its_client_with_a_tail()
    {
        var subject = "";
        await CloudMocks.RunAsync(() => Machine(Tenant(), false).Subject.Apply(value => subject = value));

        Assert.Equal("id of machine@clients", subject);
    }

    [Theory]
    [InlineData("wallet-web-ui", "https://wallet.validator.example.com")]
    [InlineData("cns-ui", "https://cns.validator.example.com")]
    public async Task A_user_interface_has_no_secret_and_returns_to_its_own_address_only(string name, string address)
    {
        var mocks = await CloudMocks.RunAsync(() => UserInterfaces(Tenant()));

        var client = mocks.Inputs(Client, name);
        Assert.Equal("spa", client.At("appType"));
        Assert.Equal(["authorization_code", "refresh_token"], client.Texts("grantTypes").AsEnumerable());
        Assert.Equal(true, client.At("oidcConformant"));
        Assert.Equal(false, client.At("crossOriginAuth"));
        Assert.All(
            ["callbacks", "allowedLogoutUrls", "webOrigins", "allowedOrigins"],
            list => Assert.Equal([address], client.Texts(list).AsEnumerable()));
        Assert.Equal("rotating", client.At("refreshToken.rotationType"));
        Assert.Equal("expiring", client.At("refreshToken.expirationType"));
        Assert.Equal("none", mocks.Inputs(Credentials, name).At("authenticationMethod"));
        Assert.Null(mocks.Inputs(Credentials, name).At("clientSecret"));
        var grant = mocks.Inputs(Grant, $"{name}-validator-api");
        Assert.Equal("user", grant.At("subjectType"));
        Assert.Equal("https://validator", grant.At("audience"));
    }

    [Fact]
    public async Task Nobody_signs_up_and_the_wallet_s_user_is_made_once_the_clients_are_let_in()
    {
        var subject = "";
        var mocks = await CloudMocks.RunAsync(() => UserInterfaces(Tenant()).WalletUsers[0].Apply(value => subject = value));

        var users = mocks.Inputs("auth0:index/connection:Connection");
        Assert.Equal("canton-mainnet-validator", users.At("name"));
        Assert.Equal("auth0", users.At("strategy"));
        Assert.Equal(true, users.At("options.disableSignup"));
        Assert.Equal(true, users.At("options.bruteForceProtection"));
        Assert.Equal("good", users.At("options.passwordPolicy"));
        Assert.Equal(14.0, users.At("options.passwordComplexityOptions.minLength"));
        Assert.Equal(
            ["pulumi", "id of wallet-web-ui", "id of cns-ui"],
            mocks.Inputs("auth0:index/connectionClients:ConnectionClients").Texts("enabledClients").AsEnumerable());
        mocks.AssertBefore("ConnectionClients validator-users", "User validator_walletuser");
        var user = mocks.Inputs("auth0:index/user:User");
        Assert.Equal("canton-mainnet-validator", user.At("connectionName"));
        Assert.Equal("wallet@example.com", user.At("email"));
        Assert.Equal($"{CloudMocks.Secret} validator_walletuser", user.At("password"));
        Assert.Equal("/auth0:index/user:User/validator_walletuser", subject);
    }

    [Fact]
    public async Task The_issuer_ends_with_a_slash_and_nothing_else_does()
    {
        string? token = null, keys = null;
        IIdentityProvider? tenant = null;
        await CloudMocks.RunAsync(() =>
        {
            tenant = Tenant();
            tenant.TokenEndpoint.Apply(value => token = value);
            tenant.JwksUri.Apply(value => keys = value);
        });

        Assert.Equal("https://canton.us.auth0.com/", tenant!.Issuer);
        Assert.Equal("https://canton.us.auth0.com", tenant.Authority);
        Assert.Equal("https://canton.us.auth0.com/.well-known/openid-configuration", tenant.DiscoveryUrl);
        Assert.Equal("https://canton.us.auth0.com/oauth/token", token);
        Assert.Equal("https://canton.us.auth0.com/.well-known/jwks.json", keys);
        Assert.Null(tenant.TokenRequests.WhyRefused(TokenRequestForm.Json));
    }

    private static Auth0Tenant Tenant(Func<Auth0TenantArgs, Auth0TenantArgs>? change = null)
    {
        var args = new Auth0TenantArgs
        {
            Environment = "mainnet",
            Domain = "canton.us.auth0.com",
            ManagementClientId = "pulumi",
            ManagementSecret = Output.CreateSecret("management"),
            LedgerApiAudience = "https://ledger",
            ValidatorApiAudience = "https://validator",
            AccessTokenMinutes = 10,
            WalletUserEmail = "wallet@example.com",
            ManagesTenant = true,
        };
        return new Auth0Tenant("auth0", change is null ? args : change(args));
    }

    private static MachineIdentity Machine(Auth0Tenant tenant, bool usesValidatorApi) =>
        tenant.AddMachine(new MachineRequest("machine", "A machine.", tenant, UsesValidatorApi: usesValidatorApi));

    private static UserInterfaceLogins UserInterfaces(Auth0Tenant tenant) => tenant.AddUserInterfaces(
        new UserInterfaceRequest("validator", null, UserInterfaceAddresses.Of("validator", "example.com"), tenant));
}
