using CantonInfra.Policy.Rules.Identity;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class KeycloakServerHardenedTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Container = "spec.template.spec.containers[0]";

    private readonly RuleUnderTest _plain = new(new KeycloakServerHardened(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet };
    private readonly RuleUnderTest _strict = new(new KeycloakServerHardened(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Mainnet };

    [Theory]
    [InlineData("")]
    [InlineData("{'name': 'KC_HOSTNAME', 'value': 'https://auth.example.com'}, {'name': 'KC_DB', 'value': 'postgres'}")]
    [InlineData("{'name': 'KC_DB', 'value': 'postgres'}, {'name': 'KC_DB_URL', 'value': 'jdbc:postgresql://db/keycloak?sslmode=require'}")]
    public void Servers_of_production_pass(string variables) => _plain.Passes(Deployment, Server(variables, "'start'"));

    [Theory]
    [InlineData("KC_HOSTNAME", "http://auth.example.com")]
    [InlineData("KC_HOSTNAME_STRICT", "false")]
    [InlineData("KC_CACHE_EMBEDDED_MTLS_ENABLED", "false")]
    [InlineData("KC_LOG", "file")]
    [InlineData("KC_SPI_EVENTS_LISTENER_JBOSS_LOGGING_SUCCESS_LEVEL", "debug")]
    [InlineData("KC_SPI_EVENTS_LISTENER__JBOSS_LOGGING__SUCCESS_LEVEL", "debug")]
    [InlineData("KC_PROXY_TRUSTED_ADDRESSES", "10.0.0.0/8,0.0.0.0/0")]
    [InlineData("KC_DB_URL_PROPERTIES", "?sslmode=prefer")]
    public void Settings_that_weaken_fail(string name, string value)
    {
        var variables = $"{{'name': 'KC_DB', 'value': 'postgres'}}, {{'name': '{name}', 'value': VALUE}}";

        _plain.Fails(Deployment, Server(variables.Replace("VALUE", $"'{value}'", StringComparison.Ordinal), "'start'"), $"{Container}.env[1].value");
        _plain.IsUndecided(Deployment, Server(variables.Replace("VALUE", "'[unknown]'", StringComparison.Ordinal), "'start'"), $"{Container}.env[1].value");
    }

    [Fact]
    public void Arguments_count_as_variables_do()
    {
        _plain.Fails(Deployment, Server("", "'start-dev'"), $"{Container}.args[0]");
        _plain.Fails(Deployment, Server("", "'start', '--hostname-strict=false'"), $"{Container}.args[1]");
    }

    [Fact]
    public void The_production_network_leaves_nothing_out()
    {
        const string Whole = "{'name': 'KC_DB', 'value': 'postgres'}, {'name': 'KC_DB_URL_PROPERTIES', 'value': '?sslmode=verify-full'}, "
            + "{'name': 'KC_PROXY_HEADERS', 'value': 'xforwarded'}, {'name': 'KC_PROXY_TRUSTED_ADDRESSES', 'value': '10.1.0.0/16'}, "
            + "{'name': 'KC_SPI_EVENTS_LISTENER__JBOSS_LOGGING__SUCCESS_LEVEL', 'value': 'info'}";

        _strict.Passes(Deployment, Server(Whole, "'start'"));
        _strict.Fails(Deployment, Server(Whole.Replace("verify-full", "require", StringComparison.Ordinal), "'start'"), $"{Container}.env[1].value");
        _strict.Fails(
            Deployment, Server("{'name': 'KC_DB', 'value': 'postgres'}, {'name': 'KC_PROXY_HEADERS', 'value': 'xforwarded'}", "'start'"), $"{Container}.env", $"{Container}.env", $"{Container}.env");
    }

    [Fact]
    public void Other_pods_are_not_its_business()
    {
        _plain.IsNotApplicable(Deployment, "{'spec': {'template': {'spec': {'containers': [{'name': 'app', 'image': 'ghcr.io/app/app:1.0.0'}]}}}}");
        _plain.IsNotApplicable("kubernetes:core/v1:ConfigMap");
        _plain.KeepsSecret(Deployment, Server("{'name': 'KC_LOG', 'value': {'[secret]': 'SECRET'}}", "'start'"), $"{Container}.env[0].value");
    }

    private static string Server(string variables, string arguments) =>
        $"{{'spec': {{'template': {{'spec': {{'containers': [{{'name': 'keycloak', 'image': 'quay.io/keycloak/keycloak:26.4.0', 'args': [{arguments}], 'env': [{variables}]}}]}}}}}}}}";
}
