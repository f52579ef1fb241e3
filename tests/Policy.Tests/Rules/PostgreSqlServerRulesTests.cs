using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.Databases;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules about single PostgreSQL servers.</summary>
public sealed class PostgreSqlServerRulesTests
{
    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string Classic = "azure:postgresql/flexibleServer:FlexibleServer";
    private const string Key = "https://here.vault.azure.net/keys/k";
    private const string GeoKey = "https://there.vault.azure.net/keys/k";
    private const string Version = "/0123456789abcdef0123456789abcdef";

    private static readonly ModeLimits Limits = LimitsFile.Load(Path.Combine(AppContext.BaseDirectory, LimitsFile.Name)).Modes;

    private static readonly StackContext Devnet = StackContext.From(new AnalyzerStackConfigureRequest { Stack = "devnet", Project = "canton-infra" });

    private readonly RuleUnderTest _zone = new(new PostgreSqlZoneRedundant(Limits));
    private readonly RuleUnderTest _copy = new(new PostgreSqlGeoRedundantBackup(Limits));
    private readonly RuleUnderTest _retention = new(new PostgreSqlBackupRetention(Limits));
    private readonly RuleUnderTest _key = new(new PostgreSqlCustomerManagedKey());
    private readonly RuleUnderTest _growth = new(new PostgreSqlStorageAutoGrow());

    [Theory]
    [InlineData(Server, "{'highAvailability': {'mode': 'ZoneRedundant', 'standbyAvailabilityZone': '[unknown]'}}")]
    [InlineData(Server, "{'highAvailability': {'mode': {'[secret]': 'zoneredundant'}}}")]
    [InlineData(Classic, "{'highAvailability': {'mode': 'ZoneRedundant'}}")]
    public void A_standby_in_another_zone_passes(string type, string properties) => _zone.Passes(type, properties);

    [Theory]
    [InlineData(Server, "{}")]
    [InlineData(Server, "{'highAvailability': {'mode': 'SameZone'}}")]
    [InlineData(Server, "{'highAvailability': {'mode': 'Disabled'}}")]
    [InlineData(Classic, "{}")]
    public void Another_standby_fails(string type, string properties) => _zone.Fails(type, properties, "highAvailability.mode");

    [Fact]
    public void An_unknown_standby_is_undecided() => _zone.IsUndecided(Server, "{'highAvailability': '[unknown]'}", "highAvailability");

    [Fact]
    public void A_secret_standby_is_not_shown() =>
        _zone.KeepsSecret(Server, "{'highAvailability': {'mode': {'[secret]': 'SECRET'}}}", "highAvailability.mode");

    [Theory]
    [InlineData(Server, "{'backup': {'geoRedundantBackup': 'Enabled'}}")]
    [InlineData(Classic, "{'geoRedundantBackupEnabled': true}")]
    public void Copied_backups_pass(string type, string properties) => _copy.Passes(type, properties);

    [Theory]
    [InlineData(Server, "{}", "backup.geoRedundantBackup")]
    [InlineData(Server, "{'backup': {'geoRedundantBackup': 'Disabled'}}", "backup.geoRedundantBackup")]
    [InlineData(Classic, "{}", "geoRedundantBackupEnabled")]
    public void Backups_in_one_region_fail(string type, string properties, string path) => _copy.Fails(type, properties, path);

    [Fact]
    public void An_unknown_copy_is_undecided() =>
        _copy.IsUndecided(Server, "{'backup': {'geoRedundantBackup': '[unknown]'}}", "backup.geoRedundantBackup");

    [Fact]
    public void A_secret_copy_is_not_shown() =>
        _copy.KeepsSecret(Server, "{'backup': {'geoRedundantBackup': {'[secret]': 'SECRET'}}}", "backup.geoRedundantBackup");

    [Theory]
    [InlineData(Server, "{'backup': {'backupRetentionDays': 35}}")]
    [InlineData(Server, "{'backup': {'backupRetentionDays': {'[secret]': 35}}}")]
    [InlineData(Classic, "{'backupRetentionDays': 35}")]
    public void Long_retention_passes(string type, string properties) => _retention.Passes(type, properties);

    [Theory]
    [InlineData(Server, "{}", "backup.backupRetentionDays", "keeps backups for 7, the default, days. It must be 35")]
    [InlineData(Server, "{'backup': {'backupRetentionDays': 34}}", "backup.backupRetentionDays", "keeps backups for 34 days.")]
    [InlineData(Classic, "{'backupRetentionDays': 7}", "backupRetentionDays", "keeps backups for 7 days.")]
    public void Short_retention_fails(string type, string properties, string path, string message) =>
        Assert.Contains(message, _retention.Fails(type, properties, path), StringComparison.Ordinal);

    [Theory]
    [InlineData("{'backup': {'backupRetentionDays': '[unknown]'}}")]
    [InlineData("{'backup': {'backupRetentionDays': 'long'}}")]
    public void Unknown_retention_is_undecided(string properties) =>
        _retention.IsUndecided(Server, properties, "backup.backupRetentionDays");

    [Fact]
    public void A_secret_retention_is_not_shown() => _retention.KeepsSecret(
        Server, "{'backup': {'backupRetentionDays': 8}, 'administratorLoginPassword': {'[secret]': 'SECRET'}}", "backup.backupRetentionDays");

    [Fact]
    public void The_retention_is_a_setting_of_the_rule()
    {
        var rule = new RuleUnderTest(new PostgreSqlBackupRetention(Limits)) { Settings = "{'minimumDays': 14}" };

        rule.Passes(Server, "{'backup': {'backupRetentionDays': 14}}");
        rule.Fails(Server, "{'backup': {'backupRetentionDays': 13}}", "backup.backupRetentionDays");
    }

    [Fact]
    public void Replicas_and_stacks_in_audit_mode_need_neither_standby_nor_backups()
    {
        foreach (var rule in new PolicySdk.Policy[] { new PostgreSqlZoneRedundant(Limits), new PostgreSqlGeoRedundantBackup(Limits), new PostgreSqlBackupRetention(Limits) })
        {
            new RuleUnderTest(rule).IsNotApplicable(Server, "{'createMode': 'Replica'}");
            new RuleUnderTest(rule) { Stack = Devnet }.IsNotApplicable(Server);
            new RuleUnderTest(rule).IsNotApplicable("azure-native:dbforpostgresql:Database");
        }
    }

    [Theory]
    [InlineData("{'dataEncryption': {'type': 'AzureKeyVault', 'primaryKeyURI': '" + Key + "'}}")]
    [InlineData("{'dataEncryption': {'type': 'AzureKeyVault', 'primaryKeyURI': {'[secret]': '" + Key + "'}}, 'backup': {'geoRedundantBackup': 'Disabled'}}")]
    [InlineData("{'backup': {'geoRedundantBackup': 'Enabled'}, 'dataEncryption': {'type': 'AzureKeyVault', 'primaryKeyURI': '" + Key
        + "', 'primaryUserAssignedIdentityId': '/a', 'geoBackupKeyURI': '" + GeoKey + "', 'geoBackupUserAssignedIdentityId': '/b'}}")]
    public void Keys_without_version_pass(string properties) => _key.Passes(Server, properties);

    [Theory]
    [InlineData("{}", "dataEncryption.type", "dataEncryption.primaryKeyURI")]
    [InlineData("{'dataEncryption': {'type': 'SystemManaged', 'primaryKeyURI': '" + Key + "'}}", "dataEncryption.type")]
    [InlineData("{'dataEncryption': {'type': 'AzureKeyVault', 'primaryKeyURI': '" + Key + Version + "'}}", "dataEncryption.primaryKeyURI")]
    [InlineData(
        "{'backup': {'geoRedundantBackup': 'Enabled'}, 'dataEncryption': {'type': 'AzureKeyVault', 'primaryKeyURI': '" + Key + "'}}",
        "dataEncryption.geoBackupKeyURI",
        "dataEncryption.geoBackupUserAssignedIdentityId")]
    [InlineData(
        "{'backup': {'geoRedundantBackup': 'Enabled'}, 'dataEncryption': {'type': 'AzureKeyVault', 'primaryKeyURI': '" + Key
            + "', 'primaryUserAssignedIdentityId': '/a', 'geoBackupKeyURI': '" + Key + "2', 'geoBackupUserAssignedIdentityId': '/A'}}",
        "dataEncryption.geoBackupKeyURI",
        "dataEncryption.geoBackupUserAssignedIdentityId")]
    public void Other_keys_fail(string properties, params string[] paths) => _key.Fails(Server, properties, paths);

    [Theory]
    [InlineData("{'dataEncryption': {'type': 'AzureKeyVault', 'primaryKeyURI': '[unknown]'}}", "dataEncryption.primaryKeyURI")]
    [InlineData(
        "{'backup': {'geoRedundantBackup': 'Enabled'}, 'dataEncryption': {'type': 'AzureKeyVault', 'primaryKeyURI': '" + Key
            + "', 'primaryUserAssignedIdentityId': '/a', 'geoBackupKeyURI': '" + GeoKey + "', 'geoBackupUserAssignedIdentityId': '[unknown]'}}",
        "dataEncryption.geoBackupUserAssignedIdentityId")]
    public void Unknown_keys_are_undecided(string properties, string path) => _key.IsUndecided(Server, properties, path);

    [Fact]
    public void Other_types_have_no_such_key() => _key.IsNotApplicable("azure-native:dbforpostgresql:Database");

    [Fact]
    public void A_secret_key_is_not_shown() => _key.KeepsSecret(
        Server,
        "{'dataEncryption': {'type': {'[secret]': 'SECRET'}, 'primaryKeyURI': '" + Key + "'}}",
        "dataEncryption.type");

    [Theory]
    [InlineData(Server, "{'storage': {'autoGrow': 'Enabled'}}")]
    [InlineData(Server, "{'storage': {'autoGrow': {'[secret]': 'Enabled'}}}")]
    [InlineData(Classic, "{'autoGrowEnabled': true}")]
    public void Storage_that_grows_passes(string type, string properties) => _growth.Passes(type, properties);

    [Theory]
    [InlineData(Server, "{}", "storage.autoGrow")]
    [InlineData(Server, "{'storage': {'autoGrow': 'Disabled'}}", "storage.autoGrow")]
    [InlineData(Classic, "{}", "autoGrowEnabled")]
    public void Storage_that_does_not_grow_fails(string type, string properties, string path) => _growth.Fails(type, properties, path);

    [Fact]
    public void Unknown_storage_is_undecided() => _growth.IsUndecided(Server, "{'storage': '[unknown]'}", "storage");

    [Fact]
    public void A_secret_storage_is_not_shown() =>
        _growth.KeepsSecret(Server, "{'storage': {'autoGrow': {'[secret]': 'SECRET'}}}", "storage.autoGrow");

    [Fact]
    public void Other_types_have_no_storage() => _growth.IsNotApplicable("azure-native:dbforpostgresql:Configuration");
}
