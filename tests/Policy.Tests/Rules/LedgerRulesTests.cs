using CantonInfra.Policy.Rules.Ledger;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class LedgerRulesTests
{
    private const string User = "canton:index:User";
    private const string Provider = "pulumi:providers:canton";
    private const string Release = "kubernetes:helm.sh/v3:Release";

    private readonly RuleUnderTest _administration = new(new CantonUsersDoNotAdminister());
    private readonly RuleUnderTest _encryption = new(new CantonTokensTravelEncrypted());
    private readonly RuleUnderTest _decision = new(new KmsDecided());

    [Theory]
    [InlineData("{}")]
    [InlineData("{'rights': []}")]
    [InlineData("{'userId': '[unknown]', 'rights': [{'kind': 'CanActAs', 'party': '[unknown]'}, {'kind': {'[secret]': 'CanReadAsAnyParty'}}]}")]
    public void Users_with_rights_of_services_pass(string properties) => _administration.Passes(User, properties);

    [Theory]
    [InlineData("{'rights': [{'kind': 'CanReadAsAnyParty'}, {'kind': 'ParticipantAdmin'}]}", "rights[1].kind")]
    [InlineData("{'rights': [{'kind': {'[secret]': 'ParticipantAdmin'}}]}", "rights[0].kind")]
    public void Administrators_fail(string properties, string path) => _administration.Fails(User, properties, path);

    [Theory]
    [InlineData("{'rights': '[unknown]'}", "rights")]
    [InlineData("{'rights': [{'kind': '[unknown]'}]}", "rights[0].kind")]
    public void Rights_that_are_not_known_are_undecided(string properties, string path) => _administration.IsUndecided(User, properties, path);

    [Fact]
    public void Other_types_have_no_rights() => _administration.IsNotApplicable(Provider);

    [Fact]
    public void Nothing_secret_of_a_user_is_shown() =>
        _administration.KeepsSecret(User, "{'userId': {'[secret]': 'SECRET'}, 'rights': [{'kind': 'ParticipantAdmin'}]}", "rights[0].kind");

    [Theory]
    [InlineData("TOKEN_URL", "https://auth.example.com/token", true)]
    [InlineData("TOKEN_URL", "http://keycloak:8080/token", true)]
    [InlineData("TOKEN_URL", "http://keycloak.keycloak.svc.cluster.local:8080/token", true)]
    [InlineData("HOMEPAGE_URL", "http://www.example.com", true)]
    [InlineData("TOKEN_URL", "http://auth.example.com/token", false)]
    [InlineData("OIDC_ISSUER", "http://auth.example.com", false)]
    public void Pods_ask_for_tokens_over_TLS(string name, string value, bool isFine)
    {
        const string Path = "spec.containers[0].env[0].value";
        var pod = $"{{'spec': {{'containers': [{{'env': [{{'name': '{name}', 'value': '{value}'}}]}}]}}}}";
        var messages = _encryption.Judge("kubernetes:core/v1:Pod", pod).Verdicts.OfType<PolicySdk.ViolationVerdict>().Select(verdict => verdict.Path.ToString());

        Assert.Equal(isFine ? [] : [Path], messages);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{'ledgerApiUrl': 'https://a', 'tokenUrl': 'HTTPS://b', 'clientSecret': '[unknown]'}")]
    public void Encrypted_connections_pass(string properties) => _encryption.Passes(Provider, properties);

    [Theory]
    [InlineData("{'ledgerApiUrl': 'http://a', 'tokenUrl': 'https://b'}", "ledgerApiUrl")]
    [InlineData("{'ledgerApiUrl': 'http://a', 'tokenUrl': 'http://b', 'allowHttp': 'true'}", "ledgerApiUrl", "tokenUrl")]
    public void Connections_in_the_clear_fail(string properties, params string[] paths) => _encryption.Fails(Provider, properties, paths);

    [Fact]
    public void Addresses_that_are_not_known_are_undecided() =>
        _encryption.IsUndecided(Provider, "{'ledgerApiUrl': '[unknown]', 'tokenUrl': 'https://b'}", "ledgerApiUrl");

    [Fact]
    public void Users_are_no_connections() => _encryption.IsNotApplicable(User);

    [Fact]
    public void A_secret_address_is_not_shown() =>
        _encryption.KeepsSecret(Provider, "{'ledgerApiUrl': {'[secret]': 'http://SECRET'}, 'tokenUrl': 'https://b'}", "ledgerApiUrl");

    [Theory]
    [InlineData("{'chart': 'splice-participant', 'values': {}}")]
    [InlineData("{'chart': 'oci://example.com/helm/splice-participant', 'values': {'additionalEnvVars': [{'name': 'A', 'value': 'storage {}'}]}}")]
    [InlineData("{'chart': 'splice-participant', 'values': {'kms': {'type': 'driver'}, 'pod': {'annotations': {'canton-infra/kms-decided-at': '2026-01-31'}}}}")]
    public void Participants_that_were_decided_pass(string properties) => _decision.Passes(Release, properties);

    [Theory]
    [InlineData("{'chart': 'splice-participant', 'values': {'kms': {'type': 'driver'}}}")]
    [InlineData("{'chart': 'splice-participant', 'values': {'kms': {'type': 'aws'}, 'pod': {'annotations': {'canton-infra/kms-decided-at': 'soon'}}}}")]
    [InlineData("{'chart': 'splice-participant', 'values': {'additionalEnvVars': [{'name': 'A', 'value': 'canton.participants.participant.crypto.kms {}'}]}}")]
    public void Keys_outside_without_a_day_fail(string properties) =>
        _decision.Fails(Release, properties, "values.pod.annotations.canton-infra/kms-decided-at");

    [Theory]
    [InlineData("{'chart': '[unknown]', 'values': {'kms': {}}}", "chart")]
    [InlineData("{'chart': 'splice-participant', 'values': {'kms': '[unknown]'}}", "values.kms")]
    [InlineData("{'chart': 'splice-participant', 'values': '[unknown]'}", "values")]
    [InlineData("{'chart': 'splice-participant', 'values': {'kms': {}, 'pod': {'annotations': '[unknown]'}}}", "values.pod.annotations")]
    public void Releases_that_are_not_known_are_undecided(string properties, string path) => _decision.IsUndecided(Release, properties, path);

    [Fact]
    public void Other_charts_have_no_keys() => _decision.IsNotApplicable(Release, "{'chart': 'splice-validator', 'values': {'kms': {}}}");

    [Fact]
    public void Nothing_secret_of_a_release_is_shown() => _decision.KeepsSecret(
        Release,
        "{'chart': 'splice-participant', 'values': {'kms': {'secret': {'[secret]': 'SECRET'}}}}",
        "values.pod.annotations.canton-infra/kms-decided-at");
}
