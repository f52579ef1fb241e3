using CantonInfra.Policy.Rules.Cluster;
using CantonInfra.Policy.Rules.Databases;
using CantonInfra.Policy.Rules.Disks;
using CantonInfra.Policy.Rules.Keys;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class KeyRulesTests
{
    private const string Key = "azure-native:keyvault:Key";
    private const string ClassicKey = "azure:keyvault/key:Key";
    private const string Vault = "azure-native:keyvault:Vault";
    private const string Set = "azure-native:compute:DiskEncryptionSet";
    private const string Role = "azure-native:authorization:RoleAssignment";
    private const string Identity = "azure-native:managedidentity:UserAssignedIdentity";
    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string Wrap = "'keyOps': ['wrapKey', 'unwrapKey']";
    private const string Wrapping = "{'roleDefinitionId': '/x/e147488a-f6f5-4113-8e2d-b22465e65bf6', 'principalId': '[unknown]', 'scope': '[unknown]'}";

    private static readonly StackItem Keys = new(Vault, "keys", "{'vaultName': 'kv', 'properties': {'sku': {'name': 'premium'}}}");
    private static readonly StackItem Cmk = new StackItem(Key, "cmk", "{'vaultName': '[unknown]', 'properties': {'kty': 'RSA-HSM', " + Wrap + "}}").From("vaultName", Keys);
    private static readonly StackItem User = new(Identity, "user", "{}");
    private static readonly StackItem Disks = new StackItem(Set, "disks", "{'activeKey': {'keyUrl': '[unknown]'}, 'identity': {'type': 'UserAssigned'}}").From("activeKey", Cmk).From("identity", User);

    private readonly RuleUnderTest _strong = new(new StrongKeys(StrictStacks.Limits.Modes));
    private readonly RuleUnderTest _rotate = new(new EncryptionKeysRotate());
    private readonly RuleUnderTest _retention = new(new KeyVaultRetention(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Mainnet };
    private readonly RuleUnderTest _hardware = new(new HardwareKeys(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Mainnet };
    private readonly RuleUnderTest _apart = new(new SigningKeysApart());
    private readonly RuleUnderTest _usable = new(new CustomerKeysUsable());

    [Theory]
    [InlineData(Key, "{'properties': {'kty': 'RSA-HSM', 'keySize': 3072, " + Wrap + "}}")]
    [InlineData(Key, "{'properties': {'kty': 'EC-HSM', 'curveName': 'P-256K', 'keyOps': ['sign', 'verify'], 'attributes': {'exportable': false}}}")]
    [InlineData(Key, "{'properties': {'kty': 'EC'}}")]
    [InlineData(ClassicKey, "{'keyType': 'RSA', 'keySize': 4096, 'keyOpts': ['encrypt', 'decrypt']}")]
    [InlineData(Key, "{'properties': {'kty': 'RSA-HSM', 'keySize': 2048, 'keyOps': ['encrypt', 'decrypt']}, 'tags': {'canton-key': 'encryption'}}")]
    [InlineData(ClassicKey, "{'keyType': 'RSA-HSM', 'keySize': 2048, 'keyOpts': ['decrypt'], 'tags': {'canton-key': 'encryption'}}")]
    public void Strong_keys_pass(string type, string properties) => _strong.Passes(type, properties);

    [Theory]
    [InlineData(Key, "{'properties': {'kty': 'RSA-HSM', 'keySize': 2048, " + Wrap + "}}", "properties.keySize")]
    [InlineData(Key, "{'properties': {'kty': 'RSA', " + Wrap + "}}", "properties.keySize")]
    [InlineData(Key, "{'properties': {'kty': 'RSA-HSM', 'keySize': 2048, " + Wrap + "}, 'tags': {'canton-key': 'encryption'}}", "properties.keySize")]
    [InlineData(Key, "{'properties': {'kty': 'RSA-HSM', 'keySize': 1024, 'keyOps': ['decrypt']}, 'tags': {'canton-key': 'encryption'}}", "properties.keySize")]
    [InlineData(Key, "{'properties': {'kty': 'RSA-HSM', 'keySize': 2048, 'keyOps': ['encrypt', 'decrypt']}, 'tags': {'canton-key': 'protocol'}}", "properties.keySize")]
    [InlineData(Key, "{'properties': {'kty': 'EC', 'curveName': 'P-192'}}", "properties.curveName")]
    [InlineData(Key, "{'properties': {'kty': 'RSA', 'keySize': 4096}}", "properties.keyOps")]
    [InlineData(Key, "{'properties': {'kty': 'RSA', 'keySize': 4096, 'keyOps': ['unwrapKey', 'sign']}}", "properties.keyOps")]
    [InlineData(Key, "{'properties': {'kty': 'EC', 'attributes': {'exportable': true}}}", "properties.attributes.exportable")]
    [InlineData(Key, "{'properties': {'kty': 'EC', 'attributes': {'enabled': false}}}", "properties.attributes.enabled")]
    public void Weak_keys_fail(string type, string properties, string path) => _strong.Fails(type, properties, path);

    [Theory]
    [InlineData("{'properties': {'kty': '[unknown]'}}", "properties.kty")]
    [InlineData("{'properties': {'kty': 'RSA', 'keySize': '[unknown]', " + Wrap + "}}", "properties.keySize")]
    [InlineData("{'properties': {'kty': 'RSA', 'keySize': 4096, 'keyOps': '[unknown]'}}", "properties.keyOps")]
    public void What_is_not_known_of_a_key_is_undecided(string properties, string path) => _strong.IsUndecided(Key, properties, path);

    [Fact]
    public void What_else_a_node_s_key_may_do_makes_it_another_key() => _strong.Fails(
        Key,
        "{'properties': {'kty': 'RSA-HSM', 'keySize': 2048, 'keyOps': ['encrypt', 'decrypt', 'import']}, 'tags': {'canton-key': 'encryption'}}",
        "properties.keySize",
        "properties.keyOps");

    [Fact]
    public void Test_networks_may_have_shorter_keys_and_secret_sizes_are_not_shown()
    {
        new RuleUnderTest(new StrongKeys(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet }.Passes(Key, "{'properties': {'kty': 'RSA', 'keySize': 2048}}");
        _strong.KeepsSecret(Key, "{'properties': {'kty': 'EC', 'curveName': {'[secret]': 'SECRET'}}}", "properties.curveName");
        _strong.IsNotApplicable(Vault);
    }

    [Theory]
    [InlineData("[{'action': {'type': 'notify'}, 'trigger': {'timeBeforeExpiry': 'P30D'}}, {'action': {'type': 'rotate'}, 'trigger': {'timeAfterCreate': 'P18M'}}]", "'P2Y'")]
    [InlineData("[{'action': {'type': 'Rotate'}, 'trigger': {'timeBeforeExpiry': 'P30D'}}]", "'P2Y'")]
    public void Keys_that_rotate_pass(string actions, string expiry) => _rotate.Passes(Key, Rotating(actions, expiry));

    [Theory]
    [InlineData("[]", "'P2Y'", "properties.rotationPolicy.lifetimeActions")]
    [InlineData("[{'action': {'type': 'notify'}}]", "'P2Y'", "properties.rotationPolicy.lifetimeActions")]
    [InlineData("[{'action': {'type': 'rotate'}, 'trigger': {'timeAfterCreate': 'P10Y'}}]", "'P20Y'", "properties.rotationPolicy.lifetimeActions[0].trigger.timeAfterCreate")]
    [InlineData("[{'action': {'type': 'rotate'}, 'trigger': {'timeAfterCreate': 'P18M'}}]", "'P1Y'", "properties.rotationPolicy.attributes.expiryTime")]
    [InlineData("[{'action': {'type': 'rotate'}, 'trigger': {}}]", "'P1Y'", "properties.rotationPolicy.lifetimeActions[0].trigger")]
    [InlineData("[{'action': {'type': 'rotate'}, 'trigger': {'timeBeforeExpiry': 'P30D'}}]", "null", "properties.rotationPolicy.attributes.expiryTime")]
    public void Keys_that_do_not_rotate_in_time_fail(string actions, string expiry, string path) => _rotate.Fails(Key, Rotating(actions, expiry), path);

    [Fact]
    public void Rotation_is_judged_for_keys_that_wrap_alone()
    {
        _rotate.IsNotApplicable(Key, "{'properties': {'keyOps': ['sign']}}");
        _rotate.IsUndecided(Key, "{'properties': {'keyOps': '[unknown]'}}", "properties.keyOps");
        _rotate.IsUndecided(Key, Rotating("'[unknown]'", "'P2Y'"), "properties.rotationPolicy.lifetimeActions");
        _rotate.IsUndecided(Key, Rotating("[{'action': {'type': 'rotate'}, 'trigger': {'timeAfterCreate': 'soon'}}]", "'P2Y'"), "properties.rotationPolicy.lifetimeActions[0].trigger.timeAfterCreate");
        _rotate.Passes(ClassicKey, "{'keyOpts': ['unwrapKey'], 'rotationPolicy': {'automatic': {'timeAfterCreation': 'P1Y'}}}");
        _rotate.Fails(ClassicKey, "{'keyOpts': ['unwrapKey']}", "rotationPolicy.automatic");
        _rotate.KeepsSecret(
            Key, Rotating("[{'action': {'type': 'rotate'}, 'trigger': {'timeAfterCreate': 'P10Y'}}]", "{'[secret]': 'SECRET'}"), "properties.rotationPolicy.lifetimeActions[0].trigger.timeAfterCreate");
    }

    [Fact]
    public void Vaults_of_the_production_network_keep_what_is_deleted()
    {
        _retention.Passes(Vault, "{}");
        _retention.Fails(Vault, "{'properties': {'softDeleteRetentionInDays': 30}}", "properties.softDeleteRetentionInDays");
        _retention.Fails("azure:keyvault/keyVault:KeyVault", "{'softDeleteRetentionDays': 7}", "softDeleteRetentionDays");
        _retention.IsUndecided(Vault, "{'properties': {'softDeleteRetentionInDays': '[unknown]'}}", "properties.softDeleteRetentionInDays");
        _retention.KeepsSecret(Vault, "{'x': {'[secret]': 'SECRET'}, 'properties': {'softDeleteRetentionInDays': 7}}", "properties.softDeleteRetentionInDays");
        new RuleUnderTest(new KeyVaultRetention(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet }.IsNotApplicable(Vault);
    }

    [Theory]
    [InlineData("RSA-HSM", "premium", "")]
    [InlineData("RSA", "premium", "cmk: properties.kty: Key 'cmk' has \"RSA\" here, a key in software.")]
    [InlineData("RSA-HSM", "standard", "cmk: properties.kty: Key 'cmk' is to be in hardware, and Vault 'keys' has none: its sku.name is \"standard\".")]
    [InlineData("[unknown]", "premium", "cmk: undecided properties.kty")]
    [InlineData("EC-HSM", "[unknown]", "cmk: undecided properties.kty the tier of Vault 'keys' is not known")]
    public void Keys_are_in_hardware(string kind, string tier, string told) => Assert.Equal(told, _hardware.Tell(
        Keys with { Properties = $"{{'properties': {{'sku': {{'name': '{tier}'}}}}}}" },
        Cmk with { Properties = $"{{'properties': {{'kty': '{kind}'}}}}" }));

    [Theory]
    [InlineData("standard", "Passed")]
    [InlineData("premium", "Violated")]
    public void Test_networks_may_have_keys_in_software_where_the_vault_has_nothing_else(string tier, string outcome) => Assert.Equal(
        [$"cmk: {outcome}"],
        new RuleUnderTest(new HardwareKeys(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet }.Outcomes(
            Keys with { Properties = $"{{'properties': {{'sku': {{'name': '{tier}'}}}}}}" }, Cmk with { Properties = "{'properties': {'kty': 'RSA'}}" }));

    [Fact]
    public void Keys_that_sign_are_alone_in_their_vault()
    {
        var signing = new StackItem(Key, "signs", "{'properties': {'keyOps': ['sign', 'verify']}}").From("vaultName", Keys);
        var decrypting = new StackItem(Key, "decrypts", "{'properties': {'keyOps': ['decrypt']}}").From("vaultName", Keys);
        var elsewhere = new StackItem("azure-native:keyvault:Secret", "elsewhere", "{'vaultName': 'other'}");

        Assert.Equal("", _apart.Tell(Keys, signing, decrypting, elsewhere));
        Assert.Equal("cmk: : Key 'cmk' is in the vault of Key 'signs', which signs.", _apart.Tell(Keys, signing, Cmk));
        Assert.Equal("elsewhere: : Secret 'elsewhere' is in the vault of Key 'signs', which signs.", _apart.Tell(Keys, signing, elsewhere with { Properties = "{'vaultName': 'kv'}" }));
        Assert.Contains("undecided", _apart.Tell(Keys, signing, elsewhere with { Properties = "{'vaultName': '[unknown]'}" }), StringComparison.Ordinal);
        Assert.Equal([": NotApplicable"], _apart.Outcomes(Keys, Cmk));
    }

    [Fact]
    public void A_role_on_the_key_its_vault_or_group_is_enough()
    {
        var group = new StackItem("azure-native:resources:ResourceGroup", "group", "{}");
        var keys = Keys.From("resourceGroupName", group);
        foreach (var scope in new[] { Cmk, keys, group })
        {
            Assert.Equal(["disks: Passed"], _usable.Outcomes(group, keys, Cmk, User, Disks, new StackItem(Role, "role", Wrapping).From("principalId", User).From("scope", scope)));
        }

        Assert.Equal("", _usable.Tell(Keys, Cmk, User, Disks, new StackItem(Role, "role", Wrapping.Replace("'scope': '[unknown]'", "'scope': '/subscriptions/s/resourceGroups/g'", StringComparison.Ordinal)).From("principalId", User)));
        Assert.Equal("", _usable.Tell(Keys with { Properties = "{'properties': {'accessPolicies': [{'objectId': 'o'}]}}" }, Cmk, User, Disks));
        Assert.Equal([": NotApplicable"], _usable.Outcomes(Keys, Cmk, new StackItem(Set, "disks", "{'activeKey': {'keyUrl': 'https://hsm/keys/k'}}")));
    }

    [Theory]
    [InlineData(Wrapping, "other", "cmk")]
    [InlineData(Wrapping, "user", "other-key")]
    [InlineData("{'roleDefinitionId': '/x/21090545-7ca7-4776-b22c-e363652d74d2', 'principalId': '[unknown]', 'scope': '[unknown]'}", "user", "cmk")]
    public void A_role_of_another_on_another_or_for_less_is_not(string role, string principal, string scope)
    {
        var other = new StackItem(Identity, "other", "{}");
        var otherKey = Cmk with { Name = "other-key" };
        var items = new[] { Keys, Cmk, otherKey, User, other };

        Assert.Equal(
            "disks: activeKey: DiskEncryptionSet 'disks' encrypts with Key 'cmk', and none of its identities has a role to use that.",
            _usable.Tell([.. items, Disks, new StackItem(Role, "role", role).From("principalId", items.Single(item => item.Name == principal)).From("scope", items.Single(item => item.Name == scope))]));
    }

    [Fact]
    public void A_server_needs_the_identity_that_it_uses_its_key_with()
    {
        var role = new StackItem(Role, "role", Wrapping).From("principalId", User).From("scope", Cmk);
        var server = new StackItem(Server, "db", "{'dataEncryption': {'primaryUserAssignedIdentityId': '[unknown]'}, 'identity': {'type': 'UserAssigned'}}")
            .From("dataEncryption", Cmk).From("dataEncryption", User);

        Assert.Equal("", _usable.Tell(Keys, Cmk, User, role, server));
        Assert.Equal(
            "db: identity.type: Server 'db' does not set this, which counts as None, so it has no identity to use its key with. It must be UserAssigned or SystemAssigned,UserAssigned.\n"
            + "db: dataEncryption.primaryUserAssignedIdentityId: Server 'db' does not set this, so it has no identity to use its key with.",
            _usable.Tell(Keys, Cmk, User, role, server with { Properties = "{}" }));
    }

    [Fact]
    public void A_role_that_is_not_known_yet_may_be_one() => Assert.Contains(
        "disks: undecided activeKey not known yet whether RoleAssignment 'role'",
        _usable.Tell(Keys, Cmk, User, Disks, new StackItem(Role, "role", Wrapping.Replace("/x/e147488a-f6f5-4113-8e2d-b22465e65bf6", "[unknown]", StringComparison.Ordinal)).From("principalId", User).From("scope", Cmk)),
        StringComparison.Ordinal);

    [Fact]
    public void Ids_that_are_not_known_yet_are_decided_by_where_they_come_from()
    {
        var disk = new RuleUnderTest(new DiskEncryption());
        var cluster = new StackItem(Cluster, "cluster", "{'diskEncryptionSetID': '[unknown]', 'securityProfile': {'azureKeyVaultKms': {'enabled': true, 'keyVaultNetworkAccess': 'Private', 'keyId': '[unknown]'}}}");
        Assert.Equal(["cluster: Passed"], disk.Outcomes(cluster.From("diskEncryptionSetID", Disks), Disks).Where(outcome => outcome.StartsWith("cluster", StringComparison.Ordinal)));
        Assert.Equal(["cluster: Undecided"], disk.Outcomes(cluster.From("diskEncryptionSetID", Cmk), Cmk));
        Assert.Equal(["pool: Undecided"], disk.Outcomes(new StackItem("azure-native:containerservice:AgentPool", "pool", "{'enableEncryptionAtHost': '[unknown]'}").From("enableEncryptionAtHost", Disks), Disks));

        var etcd = new RuleUnderTest(new AksEtcdEncryption(StrictStacks.Limits.Modes));
        Assert.Equal(["cluster: Passed"], etcd.Outcomes(cluster.From("securityProfile", Cmk), Cmk));
        Assert.Equal(["cluster: Undecided"], etcd.Outcomes(cluster.From("securityProfile", Keys), Keys));
    }

    [Fact]
    public void Keys_of_a_database_and_of_the_copy_of_its_backups_are_told_apart_by_where_they_come_from()
    {
        var rule = new RuleUnderTest(new PostgreSqlCustomerManagedKey());
        var server = new StackItem(
            Server,
            "db",
            "{'backup': {'geoRedundantBackup': 'Enabled'}, 'dataEncryption': {'type': 'AzureKeyVault', 'primaryKeyURI': '[unknown]', 'geoBackupKeyURI': '[unknown]', "
            + "'primaryUserAssignedIdentityId': '[unknown]', 'geoBackupUserAssignedIdentityId': '[unknown]'}}").From("dataEncryption", Cmk).From("dataEncryption", User);
        var away = Keys with { Name = "away", Properties = "{}" };
        var awayKey = (Cmk with { Name = "cmk-geo", Sources = [] }).From("vaultName", away);
        var awayUser = User with { Name = "user-geo" };

        Assert.Equal(["db: Passed"], rule.Outcomes(Keys, away, Cmk, awayKey, User, awayUser, server.From("dataEncryption", awayKey).From("dataEncryption", awayUser)));
        Assert.Contains("keys of the same vault", rule.Tell(Keys, Cmk, User, awayUser, server.From("dataEncryption", awayUser)), StringComparison.Ordinal);
        Assert.Contains("the same identity", rule.Tell(Keys, away, Cmk, awayKey, User, server.From("dataEncryption", awayKey)), StringComparison.Ordinal);
        Assert.Equal(["db: Undecided"], rule.Outcomes(server with { Sources = [] }));
    }

    private static string Rotating(string actions, string expiry) =>
        "{'properties': {" + Wrap + ", 'rotationPolicy': {'attributes': {'expiryTime': " + expiry + "}, 'lifetimeActions': " + actions + "}}}";
}
