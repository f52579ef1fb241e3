using CantonInfra.Policy.Rules.Identity;
using CantonInfra.Policy.Rules.Ledger;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class LedgerLimitsTests
{
    private const string User = "canton:index:User";
    private const string Client = "keycloak:openid/client:Client";
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Mapper = "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper";

    private static readonly StackItem Indexer = new(Client, "indexer", "{'clientId': 'indexer'}");
    private static readonly StackItem Reader = new StackItem(User, "reader", "{'userId': '[unknown]'}").From("userId", Indexer);

    private readonly RuleUnderTest _rights = new(new FarRights(StrictStacks.Limits.LedgerRights));
    private readonly RuleUnderTest _each = new(new OneUserForEach());

    [Fact]
    public void Far_rights_are_for_users_that_the_limits_name()
    {
        _rights.Passes(User, "{'rights': [{'kind': 'CanActAs', 'party': 'p'}]}");
        _rights.Fails(User, "{'rights': [{'kind': 'CanActAs'}, {'kind': 'CanReadAsAnyParty'}]}", "rights[1].kind");
        _rights.IsUndecided(User, "{'rights': [{'kind': '[unknown]'}]}", "rights[0].kind");
        _rights.KeepsSecret(User, "{'userId': {'[secret]': 'SECRET'}, 'rights': [{'kind': 'CanExecuteAsAnyParty'}]}", "rights[0].kind");
        _rights.IsNotApplicable(Client);
        Assert.Equal(["indexer: Passed"], Judge("indexer", "CanReadAsAnyParty"));
        Assert.Equal(["indexer: Violated"], Judge("indexer", "CanExecuteAsAnyParty"));

        static IEnumerable<string> Judge(string name, string right) => new FarRights(StrictStacks.Limits.LedgerRights)
            .Check(new ResourceView("urn", ResourceType.Parse(User), name, PropertyNotation.Read("{'rights': [{'kind': '" + right + "'}]}")), StrictStacks.Mainnet)
            .Select(verdict => $"{name}: {(verdict is PassVerdict ? "Passed" : "Violated")}");
    }

    [Fact]
    public void Each_service_has_a_client_and_a_user()
    {
        var other = new StackItem(User, "other", "{'userId': '[unknown]'}");

        Assert.Equal("", _each.Tell(Indexer, Reader, Indexer with { Name = "api", Properties = "{'clientId': 'api'}" }));
        Assert.Equal("other: userId: User 'other' is for the same subject as User 'reader'.", _each.Tell(Indexer, Reader, other.From("userId", Indexer)));
        Assert.Equal("twin: clientId: Client 'twin' is for the same client as Client 'indexer'.", _each.Tell(Indexer, Indexer with { Name = "twin" }));
        Assert.Equal("", _each.Tell(Indexer with { Properties = "{'clientId': 'indexer', 'realmId': 'a'}" }, Indexer with { Name = "twin", Properties = "{'clientId': 'indexer', 'realmId': 'b'}" }));
        Assert.Equal([": NotApplicable"], _each.Outcomes(new StackItem(Release, "release", "{}")));
    }

    [Fact]
    public void What_is_managed_elsewhere_is_not_declared()
    {
        var autopilot = new StackItem(User, "mine", "{'userId': 'autopilot-id'}");
        var provider = new StackItem("pulumi:providers:canton", "participant", "{'untouchableUsers': '[\\u0022autopilot-id\\u0022]'}");
        var told = "mine: userId: User 'mine' declares what the settings say is managed elsewhere, and would change it.";

        Assert.Equal(told, _each.Tell(provider, autopilot));
        Assert.Equal(told, _each.Tell(provider with { Properties = "{'untouchableUsers': ['autopilot-id']}" }, autopilot));
        Assert.Equal(told, new RuleUnderTest(new OneUserForEach()) { Stack = With("services", "{\"autopilotUserId\": \"autopilot-id\"}") }.Tell(autopilot));
        Assert.Equal("", _each.Tell(autopilot));
        Assert.DoesNotContain("canary", _each.Tell(provider, autopilot, new StackItem(User, "secret", "{'userId': {'[secret]': 'canary-1f'}}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mainnet", "0.6.8", true)]
    [InlineData("mainnet", "0.6.11", false)]
    [InlineData("mainnet", "0.6.4", false)]
    [InlineData("mainnet", ">=0.6.0", false)]
    [InlineData("testnet", "0.6.8", true)]
    [InlineData("devnet", "0.6.11", true)]
    [InlineData("scratch", "9.9.9", true)]
    public void Networks_run_versions_that_are_approved(string network, string version, bool isFine)
    {
        var rule = new RuleUnderTest(new ApprovedVersions(StrictStacks.Limits.Charts)) { Stack = StrictStacks.Named(network) };
        var release = "{'chart': 'oci://ghcr.io/example/helm/splice-participant', 'version': '" + version + "'}";
        if (isFine)
        {
            rule.Passes(Release, release);
        }
        else
        {
            rule.Fails(Release, release, "version");
        }

        rule.Fails(Release, "{'chart': 'splice-validator'}", "version");
        rule.IsUndecided(Release, "{'chart': 'splice-validator', 'version': '[unknown]'}", "version");
        rule.IsUndecided(Release, "{'chart': '[unknown]'}", "chart");
        rule.IsNotApplicable(Release, "{'chart': 'cert-manager', 'version': '1.0.0'}");
        rule.KeepsSecret(Release, "{'chart': 'splice-validator', 'version': {'[secret]': 'SECRET'}}", "version");
    }

    [Theory]
    [InlineData("https://ledger-api.mainnet.canton", true)]
    [InlineData("https://ledger.example.com", true)]
    [InlineData("https://ledger-api.devnet.canton", false)]
    [InlineData("account", false)]
    public void Audiences_are_the_networks_own(string audience, bool isFine)
    {
        var rule = new RuleUnderTest(new AudiencesAreOwn()) { Stack = StrictStacks.Mainnet };
        var mapper = "{'includedCustomAudience': '" + audience + "'}";
        if (isFine)
        {
            rule.Passes(Mapper, mapper);
        }
        else
        {
            rule.Fails(Mapper, mapper, "includedCustomAudience");
        }
    }

    private static StackContext With(string setting, string value) => StackContext.From(new AnalyzerStackConfigureRequest
    {
        Stack = "mainnet",
        Config = { [$"{Guardrails.ConfigNamespace}:{setting}"] = value },
    });
}
