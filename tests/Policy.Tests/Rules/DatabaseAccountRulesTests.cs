using CantonInfra.Policy.Rules.Databases;
using CantonInfra.Policy.Rules.Disks;
using CantonInfra.Policy.Rules.Keys;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class DatabaseAccountRulesTests
{
    private const string Parameter = "azure-native:dbforpostgresql:Configuration";
    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string Database = "postgresql:index/database:Database";
    private const string Grant = "postgresql:index/grant:Grant";
    private const string SqlProvider = "pulumi:providers:postgresql";
    private const string Realms = "pulumi:providers:keycloak";
    private const string Set = "azure-native:compute:DiskEncryptionSet";
    private const string Vault = "azure-native:keyvault:Vault";

    private static readonly StackItem Ledger = new(Server, "ledger", "{}");
    private static readonly StackItem Sql = new StackItem(SqlProvider, "sql", "{'username': 'pgadmin', 'host': '[unknown]'}").From("host", Ledger);
    private static readonly StackItem Participant = new(Database, "participant", "{'name': 'participant_1', 'owner': 'cnadmin'}") { Provider = "sql" };
    private static readonly StackItem Revoked = new StackItem(Grant, "revoked", "{'role': 'public', 'database': 'participant_1', 'privileges': []}") { Provider = "sql" };

    private readonly RuleUnderTest _hashes = new(new PostgreSqlPasswordHashes());
    private readonly RuleUnderTest _logs = new(new PostgreSqlServerLogs());
    private readonly RuleUnderTest _entra = new(new PostgreSqlEntraSignIn(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Mainnet };
    private readonly RuleUnderTest _version = new(new PostgreSqlSupportedVersion());
    private readonly RuleUnderTest _own = new(new PostgreSqlOwnDatabases());
    private readonly RuleUnderTest _connect = new(new ProvidersConnectEncrypted(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Mainnet };
    private readonly RuleUnderTest _follow = new(new DiskEncryptionSetsFollow());
    private readonly RuleUnderTest _machines = new(new KeyVaultNotForMachines());

    [Theory]
    [InlineData("log_connections", "on", true)]
    [InlineData("log_connections", "off", false)]
    [InlineData("log_statement", "ddl", true)]
    [InlineData("log_statement", "all", false)]
    [InlineData("log_statement", "mod", false)]
    [InlineData("pgaudit.log_parameter", "on", false)]
    [InlineData("connection_throttle.enable", "off", false)]
    [InlineData("logfiles.retention_days", "7", true)]
    [InlineData("logfiles.retention_days", "1", false)]
    [InlineData("logfiles.retention_days", "many", false)]
    [InlineData("log_line_prefix", "%t-%c-user=%u,db=%d,client=%h", true)]
    [InlineData("log_line_prefix", "%t ", false)]
    public void Servers_write_down_who_comes_and_no_values(string name, string value, bool isFine)
    {
        var properties = $"{{'configurationName': '{name}', 'value': '{value}'}}";
        if (isFine)
        {
            _logs.Passes(Parameter, properties);
        }
        else
        {
            _logs.Fails(Parameter, properties, "value");
        }
    }

    [Fact]
    public void Passwords_are_proven_with_scram()
    {
        _hashes.Passes(Parameter, "{'configurationName': 'password_encryption', 'value': 'SCRAM-SHA-256'}");
        _hashes.Fails(Parameter, "{'configurationName': 'azure.accepted_password_auth_method', 'value': 'md5,scram-sha-256'}", "value");
        _hashes.Fails("azure:postgresql/flexibleServerConfiguration:FlexibleServerConfiguration", "{'name': 'password_encryption', 'value': 'md5'}", "value");
        _hashes.Fails(Parameter, "{'configurationName': 'password_encryption'}", "value");
        _hashes.IsUndecided(Parameter, "{'configurationName': 'password_encryption', 'value': '[unknown]'}", "value");
        _hashes.IsUndecided(Parameter, "{'configurationName': '[unknown]', 'value': 'md5'}", "configurationName");
        _hashes.IsNotApplicable(Parameter, "{'configurationName': 'work_mem', 'value': '4MB'}");
        _hashes.KeepsSecret(Parameter, "{'configurationName': 'password_encryption', 'value': {'[secret]': 'SECRET'}}", "value");
        _logs.KeepsSecret(Parameter, "{'configurationName': 'log_statement', 'value': {'[secret]': 'SECRET'}}", "value");
    }

    [Fact]
    public void People_sign_in_with_Entra_as_a_group()
    {
        _entra.Passes(Server, "{'authConfig': {'activeDirectoryAuth': 'Enabled'}}");
        _entra.Fails(Server, "{}", "authConfig.activeDirectoryAuth");
        _entra.IsUndecided(Server, "{'authConfig': '[unknown]'}", "authConfig");
        _entra.IsNotApplicable(Server, "{'createMode': 'Replica'}");
        _entra.Passes(Server, "{'createMode': 'Replica', 'authConfig': {'activeDirectoryAuth': 'Enabled'}}");
        _entra.Fails(Server, "{'createMode': 'Replica', 'authConfig': {'activeDirectoryAuth': 'Disabled'}}", "authConfig.activeDirectoryAuth");
        _entra.Fails("azure:postgresql/flexibleServer:FlexibleServer", "{}", "authentication.activeDirectoryAuthEnabled");
        _entra.KeepsSecret(Server, "{'authConfig': {'activeDirectoryAuth': {'[secret]': 'SECRET'}}}", "authConfig.activeDirectoryAuth");
        new RuleUnderTest(new PostgreSqlEntraSignIn(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet }.IsNotApplicable(Server);
    }

    [Theory]
    [InlineData("azure-native:dbforpostgresql:AdministratorsMicrosoftEntra")]
    [InlineData("azure-native:dbforpostgresql:Administrator")]
    [InlineData("azure:postgresql/flexibleServerActiveDirectoryAdministrator:FlexibleServerActiveDirectoryAdministrator")]
    public void People_administer_as_members_of_a_group(string administrator)
    {
        _entra.Passes(administrator, "{'principalType': 'Group'}");
        _entra.Passes(administrator, "{'principalType': 'group'}");
        _entra.Fails(administrator, "{'principalType': 'user'}", "principalType");
        _entra.Fails(administrator, "{'principalType': 'User'}", "principalType");
        _entra.Fails(administrator, "{}", "principalType");
        _entra.IsUndecided(administrator, "{'principalType': '[unknown]'}", "principalType");
    }

    [Fact]
    public void Versions_get_fixes()
    {
        _version.Passes(Server, "{'version': '17'}");
        _version.Passes(Server, "{'createMode': 'Replica'}");
        _version.Fails(Server, "{'version': '11'}", "version");
        _version.IsUndecided(Server, "{'version': '[unknown]'}", "version");
        _version.IsUndecided(Server, "{'version': {'[secret]': 'SECRET'}}", "version");
        _version.IsNotApplicable(Parameter);
    }

    [Fact]
    public void Databases_are_apart_and_their_owners_alone()
    {
        var granted = new StackItem(Grant, "granted", "{'role': 'cnadmin', 'privileges': ['CONNECT']}") { Provider = "sql" };

        Assert.Equal("", _own.Tell(Ledger, Sql, Participant, Revoked, granted.From("database", Participant)));
        Assert.Equal("participant: : Database 'participant' is open to every role of its server: no Grant takes that away from public.", _own.Tell(Ledger, Sql, Participant));
        Assert.Equal(
            "granted: role: Grant 'granted' lets \"other\" into Database 'participant', which is that of \"cnadmin\".",
            _own.Tell(Ledger, Sql, Participant, Revoked, (granted with { Properties = "{'role': 'other', 'privileges': ['CONNECT']}" }).From("database", Participant)));
        Assert.Contains("is not a role of its own", _own.Tell(Ledger, Sql, Participant with { Properties = "{'name': 'participant_1', 'owner': 'pgadmin'}" }, Revoked), StringComparison.Ordinal);
        Assert.Contains("has no owner of its own", _own.Tell(Ledger, Sql, Participant with { Properties = "{'name': 'validator'}" }), StringComparison.Ordinal);
        Assert.Contains("undecided owner", _own.Tell(Ledger, Sql, Participant with { Properties = "{'name': 'validator', 'owner': '[unknown]'}" }), StringComparison.Ordinal);
        Assert.Equal([": NotApplicable"], _own.Outcomes(new StackItem(Database, "shop", "{'name': 'shop'}")));
    }

    [Fact]
    public void Sign_ins_and_the_ledger_have_servers_of_their_own()
    {
        var keycloak = Native("keycloak");
        var validator = Native("validator");
        var other = Ledger with { Name = "other" };

        Assert.Equal("", _own.Tell(Ledger, other, keycloak.From("serverName", other), validator.From("serverName", Ledger)));
        Assert.Contains(
            "keycloak: : Database 'keycloak' of sign-ins is on the server of Database 'validator' of the ledger.",
            _own.Tell(Ledger, keycloak.From("serverName", Ledger), validator.From("serverName", Ledger)),
            StringComparison.Ordinal);

        static StackItem Native(string name) => new("azure-native:dbforpostgresql:Database", name, $"{{'databaseName': '{name}', 'serverName': '[unknown]'}}");
    }

    [Fact]
    public void Audit_needs_the_extension_in_each_database()
    {
        var audit = new RuleUnderTest(new PostgreSqlAudit());
        var extension = new StackItem("postgresql:index/extension:Extension", "pgaudit", "{'name': 'pgaudit', 'database': 'participant_1'}") { Provider = "sql" };
        StackItem[] parameters = [Setting("azure.extensions", "pgaudit"), Setting("shared_preload_libraries", "pgaudit"), Setting("pgaudit.log", "ddl,role")];

        Assert.Equal("", audit.Tell([Ledger, Sql, Participant, extension, .. parameters]));
        Assert.Equal("participant: : Database 'participant' has no Extension pgaudit, so nothing is written down there.", audit.Tell([Ledger, Sql, Participant, .. parameters]));
        Assert.StartsWith("ledger: : Server 'ledger' has pgaudit.log without ddl and role", audit.Tell([Ledger, parameters[0], parameters[1], Setting("pgaudit.log", "read")]), StringComparison.Ordinal);

        static StackItem Setting(string name, string value) => new StackItem(
            Parameter, name, $"{{'configurationName': '{name}', 'value': '{value}', 'serverName': '[unknown]'}}").From("serverName", Ledger);
    }

    [Fact]
    public void Providers_connect_encrypted()
    {
        _connect.Passes(SqlProvider, "{'sslmode': 'verify-full'}");
        _connect.Fails(SqlProvider, "{'sslmode': 'require'}", "sslmode");
        _connect.Fails(SqlProvider, "{}", "sslmode");
        _connect.IsUndecided(SqlProvider, "{'sslmode': '[unknown]'}", "sslmode");
        _connect.KeepsSecret(SqlProvider, "{'sslmode': {'[secret]': 'SECRET'}}", "sslmode");
        _connect.Passes(Realms, "{'url': 'https://auth.example.com', 'tlsInsecureSkipVerify': 'false'}");
        _connect.Fails(Realms, "{'url': 'http://auth.example.com'}", "url");
        _connect.Fails(Realms, "{'url': 'https://a', 'tlsInsecureSkipVerify': 'true'}", "tlsInsecureSkipVerify");
        _connect.IsUndecided(Realms, "{'url': '[unknown]'}", "url");
        _connect.IsNotApplicable(Server);
        var test = new RuleUnderTest(new ProvidersConnectEncrypted(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet };
        test.Passes(SqlProvider, "{'sslmode': 'require'}");
        test.Fails(SqlProvider, "{'sslmode': 'disable'}", "sslmode");
    }

    [Fact]
    public void Sets_follow_their_key_and_vaults_give_nothing_to_machines()
    {
        _follow.Passes(Set, "{'rotationToLatestKeyVersionEnabled': true}");
        _follow.Fails(Set, "{'encryptionType': 'EncryptionAtRestWithPlatformKey', 'rotationToLatestKeyVersionEnabled': false}", "encryptionType", "rotationToLatestKeyVersionEnabled");
        _follow.Fails("azure:compute/diskEncryptionSet:DiskEncryptionSet", "{}", "autoKeyRotationEnabled");
        _follow.IsUndecided(Set, "{'rotationToLatestKeyVersionEnabled': '[unknown]'}", "rotationToLatestKeyVersionEnabled");
        _follow.KeepsSecret(Set, "{'rotationToLatestKeyVersionEnabled': true, 'encryptionType': {'[secret]': 'SECRET'}}", "encryptionType");
        _follow.IsNotApplicable(Vault);
        _machines.Passes(Vault, "{}");
        _machines.Fails(Vault, "{'properties': {'enabledForDiskEncryption': true}}", "properties.enabledForDiskEncryption");
        _machines.IsUndecided(Vault, "{'properties': {'enabledForDeployment': '[unknown]'}}", "properties.enabledForDeployment");
        _machines.KeepsSecret(Vault, "{'a': {'[secret]': 'SECRET'}, 'properties': {'enabledForTemplateDeployment': true}}", "properties.enabledForTemplateDeployment");
        _machines.IsNotApplicable(Set);
    }
}
