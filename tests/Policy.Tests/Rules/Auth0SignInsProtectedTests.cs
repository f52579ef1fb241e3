using CantonInfra.Policy.Rules.Identity;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class Auth0SignInsProtectedTests
{
    private const string Connection = "auth0:index/connection:Connection";
    private const string Attacks = "auth0:index/attackProtection:AttackProtection";
    private const string Factors = "auth0:index/guardian:Guardian";
    private const string Api = "auth0:index/resourceServer:ResourceServer";
    private const string Client = "auth0:index/client:Client";

    private readonly RuleUnderTest _rule = new(new Auth0SignInsProtected());

    [Theory]
    [InlineData(Connection, "{'strategy': 'auth0', 'options': {'disableSignup': true}}")]
    [InlineData(Attacks, "{'bruteForceProtection': {'enabled': true}, 'suspiciousIpThrottling': {'enabled': true}}")]
    [InlineData(Attacks, "{}")]
    [InlineData(Factors, "{'policy': 'all-applications'}")]
    [InlineData(Api, "{'subjectTypeAuthorization': {'client': {'policy': 'require_client_grant'}, 'user': {'policy': 'deny_all'}}}")]
    [InlineData(Api, "{}")]
    [InlineData(Client, "{'grantTypes': ['client_credentials']}")]
    [InlineData(Client, "{'grantTypes': ['refresh_token'], 'refreshToken': {'rotationType': 'rotating', 'expirationType': 'expiring'}}")]
    public void What_is_protected_passes(string type, string properties) => _rule.Passes(type, properties);

    [Theory]
    [InlineData(Connection, "{'strategy': 'auth0'}", "options.disableSignup")]
    [InlineData(Connection, "{'strategy': 'auth0', 'options': {'disableSignup': true, 'bruteForceProtection': false}}", "options.bruteForceProtection")]
    [InlineData(Connection, "{'strategy': 'auth0', 'options': {'disableSignup': true, 'passwordPolicy': 'fair'}}", "options.passwordPolicy")]
    [InlineData(Attacks, "{'bruteForceProtection': {'enabled': false}}", "bruteForceProtection.enabled")]
    [InlineData(Attacks, "{'suspiciousIpThrottling': {'enabled': false}}", "suspiciousIpThrottling.enabled")]
    [InlineData(Factors, "{'policy': 'confidence-score'}", "policy")]
    [InlineData(Factors, "{}", "policy")]
    [InlineData(Api, "{'subjectTypeAuthorization': {'client': {'policy': 'allow_all'}}}", "subjectTypeAuthorization.client.policy")]
    [InlineData(Api, "{'subjectTypeAuthorization': {'user': {'policy': 'allow_all'}}}", "subjectTypeAuthorization.user.policy")]
    [InlineData(Client, "{'refreshToken': {'infiniteTokenLifetime': true}}", "refreshToken.infiniteTokenLifetime")]
    [InlineData(Client, "{'refreshToken': {'infiniteIdleTokenLifetime': true}}", "refreshToken.infiniteIdleTokenLifetime")]
    [InlineData(Client, "{'grantTypes': ['refresh_token'], 'refreshToken': {'rotationType': 'rotating'}}", "refreshToken.expirationType")]
    [InlineData(Client, "{'grantTypes': ['refresh_token'], 'refreshToken': {'expirationType': 'expiring'}}", "refreshToken.rotationType")]
    public void What_is_open_fails(string type, string properties, string path) => _rule.Fails(type, properties, path);

    [Theory]
    [InlineData(Connection, "{'strategy': '[unknown]'}", "strategy")]
    [InlineData(Connection, "{'strategy': 'auth0', 'options': {'disableSignup': '[unknown]'}}", "options.disableSignup")]
    [InlineData(Factors, "{'policy': '[unknown]'}", "policy")]
    [InlineData(Client, "{'grantTypes': ['[unknown]']}", "grantTypes[0]")]
    public void What_is_not_known_is_undecided(string type, string properties, string path) => _rule.IsUndecided(type, properties, path);

    [Fact]
    public void Users_of_other_places_and_other_types_are_not_its_business()
    {
        _rule.IsNotApplicable(Connection, "{'strategy': 'google-oauth2'}");
        _rule.IsNotApplicable("auth0:index/user:User");
    }

    [Fact]
    public void Secrets_are_not_shown() => _rule.KeepsSecret(Factors, "{'policy': {'[secret]': 'SECRET'}}", "policy");
}
