using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class PostgreSqlServerTests
{
    private const string Server = "azure-native:dbforpostgresql:Server";

    // A11
    [Fact]
    public async Task People_administer_by_a_group_after_the_parameters()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server().AddEntraAdministrator(new EntraGroup("g-1", "dba")));

        var administrator = mocks.One("azure-native:dbforpostgresql:AdministratorsMicrosoftEntra");
        Assert.Equal(("g-1", "dba", "group"), (administrator.Inputs["objectId"], administrator.Inputs["principalName"], administrator.Inputs["principalType"]));
        Assert.NotNull(administrator.Inputs["tenantId"]);
        mocks.AssertBefore($"Configuration {mocks.All("azure-native:dbforpostgresql:Configuration")[^1].Name}", $"AdministratorsMicrosoftEntra {administrator.Name}");
    }

    [Fact]
    public async Task A_server_is_private_encrypted_and_backed_up()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server());

        var server = mocks.Inputs(Server);
        Assert.Equal("Disabled", server.At("network.publicNetworkAccess"));
        Assert.Equal("/azure-native:network:Subnet/psql-ledger", server.At("network.delegatedSubnetResourceId"));
        Assert.Equal("/azure-native:privatedns:PrivateZone/psql-zone", server.At("network.privateDnsZoneArmResourceId"));
        Assert.Equal("AzureKeyVault", server.At("dataEncryption.type"));
        Assert.Equal("https://vault/keys/cmk-psql-ledger", server.At("dataEncryption.primaryKeyURI"));
        Assert.Equal(35.0, server.At("backup.backupRetentionDays"));
        Assert.Equal("Enabled", server.At("storage.autoGrow"));
        Assert.Equal(Scenery.Tenant, server.At("authConfig.tenantId"));
        Assert.Equal("GeneralPurpose", server.At("sku.tier"));
        var identities = Assert.IsAssignableFrom<IDictionary<string, object>>(server.At("identity.userAssignedIdentities"));
        Assert.Equal(["/azure-native:managedidentity:UserAssignedIdentity/psql-ledger-identity"], identities.Keys);
    }

    [Theory]
    [InlineData(HighAvailability.ZoneRedundant, "ZoneRedundant", "2")]
    [InlineData(HighAvailability.SameZone, "SameZone", null)]
    [InlineData(HighAvailability.Disabled, "Disabled", null)]
    public async Task The_standby_is_where_it_is_asked_to_be(object mode, string expected, string? zone)
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server((HighAvailability)mode));

        Assert.Equal(expected, mocks.Inputs(Server).At("highAvailability.mode"));
        Assert.Equal(zone, mocks.Inputs(Server).At("highAvailability.standbyAvailabilityZone"));
    }

    [Fact]
    public async Task The_identity_may_use_the_key_before_the_server_is_made()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server());

        mocks.AssertBefore("RoleAssignment cmk-psql-ledger-wrapping", "Server psql-ledger");
        mocks.AssertBefore("SecurityRule psql-ledger-standby", "Server psql-ledger");
        mocks.AssertBefore("VirtualNetworkLink psql-zone", "Server psql-ledger");
    }

    [Fact]
    public async Task Parameters_are_set_one_after_another()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server());

        var parameters = mocks.All("azure-native:dbforpostgresql:Configuration");
        Assert.Equal(Scenery.Parameters.All.Select(parameter => parameter.Name), parameters.Select(resource => (string)resource.Inputs.At("configurationName")!));
        for (var index = 1; index < parameters.Length; index++)
        {
            mocks.AssertBefore($"Configuration {parameters[index - 1].Name}", $"Configuration {parameters[index].Name}");
        }

        Assert.Equal("on", mocks.Inputs("azure-native:dbforpostgresql:Configuration", "psql-ledger-require-secure-transport").At("value"));
    }

    [Fact]
    public async Task Statements_reach_the_server_only_once_it_is_set_up()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server().AddAccount("cnadmin"));

        var provider = mocks.Inputs("pulumi:providers:postgresql");
        Assert.EndsWith(".postgres.database.azure.com", (string)provider.At("host")!, StringComparison.Ordinal);
        Assert.Equal("verify-full", provider.At("sslmode"));
        Assert.Equal("false", provider.At("superuser"));
        mocks.AssertBefore("Configuration psql-ledger-pgms-wait-sampling-query-capture-mode", "postgresql psql-ledger-sql");
        Assert.Contains("psql-ledger-sql", mocks.One("postgresql:index/role:Role").Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_a_plain_role_whose_password_is_in_the_vault()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server().AddAccount("cnadmin"));

        var role = mocks.Inputs("postgresql:index/role:Role");
        Assert.Equal("cnadmin", role.At("name"));
        Assert.Equal(true, role.At("login"));
        Assert.All(
            ["superuser", "createDatabase", "createRole", "replication", "bypassRowLevelSecurity"],
            power => Assert.Equal(false, role.At(power)));
        var password = $"{CloudMocks.Secret} psql-ledger-cnadmin";
        Assert.Equal(password, role.At("password"));
        Assert.Equal(password, mocks.Inputs("azure-native:keyvault:Secret", "psql-ledger-cnadmin").At("properties.value"));
    }

    [Fact]
    public async Task A_database_is_closed_to_all_but_its_owner()
    {
        var mocks = await CloudMocks.RunAsync(() =>
        {
            var server = Scenery.Server();
            server.AddDatabase("participant", server.AddAccount("cnadmin"));
        });

        var database = mocks.Inputs("postgresql:index/database:Database");
        Assert.Equal("participant", database.At("name"));
        Assert.Equal("cnadmin", database.At("owner"));
        Assert.Equal("UTF8", database.At("encoding"));
        const string Grant = "postgresql:index/grant:Grant";
        Assert.Equal("public", mocks.Inputs(Grant, "psql-ledger-participant-public").At("role"));
        Assert.Empty(mocks.Inputs(Grant, "psql-ledger-participant-public").Texts("privileges"));
        Assert.True(mocks.Inputs(Grant, "psql-ledger-participant-public").ContainsKey("privileges"));
        Assert.Equal(
            ["CONNECT", "CREATE", "TEMPORARY"],
            mocks.Inputs(Grant, "psql-ledger-participant-cnadmin").Texts("privileges").AsEnumerable());
        mocks.AssertBefore("Grant psql-ledger-participant-public", "Grant psql-ledger-participant-cnadmin");
    }

    [Fact]
    public async Task Databases_of_the_server_itself_are_closed_too()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server());

        foreach (var database in new[] { "postgres", "template1" })
        {
            var grant = mocks.Inputs("postgresql:index/grant:Grant", $"psql-ledger-{database}-public");
            Assert.Equal(database, grant.At("database"));
            Assert.Equal("public", grant.At("role"));
            Assert.Empty(grant.Texts("privileges"));
        }
    }

    // A24
    [Fact]
    public async Task Audit_is_on_in_all_its_parts_and_the_extension_comes_last()
    {
        var mocks = await CloudMocks.RunAsync(() =>
        {
            var server = Scenery.Server();
            server.AddDatabase("participant", server.AddAccount("cnadmin"));
        });

        const string Configuration = "azure-native:dbforpostgresql:Configuration";
        Assert.Contains("PGAUDIT", (string)mocks.Inputs(Configuration, "psql-ledger-azure-extensions").At("value")!, StringComparison.Ordinal);
        Assert.Contains("pgaudit", (string)mocks.Inputs(Configuration, "psql-ledger-shared-preload-libraries").At("value")!, StringComparison.Ordinal);
        Assert.Equal("ddl,role,misc", mocks.Inputs(Configuration, "psql-ledger-pgaudit-log").At("value"));
        var extension = mocks.Inputs("postgresql:index/extension:Extension");
        Assert.Equal("pgaudit", extension.At("name"));
        Assert.Equal("participant", extension.At("database"));
        mocks.AssertBefore("Grant psql-ledger-participant-pgadmin", "Extension psql-ledger-participant-pgaudit");
        mocks.AssertBefore("Configuration psql-ledger-shared-preload-libraries", "Extension psql-ledger-participant-pgaudit");
    }

    [Theory]
    [InlineData(TlsVersion.Tls12, "TLSv1.2")]
    [InlineData(TlsVersion.Tls13, "TLSv1.3")]
    public void The_least_version_of_TLS_is_a_parameter(object version, string value) => Assert.Contains(
        ("ssl_min_protocol_version", value), (Scenery.Parameters with { LeastTls = (TlsVersion)version }).All);

    // A12
    [Fact]
    public async Task A_copy_of_the_backups_has_a_key_identity_and_vault_in_its_own_region()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server(hasBackupCopy: true));

        var server = mocks.Inputs(Server);
        Assert.Equal("Enabled", server.At("backup.geoRedundantBackup"));
        Assert.Equal("https://vault/keys/cmk-psql-ledger-geo", server.At("dataEncryption.geoBackupKeyURI"));
        const string Reader = "/azure-native:managedidentity:UserAssignedIdentity/psql-ledger-geo-identity";
        Assert.Equal(Reader, server.At("dataEncryption.geoBackupUserAssignedIdentityId"));
        var identities = Assert.IsAssignableFrom<IDictionary<string, object>>(server.At("identity.userAssignedIdentities"));
        Assert.Equal(2, identities.Count);
        Assert.Contains(Reader, identities.Keys);
        foreach (var (type, name) in new[]
        {
            ("azure-native:keyvault:Vault", "backup-region-keys"),
            ("azure-native:resources:ResourceGroup", "backup-region"),
            ("azure-native:managedidentity:UserAssignedIdentity", "psql-ledger-geo-identity"),
        })
        {
            Assert.Equal("eastus2", mocks.Inputs(type, name).At("location"));
        }

        mocks.AssertBefore("RoleAssignment cmk-psql-ledger-geo-wrapping", "Server psql-ledger");
    }

    [Fact]
    public async Task Without_a_copy_the_backups_stay_in_their_region()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server());

        Assert.Equal("Disabled", mocks.Inputs(Server).At("backup.geoRedundantBackup"));
        Assert.Null(mocks.Inputs(Server).At("dataEncryption.geoBackupKeyURI"));
    }

    [Fact]
    public async Task Another_generation_is_another_password()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server().AddAccount("cnadmin_beta", 2));

        Assert.Equal("2", mocks.Inputs("random:index/randomPassword:RandomPassword", "psql-ledger-cnadmin-beta").At("keepers.generation"));
        Assert.Equal("1", mocks.Inputs("random:index/randomPassword:RandomPassword", "psql-ledger-administrator").At("keepers.generation"));
    }

    [Fact]
    public async Task Only_the_clients_that_are_let_in_reach_the_port()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Server().AllowFrom("user-nodes", Scenery.Network().UserNodes));

        var rule = mocks.Inputs("azure-native:network:SecurityRule", "psql-ledger-user-nodes");
        Assert.Equal("10.40.1.0/24", rule.At("sourceAddressPrefix"));
        Assert.Equal("5432", rule.At("destinationPortRange"));
        Assert.Equal("Tcp", rule.At("protocol"));
    }

    [Theory]
    [InlineData("Standard_B1ms", "Burstable", 0, 35)]
    [InlineData("Standard_B2s", "Burstable", 0, 414)]
    [InlineData("Standard_B2ms", "Burstable", 0, 844)]
    [InlineData("Standard_D4ds_v5", "GeneralPurpose", 5, 1703)]
    [InlineData("Standard_D8ads_v5", "GeneralPurpose", 5, 3422)]
    [InlineData("Standard_D96ds_v5", "GeneralPurpose", 5, 4985)]
    [InlineData("Standard_E2ds_v4", "MemoryOptimized", 4, 1703)]
    [InlineData("Standard_E8ds_v4", "MemoryOptimized", 4, 4985)]
    [InlineData("Standard_F4s_v2", null, 2, null)]
    [InlineData("Standard_DC4ads_v5", null, 5, null)]
    [InlineData("Standard_", null, 0, null)]
    [InlineData("D4ds_v5", null, 0, null)]
    public void A_size_tells_its_tier_generation_and_connections(string name, string? tier, int generation, int? connections)
    {
        var sku = new DatabaseSku(name);

        Assert.Equal(tier, sku.Tier?.ToString());
        Assert.Equal(generation, sku.Generation);
        Assert.Equal(connections, sku.MostConnections);
        Assert.Equal(name.Contains("ads", StringComparison.Ordinal), sku.IsAmd);
    }
}
