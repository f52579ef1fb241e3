using CantonInfra.Policy.Rules.Storage;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Storage accounts that logs are written to.</summary>
public sealed class LogStorageRulesTests
{
    private const string Account = "azure-native:storage:StorageAccount";
    private const string Service = "azure-native:storage:BlobServiceProperties";
    private const string Lifecycle = "azure-native:storage:ManagementPolicy";
    private const string Setting = "azure-native:monitor:DiagnosticSetting";
    private const string Flows = "azure-native:network:FlowLog";
    private const string Fast =
        "{'immutableStorageWithVersioning': {'enabled': true, 'immutabilityPolicy': {'state': 'Unlocked', 'immutabilityPeriodSinceCreationInDays': 365}}}";

    private const string Key =
        "'encryption': {'keySource': 'Microsoft.Keyvault', 'keyVaultProperties': {'keyName': '[unknown]', 'keyVaultUri': '[unknown]'}, 'encryptionIdentity': {'encryptionUserAssignedIdentity': '[unknown]'}}, 'identity': {'type': 'UserAssigned', 'userAssignedIdentities': ['[unknown]']}";

    private readonly RuleUnderTest _immutable = new(new LogArchiveImmutable());
    private readonly RuleUnderTest _sound = new(new LogStorageSound());

    [Theory]
    [InlineData("identities-validator", true)]
    [InlineData("[unknown]", false)]
    [InlineData("pictures", false)]
    public void Backups_of_identities_are_kept_like_logs(string name, bool isJudged)
    {
        var account = new StackItem(Account, "a", "{}");
        var container = new StackItem("azure-native:storage:BlobContainer", "c", "{'accountName': '[unknown]', 'containerName': '" + name + "'}").From("accountName", account);

        Assert.Equal(isJudged, _immutable.Outcomes(account, container).Contains("a: Violated"));
        Assert.Equal(isJudged, _sound.Outcomes(account, container).Contains("a: Violated"));
        Assert.DoesNotContain("a: Violated", new RuleUnderTest(new LogArchiveImmutable()) { Stack = StrictStacks.Devnet }.Outcomes(account, container));
    }

    [Theory]
    [InlineData(Fast, "Passed")]
    [InlineData("{'immutableStorageWithVersioning': {'enabled': true, 'immutabilityPolicy': {'state': 'Locked', 'immutabilityPeriodSinceCreationInDays': 90}}}", "Passed")]
    [InlineData("{}", "Violated")]
    [InlineData("{'immutableStorageWithVersioning': {'enabled': false}}", "Violated")]
    [InlineData("{'immutableStorageWithVersioning': {'enabled': true}}", "Violated")]
    [InlineData("{'immutableStorageWithVersioning': {'enabled': true, 'immutabilityPolicy': {'state': 'Disabled', 'immutabilityPeriodSinceCreationInDays': 365}}}", "Violated")]
    [InlineData("{'immutableStorageWithVersioning': {'enabled': true, 'immutabilityPolicy': {'state': 'Locked', 'immutabilityPeriodSinceCreationInDays': 30}}}", "Violated")]
    [InlineData("{'immutableStorageWithVersioning': '[unknown]'}", "Undecided")]
    [InlineData("{'immutableStorageWithVersioning': {'enabled': true, 'immutabilityPolicy': {'state': '[unknown]'}}}", "Undecided")]
    public void Archives_cannot_be_changed(string account, string outcome)
    {
        Assert.Equal([$"a: {outcome}"], _immutable.Outcomes(new StackItem(Account, "a", account), Archived()));
        Assert.Equal([": Passed"], _immutable.Outcomes(new StackItem(Account, "a", account)));
    }

    [Theory]
    [InlineData("{'isVersioningEnabled': true}", "Passed")]
    [InlineData("{}", "Violated")]
    [InlineData("{'isVersioningEnabled': '[unknown]'}", "Undecided")]
    public void Archives_keep_versions(string service, string outcome) => Assert.Equal(
        ["a: Passed", $"s: {outcome}"], _immutable.Outcomes(new StackItem(Account, "a", Fast), Archived(), Part(Service, "s", service)));

    [Theory]
    [InlineData("400", "Passed")]
    [InlineData("364", "Violated")]
    [InlineData("'[unknown]'", "Undecided")]
    public void Nothing_is_deleted_before_its_time(string days, string outcome) => Assert.Equal(
        ["a: Passed", $"l: {outcome}"],
        _immutable.Outcomes(new StackItem(Account, "a", Fast), Archived(), Part(
            Lifecycle, "l", $"{{'policy': {{'rules': [{{'definition': {{'actions': {{'version': {{'delete': {{'daysAfterCreationGreaterThan': {days}}}}}}}}}}}]}}}}")));

    [Fact]
    public void A_policy_on_the_container_does_the_same() => Assert.Equal(
        [": Passed"],
        _immutable.Outcomes(new StackItem(Account, "a", "{}"), Archived(), Part("azure-native:storage:BlobContainerImmutabilityPolicy", "p", "{}")));

    [Theory]
    [InlineData("{" + Key + ", 'sku': {'name': 'Standard_ZRS'}}", "Passed")]
    [InlineData("{" + Key + ", 'sku': {'name': 'Standard_GZRS'}, 'networkRuleSet': {'bypass': 'Logging, AzureServices'}}", "Passed")]
    [InlineData("{'sku': {'name': 'Standard_ZRS'}}", "Violated")]
    [InlineData("{'encryption': {'keySource': 'Microsoft.Storage'}, 'sku': {'name': 'Standard_ZRS'}}", "Violated")]
    [InlineData("{'encryption': {'keySource': 'Microsoft.Keyvault'}, 'sku': {'name': 'Standard_ZRS'}}", "Violated")]
    [InlineData("{" + Key + ", 'sku': {'name': 'Standard_LRS'}}", "Violated")]
    [InlineData("{" + Key + ", 'sku': {'name': 'Standard_ZRS'}, 'networkRuleSet': {'bypass': 'None'}}", "Violated")]
    [InlineData("{'encryption': '[unknown]', 'sku': {'name': 'Standard_ZRS'}}", "Undecided")]
    [InlineData("{" + Key + ", 'sku': '[unknown]'}", "Undecided")]
    public void Storage_of_logs_is_sound(string account, string outcome)
    {
        var service = Part(Service, "s", "{'containerDeleteRetentionPolicy': {'enabled': true, 'days': 30}}");

        Assert.Equal([$"a: {outcome}", "s: Passed"], _sound.Outcomes(new StackItem(Account, "a", account), Archived(), service));
        Assert.Equal([$"a: {outcome}", "s: Passed"], _sound.Outcomes(
            new StackItem(Account, "a", account), new StackItem(Flows, "f", "{}") { Sources = [("storageId", StackItem.UrnOf(Account, "a"))] }, service));
        Assert.Equal([": Passed"], _sound.Outcomes(new StackItem(Account, "a", account)));
    }

    [Theory]
    [InlineData("{}", "Violated")]
    [InlineData("{'containerDeleteRetentionPolicy': {'enabled': false, 'days': 30}}", "Violated")]
    [InlineData("{'containerDeleteRetentionPolicy': {'enabled': true, 'days': 1}}", "Violated")]
    [InlineData("{'containerDeleteRetentionPolicy': {'enabled': true, 'days': '[unknown]'}}", "Undecided")]
    public void Containers_come_back(string service, string outcome) => Assert.Equal(
        ["a: Passed", $"s: {outcome}"],
        _sound.Outcomes(new StackItem(Account, "a", "{" + Key + ", 'sku': {'name': 'Standard_ZRS'}}"), Archived(), Part(Service, "s", service)));

    [Fact]
    public void Without_a_blob_service_they_do_not() => Assert.Equal(
        ["a: Violated"], _sound.Outcomes(new StackItem(Account, "a", "{" + Key + ", 'sku': {'name': 'Standard_ZRS'}}"), Archived()));

    [Fact]
    public void Test_networks_may_lie_in_one_zone()
    {
        var request = new AnalyzerStackConfigureRequest { Stack = "devnet" };
        request.Config["canton-infra:environment"] = "devnet";
        var rule = new RuleUnderTest(new LogStorageSound()) { Stack = StackContext.From(request) };

        Assert.Equal(["a: Passed", "s: Passed"], rule.Outcomes(
            new StackItem(Account, "a", "{" + Key + ", 'sku': {'name': 'Standard_LRS'}}"),
            Archived(),
            Part(Service, "s", "{'containerDeleteRetentionPolicy': {'enabled': true, 'days': 30}}")));
    }

    private static StackItem Archived() => new(Setting, "log", "{'storageAccountId': '[unknown]', 'resourceUri': {'[secret]': 'SECRET'}}")
    {
        Sources = [("storageAccountId", StackItem.UrnOf(Account, "a"))],
    };

    private static StackItem Part(string type, string name, string properties) =>
        new(type, name, properties) { Sources = [("accountName", StackItem.UrnOf(Account, "a"))] };
}
