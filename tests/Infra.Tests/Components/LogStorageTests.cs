using CantonInfra.Infra.Components.Storage;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class LogStorageTests
{
    private const string Account = "azure-native:storage:StorageAccount";
    private const string Blobs = "azure-native:storage:BlobServiceProperties";
    private const string Policy = "azure-native:storage:ManagementPolicy";

    // A23, A24
    [Fact]
    public async Task An_account_lets_in_only_identities_and_services_that_Azure_trusts()
    {
        var account = (await CloudMocks.RunAsync(() => Scenery.LogStorage())).Inputs(Account);

        Assert.Equal("StorageV2", account.At("kind"));
        Assert.Equal(false, account.At("allowBlobPublicAccess"));
        Assert.Equal(false, account.At("allowSharedKeyAccess"));
        Assert.Equal(false, account.At("allowCrossTenantReplication"));
        Assert.Equal(true, account.At("enableHttpsTrafficOnly"));
        Assert.Equal("TLS1_2", account.At("minimumTlsVersion"));
        Assert.Equal("Disabled", account.At("publicNetworkAccess"));
        Assert.Equal("Deny", account.At("networkRuleSet.defaultAction"));
        Assert.Equal("AzureServices", account.At("networkRuleSet.bypass"));
    }

    [Fact]
    public async Task An_account_is_encrypted_by_an_identity_that_may_use_the_key_before()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.LogStorage());

        const string Identity = "/azure-native:managedidentity:UserAssignedIdentity/archive-identity";
        var account = mocks.Inputs(Account);
        Assert.Equal("Microsoft.Keyvault", account.At("encryption.keySource"));
        Assert.Equal("https://vault", account.At("encryption.keyVaultProperties.keyVaultUri"));
        Assert.Equal("cmk-logs", account.At("encryption.keyVaultProperties.keyName"));
        Assert.Null(account.At("encryption.keyVaultProperties.keyVersion"));
        Assert.Equal(Identity, account.At("encryption.encryptionIdentity.encryptionUserAssignedIdentity"));
        Assert.Equal(true, account.At("encryption.requireInfrastructureEncryption"));
        Assert.Equal([Identity], account.Texts("identity.userAssignedIdentities").AsEnumerable());
        mocks.AssertBefore("RoleAssignment cmk-logs-wrapping", "StorageAccount archive");
    }

    [Theory]
    [InlineData(StorageRedundancy.Local, "Standard_LRS")]
    [InlineData(StorageRedundancy.Zone, "Standard_ZRS")]
    [InlineData(StorageRedundancy.GeoZone, "Standard_GZRS")]
    public async Task Copies_are_where_they_should_be(object redundancy, string sku)
    {
        var mocks = await CloudMocks.RunAsync(
            () => Scenery.LogStorage(args => args with { Redundancy = (StorageRedundancy)redundancy }));

        Assert.Equal(sku, mocks.Inputs(Account).At("sku.name"));
    }

    // A23
    [Fact]
    public async Task An_append_only_account_takes_appends_and_no_changes_and_a_person_locks_it()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.LogStorage(args => args with { AppendOnlyInDays = 365 }));

        var account = mocks.Inputs(Account);
        Assert.Equal(true, account.At("immutableStorageWithVersioning.enabled"));
        Assert.Equal(365.0, account.At("immutableStorageWithVersioning.immutabilityPolicy.immutabilityPeriodSinceCreationInDays"));
        Assert.Equal(true, account.At("immutableStorageWithVersioning.immutabilityPolicy.allowProtectedAppendWrites"));
        Assert.Equal("Unlocked", account.At("immutableStorageWithVersioning.immutabilityPolicy.state"));
        Assert.Null((await CloudMocks.RunAsync(() => Scenery.LogStorage())).Inputs(Account).At("immutableStorageWithVersioning"));
    }

    [Fact]
    public async Task What_is_deleted_can_be_brought_back()
    {
        var blobs = (await CloudMocks.RunAsync(() => Scenery.LogStorage())).Inputs(Blobs);

        Assert.Equal("default", blobs.At("blobServicesName"));
        Assert.Equal(true, blobs.At("isVersioningEnabled"));
        Assert.Equal(true, blobs.At("deleteRetentionPolicy.enabled"));
        Assert.Equal(30.0, blobs.At("deleteRetentionPolicy.days"));
        Assert.Equal(true, blobs.At("containerDeleteRetentionPolicy.enabled"));
    }

    [Fact]
    public async Task Writers_that_rewrite_their_blobs_leave_no_copies()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.LogStorage(args => args with { KeepsOverwritten = false }));

        var blobs = mocks.Inputs(Blobs);
        Assert.Equal(false, blobs.At("isVersioningEnabled"));
        Assert.Equal(false, blobs.At("deleteRetentionPolicy.enabled"));
        Assert.Equal(true, blobs.At("containerDeleteRetentionPolicy.enabled"));
    }

    [Fact]
    public async Task Old_logs_go_when_they_are_to_go()
    {
        var mocks = await CloudMocks.RunAsync(
            () => Scenery.LogStorage(args => args with { AppendOnlyInDays = 365, DeleteAfterInDays = 400 }));

        const string Actions = "policy.rules.0.definition.actions";
        var policy = mocks.Inputs(Policy);
        Assert.Equal("default", policy.At("managementPolicyName"));
        Assert.Equal(400.0, policy.At($"{Actions}.baseBlob.delete.daysAfterModificationGreaterThan"));
        Assert.Equal(400.0, policy.At($"{Actions}.version.delete.daysAfterCreationGreaterThan"));
        Assert.Equal(["blockBlob", "appendBlob"], policy.Texts("policy.rules.0.definition.filters.blobTypes").AsEnumerable());
        Assert.Empty((await CloudMocks.RunAsync(() => Scenery.LogStorage())).All(Policy));
    }

    [Theory]
    [InlineData(365, 365)]
    [InlineData(365, 30)]
    public async Task Logs_are_not_to_go_while_they_cannot(int appendOnly, int delete) =>
        await Assert.ThrowsAnyAsync<Exception>(() => CloudMocks.RunAsync(
            () => Scenery.LogStorage(args => args with { AppendOnlyInDays = appendOnly, DeleteAfterInDays = delete })));

    [Fact]
    public async Task The_network_reaches_the_blobs_and_two_accounts_share_the_zone()
    {
        var mocks = await CloudMocks.RunAsync(() =>
        {
            var network = Scenery.Network();
            Scenery.LogStorage().AllowFrom(network);
            new LogStorage("flows", Scenery.LogStorageArgs("flow", "cmk-flows")).AllowFrom(network);
        });

        var endpoint = mocks.Inputs("azure-native:network:PrivateEndpoint", "archive-link");
        Assert.Equal(["blob"], endpoint.Texts("privateLinkServiceConnections.0.groupIds").AsEnumerable());
        Assert.Equal("/azure-native:storage:StorageAccount/archive", endpoint.At("privateLinkServiceConnections.0.privateLinkServiceId"));
        Assert.Equal(
            "privatelink.blob.core.windows.net",
            mocks.Inputs("azure-native:privatedns:PrivateZone", "blob-zone").At("privateZoneName"));
    }

    // A24
    [Fact]
    public async Task What_happens_to_blobs_is_logged()
    {
        var setting = (await CloudMocks.RunAsync(() => Scenery.LogStorage().LogTo(Scenery.Logs())))
            .Inputs("azure-native:monitor:DiagnosticSetting", "archive-logs");

        Assert.Equal("/azure-native:storage:StorageAccount/archive/blobServices/default", setting.At("resourceUri"));
        Assert.Equal("StorageRead", setting.At("logs.0.category"));
        Assert.Equal("Transaction", setting.At("metrics.0.category"));
    }
}
