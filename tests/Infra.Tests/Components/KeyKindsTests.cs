using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

/// <summary>Keys for the cluster's store, for validators, and in a managed HSM.</summary>
public sealed class KeyKindsTests
{
    private const string Key = "azure-native:keyvault:Key";
    private const string Role = "azure-native:authorization:RoleAssignment";
    private const string CryptoUser = "/12338af0-0e69-4776-bea7-57ae8d297424";
    private const string PoolKey = "https://pool.managedhsm.azure.net/keys/disks/0123456789abcdef0123456789abcdef";

    // A7
    [Fact]
    public async Task The_key_of_the_store_encrypts_and_never_rotates_by_itself()
    {
        var key = (await CloudMocks.RunAsync(() => Scenery.Vault("etcd-keys", "kms").AddEtcdKey("kms-etcd"))).Inputs(Key);

        Assert.Equal("RSA-HSM", key.At("properties.kty"));
        Assert.Equal(["encrypt", "decrypt"], key.Texts("properties.keyOps").AsEnumerable());
        Assert.Null(key.At("properties.rotationPolicy"));
        Assert.Null(key.At("properties.attributes.expires"));
    }

    // The secrets in the store that were not written again need the older key.
    [Fact]
    public async Task A_newer_generation_of_a_key_leaves_the_older_one_usable()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster(args => args with
        {
            EtcdKey = Scenery.Vault("newer", "kms", change: vault => vault with
            {
                Generations = ImmutableSortedDictionary<string, int>.Empty.Add("kms-etcd-again", 2),
            }).AddEtcdKey("kms-etcd-again"),
        }));

        var cluster = mocks.Inputs("azure-native:containerservice:ManagedCluster");
        Assert.Equal("https://vault/keys/kms-etcd-again-v2/1", cluster.At("securityProfile.azureKeyVaultKms.keyId"));
        Assert.Equal(
            ["/azure-native:keyvault:Key/kms-etcd-again", "/azure-native:keyvault:Key/kms-etcd-again-v2"],
            mocks.All(Role).Where(role => role.Name!.StartsWith("kms-etcd-again", StringComparison.Ordinal) && role.Name.EndsWith("-user", StringComparison.Ordinal))
                .Select(role => (string)role.Inputs.At("scope")!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Services_may_use_every_generation_of_their_key_and_are_told_the_newest()
    {
        EncryptionKey? key = null;
        var mocks = await CloudMocks.RunAsync(() =>
        {
            key = Scenery.Vault(change: args => args with
            {
                Generations = ImmutableSortedDictionary<string, int>.Empty.Add("cmk-des", 3),
            }).AddEncryptionKey("cmk-des");
            key.GrantWrapping(new ManagedIdentity("disks", "disks", Scenery.Azure, "rg-sec", key));
        });

        Assert.Equal(3, mocks.All(Key).Select(each => each.Inputs.At("keyName")).Distinct().Count());
        Assert.Equal(3, mocks.All(Role).Select(each => each.Inputs.At("scope")).Distinct().Count());
        key!.Uri.Apply(uri =>
        {
            Assert.Equal("https://vault/keys/cmk-des-v3", uri);
            return uri;
        });
    }

    // A17, A18
    [Theory]
    [InlineData(KeyProtection.Hsm, "EC-HSM", "RSA-HSM")]
    [InlineData(KeyProtection.Software, "EC", "RSA")]
    public async Task A_validators_keys_never_rotate_expire_or_leave_the_vault(object protection, string signing, string encryption)
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Vault("canton-keys", "canton", (KeyProtection)protection).AddCantonKeys("validator"));

        var keys = mocks.All(Key);
        Assert.Equal(
            ["validator-encryption", "validator-namespace", "validator-protocol", "validator-sequencer-authentication"],
            keys.Select(key => key.Name!).Order(StringComparer.Ordinal));
        Assert.All(keys, key =>
        {
            Assert.Null(key.Inputs.At("properties.rotationPolicy"));
            Assert.Null(key.Inputs.At("properties.attributes.expires"));
            Assert.Equal(false, key.Inputs.At("properties.attributes.exportable"));
        });
        var root = mocks.Inputs(Key, "validator-namespace");
        Assert.Equal(signing, root.At("properties.kty"));
        Assert.Equal("P-256", root.At("properties.curveName"));
        Assert.Null(root.At("properties.keySize"));
        Assert.Equal(["sign", "verify"], root.Texts("properties.keyOps").AsEnumerable());
        var decryption = mocks.Inputs(Key, "validator-encryption");
        Assert.Equal(encryption, decryption.At("properties.kty"));
        Assert.Equal(2048.0, decryption.At("properties.keySize"));
        Assert.Equal(["encrypt", "decrypt"], decryption.Texts("properties.keyOps").AsEnumerable());
    }

    // A20
    [Fact]
    public async Task Only_the_pods_of_the_validators_service_account_use_its_keys()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Vault("canton-keys", "canton").AddCantonKeys("validator").GrantUse(
            new WorkloadIdentity("identity", new WorkloadIdentityArgs
            {
                Azure = Scenery.Azure,
                ResourceGroupName = "rg-sec",
                Purpose = "validator",
                Issuer = "https://issuer/",
                Namespace = "validator",
                ServiceAccount = "participant",
            })));

        var roles = mocks.All(Role);
        Assert.Equal(4, roles.Length);
        Assert.All(roles, role =>
        {
            Assert.StartsWith("/azure-native:keyvault:Key/", (string)role.Inputs.At("scope")!, StringComparison.Ordinal);
            Assert.EndsWith(CryptoUser, (string)role.Inputs.At("roleDefinitionId")!, StringComparison.Ordinal);
            Assert.Equal("principal of identity", role.Inputs.At("principalId"));
            Assert.Equal("ServicePrincipal", role.Inputs.At("principalType"));
        });
        var credential = mocks.Inputs("azure-native:managedidentity:FederatedIdentityCredential");
        Assert.Equal("https://issuer/", credential.At("issuer"));
        Assert.Equal("system:serviceaccount:validator:participant", credential.At("subject"));
        Assert.Equal(["api://AzureADTokenExchange"], credential.Texts("audiences").AsEnumerable());
        Assert.Equal("id-canton-unit-validator", credential.At("resourceName"));
        mocks.AssertBefore("UserAssignedIdentity identity", "FederatedIdentityCredential identity");
    }

    // A18
    [Fact]
    public async Task A_managed_HSM_is_private_and_keeps_what_is_deleted()
    {
        var mocks = await CloudMocks.RunAsync(() =>
        {
            var pool = Pool();
            pool.AllowFrom(Scenery.Network());
            pool.LogTo(Scenery.Logs());
        });

        var hsm = mocks.Inputs("azure-native:keyvault:ManagedHsm");
        Assert.Equal("Standard_B1", hsm.At("sku.name"));
        Assert.Equal("B", hsm.At("sku.family"));
        Assert.Equal(true, hsm.At("properties.enablePurgeProtection"));
        Assert.Equal("Disabled", hsm.At("properties.publicNetworkAccess"));
        Assert.Equal("Deny", hsm.At("properties.networkAcls.defaultAction"));
        Assert.Equal([Scenery.AdminGroup], hsm.Texts("properties.initialAdminObjectIds").AsEnumerable());
        Assert.Equal(
            ["managedhsm"],
            mocks.Inputs("azure-native:network:PrivateEndpoint").Texts("privateLinkServiceConnections.0.groupIds").AsEnumerable());
        Assert.Equal("AuditEvent", mocks.Inputs("azure-native:monitor:DiagnosticSetting", "hsm-logs").At("logs.0.category"));
    }

    [Fact]
    public async Task A_key_in_a_managed_HSM_takes_the_place_of_the_vaults()
    {
        var mocks = await CloudMocks.RunAsync(() => _ = new DiskEncryption("disks", new DiskEncryptionArgs
        {
            Azure = Scenery.Azure,
            ResourceGroupName = "rg-sec",
            Purpose = "aks",
            Key = Scenery.Vault(change: args => args with
            {
                Hsm = Pool(),
                HsmKeys = ImmutableSortedDictionary<string, HsmKeyUri>.Empty.Add("cmk-des", new HsmKeyUri(PoolKey)),
            }).AddEncryptionKey("cmk-des"),
        }));

        var set = mocks.Inputs("azure-native:compute:DiskEncryptionSet");
        Assert.Equal(PoolKey, set.At("activeKey.keyUrl"));
        Assert.Null(set.At("activeKey.sourceVault"));
        Assert.Empty(mocks.All(Key));

        // Azure's own roles do not reach into a pool.
        Assert.Empty(mocks.All(Role));
        mocks.AssertBefore("ManagedHsm hsm", "DiskEncryptionSet disks");
    }

    private static ManagedHsmPool Pool() => new("hsm", new ManagedHsmPoolArgs
    {
        Azure = Scenery.Azure,
        ResourceGroupName = "rg-sec",
        AdminObjectIds = [Scenery.AdminGroup],
        SoftDeleteRetentionInDays = 90,
    });
}
