using CantonInfra.Policy.Rules.Keys;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class KeyVaultPurgeProtectionTests
{
    private const string Vault = "azure-native:keyvault:Vault";
    private const string Hsm = "azure-native:keyvault:ManagedHsm";

    private readonly RuleUnderTest _rule = new(new KeyVaultPurgeProtection());

    [Theory]
    [InlineData(Vault, "{'properties': {'enablePurgeProtection': true}}")]
    [InlineData(Vault, "{'properties': {'enablePurgeProtection': {'[secret]': true}, 'tenantId': '[unknown]'}}")]
    [InlineData("azure-native:keyvault/v20230701:Vault", "{'properties': {'enablePurgeProtection': true, 'enableSoftDelete': true}}")]
    [InlineData(Hsm, "{'properties': {}}")]
    [InlineData("azure:keyvault/keyVault:KeyVault", "{'purgeProtectionEnabled': true}")]
    public void Protected_vaults_pass(string type, string properties) => _rule.Passes(type, properties);

    [Theory]
    [InlineData(Vault, "{}", "properties.enablePurgeProtection")]
    [InlineData(Vault, "{'properties': {'enablePurgeProtection': false}}", "properties.enablePurgeProtection")]
    [InlineData(Vault, "{'properties': {'enablePurgeProtection': null}}", "properties.enablePurgeProtection")]
    [InlineData(Vault, "{'enablePurgeProtection': true}", "properties.enablePurgeProtection")]
    [InlineData(Vault, "{'properties': {'enablePurgeProtection': true, 'enableSoftDelete': false}}", "properties.enableSoftDelete")]
    [InlineData(Hsm, "{'properties': {'enablePurgeProtection': false}}", "properties.enablePurgeProtection")]
    [InlineData("azure:keyvault/keyVault:KeyVault", "{}", "purgeProtectionEnabled")]
    public void Others_fail(string type, string properties, string path) => _rule.Fails(type, properties, path);

    [Fact]
    public void Both_faults_are_told_at_once() => _rule.Fails(
        Vault,
        "{'properties': {'enablePurgeProtection': {'[secret]': false}, 'enableSoftDelete': false}}",
        "properties.enablePurgeProtection",
        "properties.enableSoftDelete");

    [Fact]
    public void The_message_says_what_a_missing_property_means() => Assert.Contains(
        "Vault 'main' does not set this, which counts as false, so one purge destroys its keys",
        _rule.Fails(Vault, "{'properties': {}}", "properties.enablePurgeProtection"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{'properties': {'enablePurgeProtection': '[unknown]'}}", "properties.enablePurgeProtection")]
    [InlineData("{'properties': {'enablePurgeProtection': 'true'}}", "properties.enablePurgeProtection")]
    [InlineData("{'properties': {'enablePurgeProtection': true, 'enableSoftDelete': '[unknown]'}}", "properties.enableSoftDelete")]
    public void What_is_not_known_is_undecided(string properties, string path) => _rule.IsUndecided(Vault, properties, path);

    [Fact]
    public void A_block_that_is_unknown_as_a_whole_is_undecided() =>
        _rule.IsUndecided(Vault, "{'properties': '[unknown]'}", "properties", "properties");

    [Theory]
    [InlineData("azure-native:keyvault:Key")]
    [InlineData("azure-native:storage:StorageAccount")]
    public void Other_types_are_not_its_business(string type) => _rule.IsNotApplicable(type);
}
