using CantonInfra.Policy.Rules.Identity;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class RealmRulesTests
{
    private const string RealmType = "keycloak:index/realm:Realm";
    private const string Client = "keycloak:openid/client:Client";
    private const string Action = "keycloak:index/requiredAction:RequiredAction";
    private const string Sound = "'revokeRefreshToken': true, 'offlineSessionMaxLifespanEnabled': true";

    private static readonly StackItem Realm = new(RealmType, "realm", "{'realm': 'validator'}");
    private static readonly StackItem Factor = new StackItem(Action, "factor", "{'alias': 'CONFIGURE_TOTP', 'enabled': true, 'defaultAction': true, 'realmId': '[unknown]'}").From("realmId", Realm);

    private readonly RuleUnderTest _sessions = new(new RealmSessionsEnd());
    private readonly RuleUnderTest _accounts = new(new RealmAccountsAreOnes());
    private readonly RuleUnderTest _headers = new(new RealmHeadersProtect());
    private readonly RuleUnderTest _factor = new(new RealmsAskSecondFactor());
    private readonly RuleUnderTest _purpose = new(new ClientsHaveOnePurpose());
    private readonly RuleUnderTest _scopes = new(new MachinesGetAudiences());
    private readonly RuleUnderTest _hardened = new(new RealmsAreHardened());

    [Theory]
    [InlineData("{" + Sound + "}")]
    [InlineData("{" + Sound + ", 'ssoSessionMaxLifespan': '10h0m0s', 'offlineSessionIdleTimeout': '720h0m0s', 'refreshTokenMaxReuse': 0}")]
    public void Sessions_that_end_pass(string properties) => _sessions.Passes(RealmType, properties);

    [Theory]
    [InlineData("{}", "offlineSessionMaxLifespanEnabled revokeRefreshToken")]
    [InlineData("{" + Sound + ", 'ssoSessionIdleTimeout': '240h'}", "ssoSessionIdleTimeout")]
    [InlineData("{" + Sound + ", 'accessCodeLifespan': '24h0m0s'}", "accessCodeLifespan")]
    [InlineData("{" + Sound + ", 'refreshTokenMaxReuse': 10}", "refreshTokenMaxReuse")]
    [InlineData("{" + Sound + ", 'rememberMe': true}", "rememberMe")]
    public void Sessions_that_do_not_end_fail(string properties, string paths) => _sessions.Fails(RealmType, properties, paths.Split(' '));

    [Fact]
    public void What_is_not_known_of_sessions_is_undecided()
    {
        _sessions.IsUndecided(RealmType, "{" + Sound + ", 'clientSessionMaxLifespan': '[unknown]'}", "clientSessionMaxLifespan");
        _sessions.IsUndecided(RealmType, "{" + Sound + ", 'clientSessionMaxLifespan': 'long'}", "clientSessionMaxLifespan");
        _sessions.KeepsSecret(RealmType, "{" + Sound + ", 'rememberMe': true, 'displayName': {'[secret]': 'SECRET'}}", "rememberMe");
        _sessions.IsNotApplicable(Client);
    }

    [Fact]
    public void Accounts_stay_their_peoples()
    {
        _accounts.Passes(RealmType, "{}");
        _accounts.Fails(RealmType, "{'editUsernameAllowed': true, 'duplicateEmailsAllowed': true}", "duplicateEmailsAllowed", "editUsernameAllowed");
        _accounts.IsUndecided(RealmType, "{'userManagedAccess': '[unknown]'}", "userManagedAccess");
        _accounts.KeepsSecret(RealmType, "{'resetPasswordAllowed': true, 'displayName': {'[secret]': 'SECRET'}}", "resetPasswordAllowed");
        _accounts.IsNotApplicable(Client);
    }

    [Theory]
    [InlineData("xFrameOptions", "SAMEORIGIN", true)]
    [InlineData("xFrameOptions", "ALLOWALL", false)]
    [InlineData("xContentTypeOptions", "", false)]
    [InlineData("strictTransportSecurity", "max-age=31536000; includeSubDomains", true)]
    [InlineData("strictTransportSecurity", "max-age=0", false)]
    [InlineData("contentSecurityPolicy", "frame-src self; frame-ancestors none;", true)]
    [InlineData("contentSecurityPolicy", "frame-src *; frame-ancestors *", false)]
    [InlineData("contentSecurityPolicy", "default-src self", false)]
    public void Headers_guard_pages(string name, string value, bool isFine)
    {
        var properties = $"{{'securityDefenses': {{'headers': {{'{name}': '{value}'}}}}}}";
        if (isFine)
        {
            _headers.Passes(RealmType, properties);
        }
        else
        {
            _headers.Fails(RealmType, properties, $"securityDefenses.headers.{name}");
        }

        _headers.IsUndecided(RealmType, $"{{'securityDefenses': {{'headers': {{'{name}': '[unknown]'}}}}}}", $"securityDefenses.headers.{name}");
        _headers.KeepsSecret(RealmType, $"{{'securityDefenses': {{'headers': {{'{name}': {{'[secret]': '* SECRET'}}}}}}}}", $"securityDefenses.headers.{name}");
        _headers.IsNotApplicable(Client);
    }

    [Theory]
    [InlineData("'passwordPolicy': 'length(4)'", "passwordPolicy")]
    [InlineData("'passwordPolicy': 'notUsername'", "passwordPolicy")]
    [InlineData("'defaultSignatureAlgorithm': 'HS256'", "defaultSignatureAlgorithm")]
    [InlineData("'securityDefenses': {'bruteForceDetection': {'maxLoginFailures': 1000}}", "securityDefenses.bruteForceDetection.maxLoginFailures")]
    [InlineData("'securityDefenses': {'bruteForceDetection': {'waitIncrementSeconds': 0}}", "securityDefenses.bruteForceDetection.waitIncrementSeconds")]
    public void Numbers_of_a_hardened_realm_count(string change, string path)
    {
        var before = "'sslRequired': 'all', 'passwordPolicy': 'length(14)', 'securityDefenses': {'bruteForceDetection': {}}";
        var kept = string.Join(", ", before.Split(", ").Where(part => !part.StartsWith(change[..change.IndexOf(':', StringComparison.Ordinal)], StringComparison.Ordinal)));

        _hardened.Passes(RealmType, "{" + before + "}");
        _hardened.Fails(RealmType, "{" + kept + ", " + change + "}", path);
    }

    [Fact]
    public void Realms_ask_for_a_second_factor()
    {
        Assert.Equal("", _factor.Tell(Realm, Factor));
        Assert.Equal("realm: : Realm 'realm' asks nobody for a second factor: no RequiredAction of it configures one.", _factor.Tell(Realm));
        Assert.StartsWith("factor: defaultAction: ", _factor.Tell(Realm, Factor with { Properties = "{'alias': 'CONFIGURE_TOTP', 'enabled': true}" }), StringComparison.Ordinal);
        Assert.StartsWith("factor: undecided enabled", _factor.Tell(Realm, Factor with { Properties = "{'alias': 'CONFIGURE_TOTP', 'enabled': '[unknown]', 'defaultAction': true}" }), StringComparison.Ordinal);
        Assert.Equal("", _factor.Tell(Realm with { Properties = "{'browserFlow': 'with-passkeys'}" }));
        Assert.Contains("otpPolicy.digits", _factor.Tell(Realm with { Properties = "{'otpPolicy': {'digits': 4}}" }, Factor), StringComparison.Ordinal);
        var user = new StackItem("keycloak:index/user:User", "user", "{'requiredActions': ['UPDATE_PASSWORD', 'CONFIGURE_TOTP']}");
        Assert.Equal("", _factor.Tell(Realm, Factor, user));
        Assert.Equal("", _factor.Tell(Realm, Factor, user with { Properties = "{}" }));
        Assert.StartsWith("user: requiredActions: ", _factor.Tell(Realm, Factor, user with { Properties = "{'requiredActions': ['UPDATE_PASSWORD']}" }), StringComparison.Ordinal);
        Assert.StartsWith("user: undecided requiredActions", _factor.Tell(user with { Properties = "{'requiredActions': ['[unknown]']}" }), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", _factor.Tell(Realm with { Properties = "{'displayName': {'[secret]': 'canary-1f'}}" }), StringComparison.Ordinal);
        Assert.Equal([": NotApplicable"], _factor.Outcomes(new StackItem(Client, "client", "{}")));
    }

    [Fact]
    public void Clients_are_for_people_or_machines()
    {
        _purpose.Passes(Client, "{'standardFlowEnabled': true}");
        _purpose.Passes(Client, "{'serviceAccountsEnabled': true, 'standardFlowEnabled': true, 'authorization': {'policyEnforcementMode': 'ENFORCING'}}");
        _purpose.Fails(Client, "{'serviceAccountsEnabled': true, 'standardFlowEnabled': true}", "serviceAccountsEnabled");
        _purpose.Fails(Client, "{'oauth2DeviceAuthorizationGrantEnabled': true}", "oauth2DeviceAuthorizationGrantEnabled");
        _purpose.Fails(Client, "{'clientAuthenticatorType': 'client-none'}", "clientAuthenticatorType");
        _purpose.IsUndecided(Client, "{'serviceAccountsEnabled': '[unknown]', 'standardFlowEnabled': true}", "serviceAccountsEnabled");
        _purpose.KeepsSecret(Client, "{'clientAuthenticatorType': {'[secret]': 'SECRET'}}", "clientAuthenticatorType");
        _purpose.IsNotApplicable(RealmType);
    }

    [Fact]
    public void Machines_get_an_audience_and_nobody_an_endless_token()
    {
        var client = new StackItem(Client, "client", "{'serviceAccountsEnabled': true}");
        var scope = new StackItem("keycloak:openid/clientScope:ClientScope", "scope", "{'name': 'api'}");
        var mapper = new StackItem("keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper", "mapper", "{}").From("clientScopeId", scope);
        var given = new StackItem("keycloak:openid/clientDefaultScopes:ClientDefaultScopes", "given", "{'defaultScopes': ['basic', 'api']}").From("clientId", client);

        Assert.Equal("", _scopes.Tell(client, scope, mapper, given.From("defaultScopes", scope)));
        Assert.Equal("", _scopes.Tell(client, scope, mapper, given));
        Assert.Equal("", _scopes.Tell(client, given, (mapper with { Sources = [] }).From("clientId", client)));
        Assert.StartsWith("client: : Client 'client' gets tokens without an audience", _scopes.Tell(client, scope, given), StringComparison.Ordinal);
        Assert.StartsWith("client: undecided", _scopes.Tell(client, given with { Properties = "{'defaultScopes': ['[unknown]']}" }), StringComparison.Ordinal);
        Assert.StartsWith("given: defaultScopes[0]: ", _scopes.Tell(given with { Sources = [], Properties = "{'defaultScopes': ['offline_access', {'[secret]': 'x'}]}" }), StringComparison.Ordinal);
        Assert.Equal([": NotApplicable"], _scopes.Outcomes(client));
    }
}
