using CantonInfra.Policy.Rules.Identity;
using CantonInfra.Policy.Rules.Secrets;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class IdentityRulesTests
{
    private const string Client = "keycloak:openid/client:Client";
    private const string Realm = "keycloak:index/realm:Realm";
    private const string User = "keycloak:index/user:User";
    private const string Events = "keycloak:index/realmEvents:RealmEvents";
    private const string Mapper = "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper";
    private const string ServiceRole = "keycloak:openid/clientServiceAccountRole:ClientServiceAccountRole";
    private const string Application = "auth0:index/client:Client";
    private const string Api = "auth0:index/resourceServer:ResourceServer";

    private readonly RuleUnderTest _pkce = new(new PublicClientsUsePkce());
    private readonly RuleUnderTest _redirects = new(new RedirectsAreExact());
    private readonly RuleUnderTest _grants = new(new NoImplicitOrPasswordGrants());
    private readonly RuleUnderTest _realm = new(new RealmsAreHardened());
    private readonly RuleUnderTest _events = new(new RealmsRecordEvents());
    private readonly RuleUnderTest _lifetimes = new(new TokensAreShortLived());
    private readonly RuleUnderTest _audience = new(new AudiencesAreOwn());
    private readonly RuleUnderTest _scope = new(new ClientsHaveNoFullScope());
    private readonly RuleUnderTest _admin = new(new ServiceAccountsDoNotAdminister());
    private readonly RuleUnderTest _auth0 = new(new Auth0GrantsFitClients());
    private readonly RuleUnderTest _passwords = new(new PasswordsAreSecret());

    [Theory]
    [InlineData("{'accessType': 'PUBLIC', 'standardFlowEnabled': true, 'pkceCodeChallengeMethod': 'S256'}")]
    [InlineData("{'accessType': 'PUBLIC', 'standardFlowEnabled': '[unknown]', 'pkceCodeChallengeMethod': {'[secret]': 'S256'}}")]
    [InlineData("{'accessType': 'PUBLIC'}")]
    public void Public_clients_with_PKCE_pass(string client) => _pkce.Passes(Client, client);

    [Theory]
    [InlineData("{'accessType': 'PUBLIC', 'standardFlowEnabled': true}", "pkceCodeChallengeMethod")]
    [InlineData("{'accessType': 'PUBLIC', 'standardFlowEnabled': true, 'pkceCodeChallengeMethod': 'plain'}", "pkceCodeChallengeMethod")]
    [InlineData("{'accessType': 'PUBLIC', 'clientSecret': '[unknown]'}", "clientSecret")]
    public void Public_clients_without_PKCE_or_with_a_secret_fail(string client, string path) => _pkce.Fails(Client, client, path);

    [Theory]
    [InlineData("{'accessType': '[unknown]'}", "accessType")]
    [InlineData("{'accessType': 'PUBLIC', 'standardFlowEnabled': true, 'pkceCodeChallengeMethod': '[unknown]'}", "pkceCodeChallengeMethod")]
    [InlineData("{'accessType': 'PUBLIC', 'standardFlowEnabled': '[unknown]'}", "standardFlowEnabled")]
    public void What_is_not_known_of_a_client_is_undecided(string client, string path) => _pkce.IsUndecided(Client, client, path);

    [Fact]
    public void Confidential_clients_need_no_PKCE()
    {
        _pkce.IsNotApplicable(Client, "{'accessType': 'CONFIDENTIAL', 'standardFlowEnabled': true}");
        _pkce.IsNotApplicable(Realm);
    }

    [Fact]
    public void The_secret_of_a_public_client_is_not_shown() => _pkce.KeepsSecret(
        Client, "{'accessType': 'PUBLIC', 'clientSecret': {'[secret]': 'SECRET'}}", "clientSecret");

    [Theory]
    [InlineData(Client, "{'validRedirectUris': ['https://a.example.com'], 'webOrigins': ['https://a.example.com']}")]
    [InlineData(Client, "{}")]
    [InlineData(Application, "{'callbacks': ['https://a.example.com'], 'allowedLogoutUrls': [{'[secret]': 'https://a.example.com'}]}")]
    public void Exact_addresses_pass(string type, string client) => _redirects.Passes(type, client);

    [Theory]
    [InlineData(Client, "{'validRedirectUris': ['https://a.example.com', 'https://a.example.com/*']}", "validRedirectUris[1]")]
    [InlineData(Client, "{'validRedirectUris': ['http://a.example.com']}", "validRedirectUris[0]")]
    [InlineData(Client, "{'validPostLogoutRedirectUris': ['+']}", "validPostLogoutRedirectUris[0]")]
    [InlineData(Client, "{'webOrigins': ['*']}", "webOrigins[0]")]
    [InlineData(Application, "{'callbacks': ['https://*.example.com']}", "callbacks[0]")]
    [InlineData(Application, "{'allowedOrigins': ['http://localhost:3000']}", "allowedOrigins[0]")]
    public void Wildcards_and_http_fail(string type, string client, string path) => _redirects.Fails(type, client, path);

    [Theory]
    [InlineData("{'validRedirectUris': '[unknown]'}", "validRedirectUris")]
    [InlineData("{'validRedirectUris': ['[unknown]']}", "validRedirectUris[0]")]
    public void An_unknown_address_is_undecided(string client, string path) => _redirects.IsUndecided(Client, client, path);

    [Fact]
    public void An_address_that_is_secret_is_judged_and_not_shown()
    {
        _redirects.KeepsSecret(Client, "{'validRedirectUris': [{'[secret]': 'SECRET'}]}", "validRedirectUris[0]");
        _redirects.IsNotApplicable(Realm);
    }

    [Theory]
    [InlineData(Client, "{}")]
    [InlineData(Client, "{'implicitFlowEnabled': false, 'directAccessGrantsEnabled': {'[secret]': false}}")]
    [InlineData(Application, "{'grantTypes': ['authorization_code', 'refresh_token']}")]
    public void Clients_without_old_grants_pass(string type, string client) => _grants.Passes(type, client);

    [Theory]
    [InlineData(Client, "{'implicitFlowEnabled': true}", "implicitFlowEnabled")]
    [InlineData(Client, "{'directAccessGrantsEnabled': true}", "directAccessGrantsEnabled")]
    [InlineData(Application, "{'grantTypes': ['authorization_code', 'implicit']}", "grantTypes[1]")]
    [InlineData(Application, "{'grantTypes': ['http://auth0.com/oauth/grant-type/password-realm']}", "grantTypes[0]")]
    public void Old_grants_fail(string type, string client, string path) => _grants.Fails(type, client, path);

    [Fact]
    public void A_grant_that_is_not_known_is_undecided_and_a_secret_one_not_shown()
    {
        _grants.IsUndecided(Client, "{'implicitFlowEnabled': '[unknown]'}", "implicitFlowEnabled");
        _grants.IsUndecided(Application, "{'grantTypes': '[unknown]'}", "grantTypes");
        _grants.KeepsSecret(Client, "{'implicitFlowEnabled': true, 'clientSecret': {'[secret]': 'SECRET'}}", "implicitFlowEnabled");
        _grants.IsNotApplicable(Realm);
    }

    [Theory]
    [InlineData("{'sslRequired': 'all', 'passwordPolicy': 'length(14)', 'securityDefenses': {'bruteForceDetection': {'maxLoginFailures': 5}}}")]
    [InlineData("{'sslRequired': {'[secret]': 'all'}, 'passwordPolicy': 'length(12)', 'securityDefenses': {'bruteForceDetection': {}}}")]
    public void Hardened_realms_pass(string realm) => _realm.Passes(Realm, realm);

    [Theory]
    [InlineData("{}", "sslRequired securityDefenses.bruteForceDetection passwordPolicy")]
    [InlineData("{'sslRequired': 'external', 'passwordPolicy': 'length(14)', 'securityDefenses': {'bruteForceDetection': {}}}", "sslRequired")]
    [InlineData("{'sslRequired': 'all', 'passwordPolicy': 'length(14)', 'securityDefenses': {'headers': {}}}", "securityDefenses.bruteForceDetection")]
    [InlineData("{'sslRequired': 'all', 'passwordPolicy': ' ', 'securityDefenses': {'bruteForceDetection': {}}}", "passwordPolicy")]
    [InlineData("{'sslRequired': 'all', 'passwordPolicy': 'length(12)', 'registrationAllowed': true, 'securityDefenses': {'bruteForceDetection': {}}}", "registrationAllowed")]
    public void Open_realms_fail(string realm, string paths) => _realm.Fails(Realm, realm, paths.Split(' '));

    [Fact]
    public void What_is_not_known_of_a_realm_is_undecided_and_what_is_secret_not_shown()
    {
        _realm.IsUndecided(Realm, "{'sslRequired': '[unknown]', 'passwordPolicy': 'length(12)', 'securityDefenses': {'bruteForceDetection': {}}}", "sslRequired");
        _realm.IsUndecided(Realm, "{'sslRequired': 'all', 'passwordPolicy': 'length(12)', 'securityDefenses': '[unknown]'}", "securityDefenses");
        _realm.KeepsSecret(
            Realm, "{'sslRequired': {'[secret]': 'SECRET'}, 'passwordPolicy': 'length(12)', 'securityDefenses': {'bruteForceDetection': {}}}", "sslRequired");
        _realm.IsNotApplicable(Client);
    }

    [Theory]
    [InlineData(Realm, "{}")]
    [InlineData(Realm, "{'accessTokenLifespan': '15m0s'}")]
    [InlineData(Realm, "{'accessTokenLifespan': {'[secret]': '300s'}}")]
    [InlineData(Client, "{'accessTokenLifespan': '600'}")]
    [InlineData(Api, "{'tokenLifetime': 600, 'tokenLifetimeForWeb': 900}")]
    public void Short_lifetimes_pass(string type, string properties) => _lifetimes.Passes(type, properties);

    [Theory]
    [InlineData(Realm, "{'accessTokenLifespan': '15m1s'}", "accessTokenLifespan")]
    [InlineData(Realm, "{'accessTokenLifespan': '1h'}", "accessTokenLifespan")]
    [InlineData(Client, "{'accessTokenLifespan': '86400'}", "accessTokenLifespan")]
    [InlineData(Api, "{'tokenLifetime': 600}", "tokenLifetimeForWeb")]
    [InlineData(Api, "{}", "tokenLifetime tokenLifetimeForWeb")]
    public void Long_lifetimes_fail(string type, string properties, string paths) => _lifetimes.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void A_lifetime_that_is_not_known_is_undecided_and_a_secret_one_not_shown()
    {
        _lifetimes.IsUndecided(Realm, "{'accessTokenLifespan': '[unknown]'}", "accessTokenLifespan");
        _lifetimes.IsUndecided(Realm, "{'accessTokenLifespan': 'soon'}", "accessTokenLifespan");
        _lifetimes.KeepsSecret(
            Realm, "{'accessTokenLifespan': '2h', 'displayName': {'[secret]': 'SECRET'}}", "accessTokenLifespan");
        _lifetimes.IsNotApplicable(User);
    }

    [Theory]
    [InlineData(Mapper, "{'includedCustomAudience': 'https://ledger-api.mainnet.canton'}")]
    [InlineData(Mapper, "{'includedClientAudience': 'ledger-api', 'addToAccessToken': true}")]
    [InlineData(Api, "{'identifier': {'[secret]': 'https://ledger-api.mainnet.canton'}}")]
    public void Audiences_of_one_s_own_pass(string type, string properties) => _audience.Passes(type, properties);

    [Theory]
    [InlineData(Mapper, "{}", "includedCustomAudience")]
    [InlineData(Mapper, "{'includedCustomAudience': 'https://canton.network.global'}", "includedCustomAudience")]
    [InlineData(Mapper, "{'includedCustomAudience': 'https://a', 'addToAccessToken': false}", "addToAccessToken")]
    [InlineData(Api, "{'identifier': 'https://Canton.network.global/'}", "identifier")]
    public void Audiences_that_others_have_fail(string type, string properties, string path) => _audience.Fails(type, properties, path);

    [Fact]
    public void An_audience_that_is_not_known_is_undecided_and_a_secret_one_not_shown()
    {
        _audience.IsUndecided(Mapper, "{'includedCustomAudience': '[unknown]'}", "includedCustomAudience");
        _audience.KeepsSecret(
            Mapper, "{'name': {'[secret]': 'SECRET'}, 'includedCustomAudience': 'https://canton.network.global'}", "includedCustomAudience");
        _audience.IsNotApplicable(Client);
    }

    [Fact]
    public void Full_scope_has_to_be_off()
    {
        _scope.Passes(Client, "{'fullScopeAllowed': false}");
        _scope.Passes(Client, "{'fullScopeAllowed': {'[secret]': false}}");
        _scope.Fails(Client, "{}", "fullScopeAllowed");
        _scope.Fails(Client, "{'fullScopeAllowed': true}", "fullScopeAllowed");
        _scope.IsUndecided(Client, "{'fullScopeAllowed': '[unknown]'}", "fullScopeAllowed");
        _scope.KeepsSecret(Client, "{'clientSecret': {'[secret]': 'SECRET'}}", "fullScopeAllowed");
        _scope.IsNotApplicable(Application);
    }

    [Theory]
    [InlineData("realm-admin")]
    [InlineData("manage-users")]
    [InlineData("impersonation")]
    public void Service_accounts_that_administer_fail(string role) => _admin.Fails(ServiceRole, $"{{'role': '{role}'}}", "role");

    [Fact]
    public void Service_accounts_that_look_or_whose_role_is_not_known_do_not()
    {
        _admin.Passes(ServiceRole, "{'role': 'view-users'}");
        _admin.IsUndecided(ServiceRole, "{'role': '[unknown]'}", "role");
        _admin.KeepsSecret(ServiceRole, "{'role': 'realm-admin', 'clientId': {'[secret]': 'SECRET'}}", "role");
        _admin.IsNotApplicable(Client);
    }

    [Theory]
    [InlineData("{'appType': 'spa', 'grantTypes': ['authorization_code', 'refresh_token']}")]
    [InlineData("{'appType': 'non_interactive', 'grantTypes': [{'[secret]': 'client_credentials'}]}")]
    public void Applications_with_the_grants_of_their_kind_pass(string client) => _auth0.Passes(Application, client);

    [Theory]
    [InlineData("{'appType': 'spa'}", "grantTypes")]
    [InlineData("{'appType': 'spa', 'grantTypes': []}", "grantTypes")]
    [InlineData("{'appType': 'spa', 'grantTypes': ['authorization_code', 'client_credentials']}", "grantTypes[1]")]
    [InlineData("{'appType': 'non_interactive', 'grantTypes': ['client_credentials', 'authorization_code']}", "grantTypes[1]")]
    public void Applications_with_other_grants_fail(string client, string path) => _auth0.Fails(Application, client, path);

    [Fact]
    public void Applications_of_other_kinds_are_not_its_business_and_the_unknown_is_undecided()
    {
        _auth0.IsNotApplicable(Application, "{'appType': 'regular_web'}");
        _auth0.IsNotApplicable(Client);
        _auth0.IsUndecided(Application, "{'appType': '[unknown]'}", "appType");
        _auth0.IsUndecided(Application, "{'appType': 'spa', 'grantTypes': '[unknown]'}", "grantTypes");
        _auth0.KeepsSecret(Application, "{'appType': 'spa', 'grantTypes': [{'[secret]': 'SECRET'}]}", "grantTypes[0]");
    }

    [Theory]
    [InlineData(User, "{}")]
    [InlineData(User, "{'initialPassword': {'value': {'[secret]': 'SECRET'}, 'temporary': true}}")]
    [InlineData(User, "{'initialPassword': {'[secret]': {'value': 'SECRET', 'temporary': true}}}")]
    [InlineData(Client, "{'clientSecret': {'[secret]': '[unknown]'}}")]
    [InlineData("auth0:index/user:User", "{'password': {'[secret]': 'SECRET'}}")]
    [InlineData("auth0:index/clientCredentials:ClientCredentials", "{'authenticationMethod': 'none'}")]
    public void Passwords_that_are_secrets_pass(string type, string properties) => _passwords.Passes(type, properties);

    [Theory]
    [InlineData(User, "{'initialPassword': {'value': 'hunter2', 'temporary': true}}", "initialPassword.value")]
    [InlineData(User, "{'initialPassword': {'value': {'[secret]': 'SECRET'}}}", "initialPassword.temporary")]
    [InlineData(Client, "{'clientSecret': 'hunter2'}", "clientSecret")]
    [InlineData("auth0:index/user:User", "{'password': 'hunter2'}", "password")]
    [InlineData("auth0:index/clientCredentials:ClientCredentials", "{'clientSecret': 'hunter2'}", "clientSecret")]
    public void Passwords_in_clear_fail_and_are_not_shown(string type, string properties, string path) =>
        Assert.DoesNotContain("hunter2", _passwords.Fails(type, properties, path), StringComparison.Ordinal);

    [Fact]
    public void A_password_that_is_not_known_and_not_marked_is_undecided()
    {
        _passwords.IsUndecided(Client, "{'clientSecret': '[unknown]'}", "clientSecret");
        _passwords.IsNotApplicable(Realm);
    }

    [Fact]
    public void Realms_with_events_pass() =>
        Assert.Equal(["events: Passed"], OrderedEvents("{'realmId': 'validator', 'eventsEnabled': true, 'adminEventsEnabled': true, 'adminEventsDetailsEnabled': true, 'eventsListeners': ['jboss-logging']}"));

    [Theory]
    [InlineData("{'realmId': 'validator', 'eventsEnabled': true, 'eventsListeners': ['jboss-logging']}", "events: Violated")]
    [InlineData("{'realmId': 'validator', 'eventsEnabled': true, 'adminEventsEnabled': true, 'adminEventsDetailsEnabled': true}", "events: Violated")]
    [InlineData("{'realmId': 'validator', 'eventsEnabled': '[unknown]', 'adminEventsEnabled': true, 'adminEventsDetailsEnabled': true, 'eventsListeners': ['jboss-logging']}", "events: Undecided")]
    [InlineData("{'realmId': 'validator', 'eventsEnabled': true, 'adminEventsEnabled': true, 'adminEventsDetailsEnabled': true, 'eventsListeners': '[unknown]'}", "events: Undecided")]
    [InlineData("{'realmId': 'other', 'eventsEnabled': true, 'adminEventsEnabled': true, 'adminEventsDetailsEnabled': true, 'eventsListeners': ['jboss-logging']}", "realm: Violated")]
    [InlineData("{'realmId': '[unknown]', 'eventsEnabled': true, 'adminEventsEnabled': true, 'adminEventsDetailsEnabled': true, 'eventsListeners': ['jboss-logging']}", "realm: Undecided")]
    public void Events_that_are_missing_off_or_not_shipped_are_told(string events, string outcome) => Assert.Contains(outcome, OrderedEvents(events));

    [Fact]
    public void A_realm_without_events_fails_and_a_stack_without_realms_is_not_its_business()
    {
        Assert.Equal(["realm: Violated"], _events.Outcomes(new StackItem(Realm, "realm", "{'realm': {'[secret]': 'validator'}}")));
        Assert.DoesNotContain(_events.Outcomes(new StackItem(Client, "client", "{}")), outcome => outcome.EndsWith("Violated", StringComparison.Ordinal));
    }

    [Fact]
    public void In_a_preview_events_are_found_by_where_their_realm_comes_from() => Assert.Contains(
        "events: Passed",
        _events.Outcomes(
            new StackItem(Realm, "realm", "{'realm': 'validator'}"),
            new StackItem(Events, "events", "{'realmId': '[unknown]', 'eventsEnabled': true, 'adminEventsEnabled': true, 'adminEventsDetailsEnabled': true, 'eventsListeners': ['jboss-logging']}")
            {
                Sources = [("realmId", StackItem.UrnOf(Realm, "realm"))],
            }));

    private IEnumerable<string> OrderedEvents(string events) => _events.Outcomes(
        new StackItem(Realm, "realm", "{'realm': 'validator'}"), new StackItem(Events, "events", events));
}
