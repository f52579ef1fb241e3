using CantonInfra.Policy.Rules.Secrets;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class SecretRulesTests
{
    private const string ConfigMap = "kubernetes:core/v1:ConfigMap";
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Secret = "kubernetes:core/v1:Secret";
    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Machine = "azure-native:compute:VirtualMachine";
    private const string Group = "azure-native:resources:ResourceGroup";
    private const string Role = "postgresql:index/role:Role";
    private const string VaultSecret = "azure-native:keyvault:Secret";
    private const string Token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4IiwiYXVkIjoieSJ9.c2lnbmF0dXJlMTIz";

    private static readonly StackItem Password = new("random:index/randomPassword:RandomPassword", "password", "{'length': 32}");

    private readonly RuleUnderTest _clear = new(new NoSecretsInClear());
    private readonly RuleUnderTest _outputs = new(new NoSecretOutputsInClear());
    private readonly RuleUnderTest _places = new(new PasswordsAreSecret());
    private readonly RuleUnderTest _shared = new(new SecretsNotShared());
    private readonly RuleUnderTest _long = new(new PasswordsAreLong());

    [Theory]
    [InlineData(ConfigMap, "{'data': {'DB_PASSWORD': 'hunter2'}}", "data.DB_PASSWORD")]
    [InlineData(ConfigMap, "{'data': {'app.yaml': 'database:\\n  user: app\\n  password: hunter2\\n'}}", "data[\"app.yaml\"]")]
    [InlineData(ConfigMap, "{'data': {'url': 'postgres://app:hunter2@db:5432/app'}}", "data.url")]
    [InlineData(ConfigMap, "{'data': {'conn': 'Host=db;Username=app;Password=hunter2;'}}", "data.conn")]
    [InlineData(Deployment, "{'spec': {'template': {'spec': {'containers': [{'env': [{'name': 'CANTON_AUTH_API_TOKEN', 'value': 'hunter2'}]}]}}}}", "spec.template.spec.containers[0].env[0].value")]
    [InlineData(Deployment, "{'metadata': {'annotations': {'note': '" + Token + "'}}}", "metadata.annotations.note")]
    [InlineData(Release, "{'values': {'auth': {'clientSecret': 'hunter2'}}}", "values.auth.clientSecret")]
    [InlineData(Release, "{'values': {'postgresql': {'auth': {'password': 'hunter2'}}}}", "values.postgresql.auth.password")]
    [InlineData(Release, "{'values': {'grafana': {'adminPassword': 'prom-operator'}}}", "values.grafana.adminPassword")]
    [InlineData(Machine, "{'osProfile': {'customData': 'I2Nsb3VkLWNvbmZpZwpydW5jbWQ6CiAtIGV4cG9ydCBEQl9QQVNTV09SRD1odW50ZXIyMgo='}}", "osProfile.customData")]
    [InlineData(Machine, "{'tags': {'ci': 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'}}", "tags.ci")]
    [InlineData(Group, "{'tags': {'storage': 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=='}}", "tags.storage")]
    [InlineData(Group, "{'tags': {'sas': 'https://a.blob.core.windows.net/c?sv=2024-11-04&ss=b&sig=abcdefghijklmnopqrstuvwxyz'}}", "tags.sas")]
    [InlineData(Group, "{'tags': {'aws': 'AKIAIOSFODNN7EXAMPLE'}}", "tags.aws")]
    [InlineData(ConfigMap, "{'data': {'tls.key': '-----BEGIN RSA PRIVATE KEY-----\\nMIIE'}}", "data[\"tls.key\"]")]
    [InlineData("pulumi:providers:kubernetes", "{'kubeconfig': 'users:\\n- user:\\n    client-key: x\\n    access-token: abcdef123456\\n'}", "kubeconfig")]
    [InlineData("somebody:else:Thing", "{'apiKey': '0123456789abcdef'}", "apiKey")]
    public void Secrets_in_clear_fail_and_are_not_shown(string type, string properties, string path)
    {
        var message = _clear.Fails(type, properties, path);

        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", message, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConfigMap, "{'data': {'DB_PASSWORD_FILE': '/run/secrets/db', 'DB_HOST': 'db', 'TOKEN_ENDPOINT': 'https://auth.example.com/token'}}")]
    [InlineData(ConfigMap, "{'data': {'app.yaml': 'database:\\n  password: ${DB_PASSWORD}\\n  token: {{ .Values.token }}\\n'}}")]
    [InlineData(ConfigMap, "{'data': {'key': 'app', 'passwordPolicy': 'length(12)', 'url': 'postgres://app:${PASSWORD}@db/app'}}")]
    [InlineData(Deployment, "{'spec': {'template': {'spec': {'containers': [{'env': [{'name': 'PASSWORD', 'valueFrom': {'secretKeyRef': {'name': 'db', 'key': 'password'}}}]}], 'volumes': [{'secret': {'secretName': 'db'}}]}}}}")]
    [InlineData(Deployment, "{'spec': {'template': {'spec': {'automountServiceAccountToken': false, 'tolerations': [{'key': 'CriticalAddonsOnly', 'value': 'true'}]}}}}")]
    [InlineData(Release, "{'values': {'auth': {'existingSecret': 'keycloak-admin', 'passwordSecretKey': 'password', 'clientSecret': {'[secret]': 'hunter2'}}, 'ingress': {'tlsSecret': 'wallet-tls'}}}")]
    [InlineData(Release, "{'values': {'persistence': {'secretName': 'postgres-secrets'}, 'imagePullSecrets': [{'name': 'registry'}]}}")]
    [InlineData(Machine, "{'osProfile': {'linuxConfiguration': {'disablePasswordAuthentication': true, 'ssh': {'publicKeys': [{'keyData': 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOyAOUA1oBi6kmsjk7H30x4ktC9P/FA/r/8oYsRZXPIH'}]}}}}")]
    [InlineData("keycloak:index/realm:Realm", "{'passwordPolicy': 'length(14) and notUsername', 'accessTokenLifespan': '5m', 'resetPasswordAllowed': true}")]
    [InlineData("azure-native:dbforpostgresql:Configuration", "{'configurationName': 'password_encryption', 'value': 'scram-sha-256'}")]
    [InlineData("azure-native:keyvault:Key", "{'keyName': 'cmk-des-v1-e772cd', 'vaultName': '[unknown]'}")]
    [InlineData("random:index/randomPassword:RandomPassword", "{'length': 40, 'overrideSpecial': '-_.~', 'keepers': {'generation': '1'}}")]
    [InlineData("postgresql:index/role:Role", "{'password': '[unknown]', 'name': 'app'}")]
    [InlineData(Server, "{'authConfig': {'passwordAuth': 'Enabled'}}")]
    [InlineData(Group, "{'tags': {'password-rotation': 'yearly', 'token': '[unknown]'}}")]
    public void What_names_or_refers_to_secrets_passes(string type, string properties) => _clear.Passes(type, properties);

    [Fact]
    public void Marked_secrets_are_left_alone_and_never_shown() => _clear.KeepsSecret(
        ConfigMap, "{'data': {'DB_PASSWORD': 'hunter2', 'TOKEN': {'[secret]': 'SECRET'}}}", "data.DB_PASSWORD");

    [Theory]
    [InlineData("password", "password_", "DB_PASSWORD", "db.password", "userPasswd", "dbPwd", "PASSPHRASE")]
    [InlineData("apiKey", "API-KEY", "clientSecret", "accessKey", "storage_key", "connectionString", "sasUrl", "sasToken", "app.secret")]
    public void Names_of_secrets_are_told_however_they_are_written(params string[] names) => Assert.All(names, name =>
    {
        Assert.True(SecretNames.Is(name), name);
        Assert.True(SecretNames.Is($"{name}é--"), name);
        Assert.True(SecretNames.MayBeIn($"{name}: hunter2"), name);
    });

    [Theory]
    [InlineData("password1")]
    [InlineData("passwordPolicy")]
    [InlineData("monkey")]
    [InlineData("hosturl")]
    [InlineData("--")]
    [InlineData("")]
    public void Other_names_are_not(string name) => Assert.False(SecretNames.Is(name));

    [Theory]
    [InlineData("{'databasePassword': 'hunter2'}", "databasePassword")]
    [InlineData("{'all': {'token': 'abcdef123456'}}", "all.token")]
    public void Outputs_in_clear_fail(string outputs, string path) => Assert.Equal(
        $"stack: {path}: Stack 'stack' outputs a value that its name says is secret here, in clear.",
        _outputs.Tell(new StackItem("pulumi:pulumi:Stack", "stack", outputs)));

    [Theory]
    [InlineData("{'databasePassword': {'[secret]': 'hunter2'}, 'vault': 'kv', 'tokenUrl': 'https://auth.example.com', 'secret': '[unknown]'}")]
    [InlineData("{}")]
    public void Outputs_without_secrets_pass(string outputs) =>
        Assert.Equal("", _outputs.Tell(new StackItem("pulumi:pulumi:Stack", "stack", outputs), new StackItem(Group, "group", "{'password': 'hunter2'}")));

    [Theory]
    [InlineData(Server, "{'administratorLoginPassword': {'[secret]': 'x'}}")]
    [InlineData(Server, "{}")]
    [InlineData(Secret, "{'stringData': {'username': 'app', 'client-id': 'c', 'tls.crt': 'c', 'password': {'[secret]': 'x'}}}")]
    [InlineData(Secret, "{'data': {'[secret]': {'password': 'x'}}}")]
    [InlineData(VaultSecret, "{'properties': {'value': {'[secret]': 'x'}}}")]
    public void Marked_values_pass(string type, string properties) => _places.Passes(type, properties);

    [Theory]
    [InlineData(Server, "{'administratorLoginPassword': 'hunter2'}", "administratorLoginPassword")]
    [InlineData(Machine, "{'osProfile': {'adminPassword': 'hunter2'}}", "osProfile.adminPassword")]
    [InlineData(Role, "{'password': 'hunter2'}", "password")]
    [InlineData(Secret, "{'stringData': {'password': 'hunter2'}}", "stringData.password")]
    [InlineData(Secret, "{'data': {'postgresPassword': 'aHVudGVyMg=='}}", "data.postgresPassword")]
    [InlineData(VaultSecret, "{'properties': {'value': 'hunter2'}}", "properties.value")]
    [InlineData("azure:keyvault/secret:Secret", "{'value': 'hunter2'}", "value")]
    [InlineData("pulumi:providers:postgresql", "{'password': 'hunter2'}", "password")]
    public void Values_in_clear_fail(string type, string properties, string path)
    {
        Assert.DoesNotContain("hunter2", _places.Fails(type, properties, path), StringComparison.Ordinal);

        // The rule about all properties leaves these to this one.
        _clear.Passes(type, properties);
    }

    [Fact]
    public void A_value_that_is_not_known_is_judged_by_what_makes_it()
    {
        _places.IsUndecided(Role, "{'password': '[unknown]'}", "password");
        var role = new StackItem(Role, "role", "{'password': '[unknown]'}");
        var text = new StackItem("random:index/randomString:RandomString", "text", "{}");

        Assert.Equal(["role: Passed"], _places.Outcomes(Password, role.From("password", Password)));
        Assert.Equal(["role: Undecided"], _places.Outcomes(role));
        Assert.Equal("role: password: Role 'role' takes this from RandomString 'text', whose value is kept in clear.", _places.Tell(text, role.From("password", text)));
    }

    [Theory]
    [InlineData("{'length': 16}", true)]
    [InlineData("{'length': 40, 'special': false}", true)]
    [InlineData("{'length': 12}", false)]
    public void Passwords_are_long(string properties, bool isLong)
    {
        const string Type = "random:index/randomPassword:RandomPassword";
        if (isLong)
        {
            _long.Passes(Type, properties);
        }
        else
        {
            _long.Fails(Type, properties, "length");
        }

        _long.Fails(Type, "{'length': 40, 'special': false, 'upper': false, 'lower': false}", "");
        _long.IsUndecided(Type, "{'length': '[unknown]'}", "length");
        _long.KeepsSecret(Type, "{'length': 8, 'keepers': {'a': {'[secret]': 'SECRET'}}}", "length");
        _long.IsNotApplicable(Group);
    }

    [Fact]
    public void One_password_is_one_accounts_and_one_namespaces()
    {
        var role = new StackItem(Role, "app", "{'password': '[unknown]'}").From("password", Password);
        var mounted = InNamespace("mounted", "app");
        var kept = new StackItem(VaultSecret, "kept", "{'vaultName': 'kv', 'properties': {'value': '[unknown]'}}").From("properties", Password);

        Assert.Equal("", _shared.Tell(Password, role, mounted, InNamespace("again", "app"), kept));
        Assert.Equal("other: password: Role 'other' has the same secret as Role 'app'.", _shared.Tell(Password, role, role with { Name = "other" }));
        Assert.Equal("far: stringData: Secret 'far' in 'far' has a secret of Secret 'mounted' in 'app'.", _shared.Tell(Password, role, mounted, InNamespace("far", "far")));
        Assert.Equal("twice: properties.value: Secret 'twice' has the value of Secret 'kept', under another name.", _shared.Tell(Password, kept, kept with { Name = "twice" }));
        Assert.Equal("", new RuleUnderTest(new SecretsNotShared()) { Settings = "{'shared': ['far']}" }.Tell(Password, role, mounted, InNamespace("far", "far")));
        Assert.Equal([": Passed"], _shared.Outcomes(new StackItem(Group, "group", "{}")));
    }

    [Fact]
    public void Values_that_are_known_are_compared_and_never_shown()
    {
        var told = _shared.Tell(
            new StackItem(Role, "a", "{'password': {'[secret]': 'canary-value'}}"),
            new StackItem(Role, "b", "{'password': {'[secret]': 'canary-value'}}"),
            new StackItem(Role, "c", "{'password': {'[secret]': 'another-value'}}"));

        Assert.Equal("b: password: Role 'b' has the same secret as Role 'a'.", told);
    }

    private static StackItem InNamespace(string name, string @namespace) => new StackItem(
        Secret, name, $"{{'metadata': {{'namespace': '{@namespace}'}}, 'stringData': '[unknown]'}}").From("stringData", Password);
}
