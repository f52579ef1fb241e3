using CantonInfra.Policy.Rules.Keys;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on how vaults are reached and by whom, and on keys that must not change.</summary>
public sealed class VaultRulesTests
{
    private const string Vault = "azure-native:keyvault:Vault";
    private const string Hsm = "azure-native:keyvault:ManagedHsm";
    private const string Classic = "azure:keyvault/keyVault:KeyVault";
    private const string Key = "azure-native:keyvault:Key";
    private const string ClassicKey = "azure:keyvault/key:Key";

    private readonly RuleUnderTest _roles = new(new KeyVaultRolesOnly());
    private readonly RuleUnderTest _private = new(new KeyVaultPrivate());
    private readonly RuleUnderTest _services = new(new KeyVaultTrustedServices());
    private readonly RuleUnderTest _permanent = new(new PermanentKeys());

    [Fact]
    public void Other_types_are_the_business_of_none() => Assert.All(
        [_roles, _private, _services, _permanent], rule => rule.IsNotApplicable("azure-native:keyvault:Secret"));

    [Theory]
    [InlineData(Vault, "{'properties': {'enableRbacAuthorization': true}}")]
    [InlineData(Classic, "{'rbacAuthorizationEnabled': true}")]
    [InlineData(Classic, "{'enableRbacAuthorization': true}")]
    public void Vaults_with_roles_pass(string type, string properties) => _roles.Passes(type, properties);

    [Theory]
    [InlineData(Vault, "{'properties': {}}", "properties.enableRbacAuthorization")]
    [InlineData(Vault, "{'properties': {'enableRbacAuthorization': false}}", "properties.enableRbacAuthorization")]
    [InlineData(Classic, "{}", "rbacAuthorizationEnabled")]
    [InlineData("azure-native:keyvault:AccessPolicy", "{}", "")]
    [InlineData("azure:keyvault/accessPolicy:AccessPolicy", "{'secretPermissions': ['Get']}", "")]
    public void Access_policies_fail(string type, string properties, string path) => _roles.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_roles()
    {
        _roles.IsUndecided(Vault, "{'properties': {'enableRbacAuthorization': '[unknown]'}}", "properties.enableRbacAuthorization");
        _roles.KeepsSecret(Vault, "{'properties': {'tenantId': {'[secret]': 'SECRET'}}}", "properties.enableRbacAuthorization");
    }

    [Theory]
    [InlineData(Vault, "{'properties': {'publicNetworkAccess': 'Disabled'}}")]
    [InlineData(Hsm, "{'properties': {'publicNetworkAccess': 'disabled'}}")]
    [InlineData(Classic, "{'publicNetworkAccessEnabled': false}")]
    public void Private_vaults_pass(string type, string properties) => _private.Passes(type, properties);

    [Theory]
    [InlineData(Vault, "{'properties': {'networkAcls': {'defaultAction': 'Deny'}}}", "properties.publicNetworkAccess")]
    [InlineData(Hsm, "{'properties': {'publicNetworkAccess': 'Enabled'}}", "properties.publicNetworkAccess")]
    [InlineData(Classic, "{}", "publicNetworkAccessEnabled")]
    public void Public_vaults_fail(string type, string properties, string path) => _private.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_networks()
    {
        _private.IsUndecided(Vault, "{'properties': '[unknown]'}", "properties", "properties");
        _private.Fails(Vault, "{'properties': {'publicNetworkAccess': 'Disabled', 'networkAcls': {'defaultAction': 'Allow'}}}", "properties.networkAcls.defaultAction");
        _private.KeepsSecret(Vault, "{'properties': {'publicNetworkAccess': {'[secret]': 'SECRET'}}}", "properties.publicNetworkAccess");
    }

    [Theory]
    [InlineData(Vault, "{'properties': {'networkAcls': {'defaultAction': 'Deny', 'bypass': 'AzureServices'}}}")]
    [InlineData(Vault, "{'properties': {}}")]
    [InlineData(Classic, "{'networkAcls': {'bypass': 'AzureServices'}}")]
    public void Vaults_that_services_reach_pass(string type, string properties) => _services.Passes(type, properties);

    [Theory]
    [InlineData(Vault, "{'properties': {'networkAcls': {'bypass': 'None'}}}", "properties.networkAcls.bypass")]
    [InlineData(Hsm, "{'properties': {'networkAcls': {'bypass': 'None'}}}", "properties.networkAcls.bypass")]
    [InlineData(Classic, "{'networkAcls': {'bypass': 'None'}}", "networkAcls.bypass")]
    public void Vaults_that_cut_services_off_fail(string type, string properties, string path) => _services.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_bypasses()
    {
        _services.IsUndecided(Vault, "{'properties': {'networkAcls': '[unknown]'}}", "properties.networkAcls");
        _services.KeepsSecret(Vault, "{'properties': {'networkAcls': {'bypass': {'[secret]': 'SECRET'}}}}", "properties.networkAcls.bypass");
    }

    [Theory]
    [InlineData(Key, "{'properties': {'kty': 'EC-HSM', 'keyOps': ['sign', 'verify'], 'attributes': {'enabled': true, 'exportable': false}}}")]
    [InlineData(Key, "{'properties': {'kty': 'EC'}}")]
    [InlineData(Key, "{'properties': {'kty': 'RSA-HSM', 'keyOps': ['encrypt', 'decrypt'], 'rotationPolicy': {'lifetimeActions': []}}}")]
    [InlineData(ClassicKey, "{'keyType': 'RSA', 'keyOpts': ['decrypt']}")]
    public void Permanent_keys_pass(string type, string properties) => _permanent.Passes(type, properties);

    [Theory]
    [InlineData(Key, "{'properties': {'keyOps': ['wrapKey', 'unwrapKey'], 'rotationPolicy': {'lifetimeActions': [{'action': {'type': 'rotate'}}]}}}")]
    [InlineData(Key, "{'properties': {'kty': 'RSA', 'attributes': {'expires': 1893456000}}}")]
    [InlineData(Key, "{'properties': {'keyOps': ['encrypt']}}")]
    [InlineData(ClassicKey, "{'keyType': 'RSA', 'keyOpts': ['unwrapKey', '[unknown]'], 'expirationDate': '2030-01-01T00:00:00Z'}")]
    public void Keys_that_wrap_others_are_not_its_business(string type, string properties) => _permanent.IsNotApplicable(type, properties);

    [Theory]
    [InlineData(
        "{'properties': {'keyOps': ['sign'], 'rotationPolicy': {'lifetimeActions': [{'action': {'type': 'rotate'}}]}}}",
        "properties.rotationPolicy.lifetimeActions")]
    [InlineData(
        "{'properties': {'keyOps': ['decrypt'], 'rotationPolicy': {'attributes': {'expiryTime': 'P2Y'}}}}",
        "properties.rotationPolicy.attributes.expiryTime")]
    [InlineData("{'properties': {'kty': 'EC', 'attributes': {'expires': 1893456000}}}", "properties.attributes.expires")]
    [InlineData("{'properties': {'kty': 'EC-HSM', 'attributes': {'exportable': true}}}", "properties.attributes.exportable")]
    public void Keys_that_end_fail(string properties, string path) => _permanent.Fails(Key, properties, path);

    [Fact]
    public void Keys_of_the_classic_provider_that_end_fail() => _permanent.Fails(
        ClassicKey,
        "{'keyType': 'EC', 'rotationPolicy': {'automatic': {'timeAfterCreation': 'P1Y'}, 'expireAfter': 'P2Y'}, 'expirationDate': '2030-01-01T00:00:00Z'}",
        "rotationPolicy.automatic",
        "rotationPolicy.expireAfter",
        "expirationDate");

    [Fact]
    public void Unknown_and_secret_keys()
    {
        _permanent.IsUndecided(Key, "{'properties': {'kty': '[unknown]'}}", "properties.kty");
        _permanent.IsUndecided(Key, "{'properties': {'keyOps': ['sign', '[unknown]']}}", "properties.keyOps[1]");
        _permanent.IsUndecided(Key, "{'properties': {'keyOps': ['sign'], 'attributes': {'expires': '[unknown]'}}}", "properties.attributes.expires");
        _permanent.KeepsSecret(
            Key,
            "{'properties': {'keyOps': ['sign'], 'rotationPolicy': {'attributes': {'expiryTime': {'[secret]': 'SECRET'}}}}}",
            "properties.rotationPolicy.attributes.expiryTime");
    }
}
