using CantonInfra.Policy.Rules.Ledger;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class LedgerRulesTests
{
    private const string User = "canton:index:User";
    private const string Provider = "pulumi:providers:canton";

    private readonly RuleUnderTest _administration = new(new CantonUsersDoNotAdminister());
    private readonly RuleUnderTest _encryption = new(new CantonTokensTravelEncrypted());

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
}
