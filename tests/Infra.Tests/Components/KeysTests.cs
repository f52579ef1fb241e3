using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Tests.Support;
using Pulumi;

namespace CantonInfra.Infra.Tests.Components;

public sealed class KeysTests
{
    private const string Vault = "azure-native:keyvault:Vault";

    // A18, A20
    [Fact]
    public async Task A_vault_is_private_and_keeps_what_is_deleted()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Vault());

        var vault = mocks.Inputs(Vault);
        Assert.Equal("Disabled", vault.At("properties.publicNetworkAccess"));
        Assert.Equal("Deny", vault.At("properties.networkAcls.defaultAction"));
        Assert.Equal("AzureServices", vault.At("properties.networkAcls.bypass"));
        Assert.Equal(true, vault.At("properties.enablePurgeProtection"));
        Assert.Equal(true, vault.At("properties.enableRbacAuthorization"));
        Assert.Equal(90.0, vault.At("properties.softDeleteRetentionInDays"));
        Assert.Equal("premium", vault.At("properties.sku.name"));
        Assert.Equal(false, vault.At("properties.enabledForDeployment"));
        Assert.Equal(false, vault.At("properties.enabledForDiskEncryption"));
        Assert.Equal(false, vault.At("properties.enabledForTemplateDeployment"));
        Assert.Null(vault.At("properties.accessPolicies"));
    }

    [Theory]
    [InlineData(KeyProtection.Hsm, "RSA-HSM", 4096.0, "premium")]
    [InlineData(KeyProtection.Software, "RSA", 3072.0, "standard")]
    public async Task Keys_wrap_only_and_rotate_by_themselves(object protection, string type, double size, string sku)
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Vault(protection: (KeyProtection)protection).AddEncryptionKey("cmk-des"));

        var key = mocks.Inputs("azure-native:keyvault:Key");
        Assert.StartsWith("cmk-des-v1-", (string)key.At("keyName")!, StringComparison.Ordinal);
        Assert.Equal(false, key.At("properties.attributes.exportable"));
        Assert.Equal(type, key.At("properties.kty"));
        Assert.Equal(size, key.At("properties.keySize"));
        Assert.Equal(["wrapKey", "unwrapKey"], key.Texts("properties.keyOps").AsEnumerable());
        Assert.Equal("rotate", key.At("properties.rotationPolicy.lifetimeActions.0.action.type"));
        Assert.Equal(sku, mocks.Inputs(Vault).At("properties.sku.name"));
    }

    [Fact]
    public async Task The_network_reaches_a_vault_by_a_private_endpoint_with_a_name()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Vault().AllowFrom(Scenery.Network()));

        var endpoint = mocks.Inputs("azure-native:network:PrivateEndpoint");
        Assert.Equal("/azure-native:network:Subnet/pep", endpoint.At("subnet.id"));
        Assert.Equal("/azure-native:keyvault:Vault/keys", endpoint.At("privateLinkServiceConnections.0.privateLinkServiceId"));
        Assert.Equal(["vault"], endpoint.Texts("privateLinkServiceConnections.0.groupIds").AsEnumerable());
        Assert.Equal(
            "/azure-native:privatedns:PrivateZone/vault-zone",
            mocks.Inputs("azure-native:network:PrivateDnsZoneGroup").At("privateDnsZoneConfigs.0.privateDnsZoneId"));
    }

    // A21
    [Fact]
    public async Task Every_operation_of_a_vault_is_logged()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Vault().LogTo(Scenery.Logs()));

        var setting = mocks.Inputs("azure-native:monitor:DiagnosticSetting", "keys-logs");
        Assert.Equal("/azure-native:keyvault:Vault/keys", setting.At("resourceUri"));
        Assert.Equal("/azure-native:operationalinsights:Workspace/workspace", setting.At("workspaceId"));
        Assert.Equal("AuditEvent", setting.At("logs.0.category"));
        Assert.Equal(true, setting.At("logs.0.enabled"));
    }

    [Fact]
    public async Task Disks_are_encrypted_by_an_identity_that_may_use_the_key_before()
    {
        var mocks = await CloudMocks.RunAsync(() => Disks());

        var set = mocks.Inputs("azure-native:compute:DiskEncryptionSet");
        Assert.Equal("https://vault/keys/cmk-des/1", set.At("activeKey.keyUrl"));
        Assert.Equal("/azure-native:keyvault:Vault/keys", set.At("activeKey.sourceVault.id"));
        Assert.Equal(true, set.At("rotationToLatestKeyVersionEnabled"));
        Assert.Equal(["/azure-native:managedidentity:UserAssignedIdentity/disks-identity"], set.Texts("identity.userAssignedIdentities").AsEnumerable());
        var role = mocks.Inputs("azure-native:authorization:RoleAssignment");
        Assert.Equal("/azure-native:keyvault:Key/cmk-des", role.At("scope"));
        Assert.Equal("principal of disks-identity", role.At("principalId"));
        Assert.Equal("ServicePrincipal", role.At("principalType"));
        Assert.EndsWith("/e147488a-f6f5-4113-8e2d-b22465e65bf6", (string)role.At("roleDefinitionId")!, StringComparison.Ordinal);
        mocks.AssertBefore("RoleAssignment cmk-des-wrapping", "DiskEncryptionSet disks");
    }

    [Fact]
    public async Task The_same_assignment_has_the_same_name_and_another_has_another()
    {
        var first = await CloudMocks.RunAsync(() => Disks());
        var second = await CloudMocks.RunAsync(() => Disks());
        var cluster = await CloudMocks.RunAsync(() => Scenery.Cluster());

        const string Type = "azure-native:authorization:RoleAssignment";
        Assert.Equal(first.Inputs(Type).At("roleAssignmentName"), second.Inputs(Type).At("roleAssignmentName"));
        var names = cluster.All(Type).Select(role => (string)role.Inputs.At("roleAssignmentName")!).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, name => Assert.True(Guid.TryParseExact(name, "D", out _)));
    }

    [Fact]
    public async Task A_kept_secret_is_one_whatever_it_was_before()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Vault().AddSecret("password", Output.Create("hunter2")));

        Assert.Equal("hunter2", mocks.Inputs("azure-native:keyvault:Secret").At("properties.value"));
    }

    [Fact]
    public void Roles_are_told_apart_by_their_ids()
    {
        Assert.Equal(AzureRoles.All.Length, AzureRoles.All.Select(role => role.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(AzureRoles.All, role => Assert.True(Guid.TryParseExact(role.Id, "D", out _)));
    }

    [Fact]
    public async Task An_identity_reads_the_secrets_of_a_vault_only()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Vault("secrets", "app").GrantSecretsUser(
            new ManagedIdentity("reader", "reader", Scenery.Azure, "rg-sec", Scenery.Kubernetes())));

        var role = mocks.Inputs("azure-native:authorization:RoleAssignment", "secrets-reader-secrets");
        Assert.Equal("/azure-native:keyvault:Vault/secrets", role.At("scope"));
        Assert.EndsWith("/4633458b-17de-408a-b874-0445c86b69e6", (string)role.At("roleDefinitionId")!, StringComparison.Ordinal);
    }

    private static DiskEncryption Disks() => new("disks", new DiskEncryptionArgs
    {
        Azure = Scenery.Azure,
        ResourceGroupName = "rg-sec",
        Purpose = "aks",
        Key = Scenery.Vault().AddEncryptionKey("cmk-des"),
    });
}
