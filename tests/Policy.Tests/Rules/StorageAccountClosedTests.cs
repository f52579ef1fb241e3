using CantonInfra.Policy.Rules.Storage;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class StorageAccountClosedTests
{
    private const string Account = "azure-native:storage:StorageAccount";
    private const string Classic = "azure:storage/account:Account";
    private const string Closed =
        "'allowSharedKeyAccess': false, 'minimumTlsVersion': 'TLS1_2', 'publicNetworkAccess': 'Disabled', 'networkRuleSet': {'defaultAction': 'Deny'}";

    private readonly RuleUnderTest _rule = new(new StorageAccountClosed());

    [Theory]
    [InlineData(Account, "{" + Closed + "}")]
    [InlineData(Account, "{" + Closed + ", 'allowBlobPublicAccess': false, 'enableHttpsTrafficOnly': true}")]
    [InlineData("azure-native:storage/v20240101:StorageAccount", "{" + Closed + "}")]
    [InlineData(Account, "{'allowSharedKeyAccess': false, 'minimumTlsVersion': 'TLS1_3', 'publicNetworkAccess': 'SecuredByPerimeter', 'networkRuleSet': {'defaultAction': 'Deny'}}")]
    [InlineData(Classic, "{'sharedAccessKeyEnabled': false, 'allowNestedItemsToBePublic': false, 'publicNetworkAccessEnabled': false}")]
    public void Closed_accounts_pass(string type, string properties) => _rule.Passes(type, properties);

    [Theory]
    [InlineData(Account, "{}", "allowSharedKeyAccess,minimumTlsVersion,publicNetworkAccess,networkRuleSet.defaultAction")]
    [InlineData(Account, "{" + Closed + ", 'allowBlobPublicAccess': true}", "allowBlobPublicAccess")]
    [InlineData(Account, "{" + Closed + ", 'allowCrossTenantReplication': true}", "allowCrossTenantReplication")]
    [InlineData(Account, "{" + Closed + ", 'enableHttpsTrafficOnly': false}", "enableHttpsTrafficOnly")]
    [InlineData(Account, "{" + Closed + ", 'isSftpEnabled': true}", "isSftpEnabled")]
    [InlineData(Classic, "{}", "allowNestedItemsToBePublic,sharedAccessKeyEnabled,publicNetworkAccessEnabled")]
    [InlineData(Classic, "{'sharedAccessKeyEnabled': false, 'allowNestedItemsToBePublic': false, 'publicNetworkAccessEnabled': false, 'minTlsVersion': 'TLS1_0'}", "minTlsVersion")]
    public void What_opens_an_account_is_named(string type, string properties, string paths) =>
        _rule.Fails(type, properties, paths.Split(','));

    [Theory]
    [InlineData("'allowSharedKeyAccess': '[unknown]', 'minimumTlsVersion': 'TLS1_2', 'publicNetworkAccess': 'Disabled', 'networkRuleSet': {'defaultAction': 'Deny'}", "allowSharedKeyAccess")]
    [InlineData("'allowSharedKeyAccess': false, 'minimumTlsVersion': 'TLS1_2', 'publicNetworkAccess': '[unknown]', 'networkRuleSet': {'defaultAction': 'Deny'}", "publicNetworkAccess")]
    [InlineData("'allowSharedKeyAccess': false, 'minimumTlsVersion': 'TLS1_2', 'publicNetworkAccess': 'Disabled', 'networkRuleSet': '[unknown]'", "networkRuleSet")]
    [InlineData("'allowSharedKeyAccess': false, 'minimumTlsVersion': 2, 'publicNetworkAccess': 'Disabled', 'networkRuleSet': {'defaultAction': 'Deny'}", "minimumTlsVersion")]
    public void What_is_not_known_is_undecided(string properties, string path) => _rule.IsUndecided(Account, "{" + properties + "}", path);

    [Fact]
    public void Other_types_are_not_its_business() => _rule.IsNotApplicable("azure-native:storage:BlobServiceProperties");

    [Fact]
    public void A_secret_is_judged_and_not_shown() => _rule.KeepsSecret(
        Account, "{" + Closed.Replace("'TLS1_2'", "{'[secret]': 'SECRET'}", StringComparison.Ordinal) + "}", "minimumTlsVersion");
}
