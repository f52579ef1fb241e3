using System.Collections;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Identity;

/// <summary>Keycloak's servers (A1, A26).</summary>
public sealed class KeycloakServerTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";

    // One issuer, whoever asks and by whichever name.
    [Fact]
    public async Task It_answers_at_one_address_below_auth_and_is_administered_at_another()
    {
        var variables = Variables(await DeclareAsync());

        Assert.Equal("https://auth.example.com/auth", variables["KC_HOSTNAME"]);
        Assert.Equal("https://auth-admin.example.com/auth", variables["KC_HOSTNAME_ADMIN"]);
        Assert.Equal("false", variables["KC_HOSTNAME_BACKCHANNEL_DYNAMIC"]);
        Assert.Equal("/auth", variables["KC_HTTP_RELATIVE_PATH"]);
        Assert.Equal("xforwarded", variables["KC_PROXY_HEADERS"]);
    }

    [Fact]
    public async Task Passwords_come_from_secrets_and_stand_nowhere_in_the_pod()
    {
        var mocks = await DeclareAsync();
        var container = Container(mocks);

        var fromSecrets = ((IEnumerable)container.At("env")!).Cast<IDictionary<string, object>>()
            .Where(variable => variable.ContainsKey("valueFrom")).Select(variable => (string)variable["name"]).Order(StringComparer.Ordinal);
        Assert.Equal(
            ["KC_BOOTSTRAP_ADMIN_PASSWORD", "KC_BOOTSTRAP_ADMIN_USERNAME", "KC_DB_PASSWORD", "KC_DB_URL_HOST", "KC_DB_USERNAME"], fromSecrets);
        Assert.DoesNotContain(Variables(mocks).Values, value => value.Contains(CloudMocks.Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("verify-full")]
    [InlineData("verify-ca")]
    public async Task The_database_s_certificate_is_checked(string mode)
    {
        var variables = Variables(await DeclareAsync(args => args with { DatabaseSslMode = mode }));

        Assert.Contains($"sslmode={mode}", variables["KC_DB_URL_PROPERTIES"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_find_each_other_by_the_database_encrypt_and_may_go_one_at_a_time()
    {
        var mocks = await DeclareAsync(args => args with { Replicas = 3 });
        var variables = Variables(mocks);

        Assert.Equal(("jdbc-ping", "true"), (variables["KC_CACHE_STACK"], variables["KC_CACHE_EMBEDDED_MTLS_ENABLED"]));
        Assert.Equal(3.0, mocks.Inputs(Deployment).At("spec.replicas"));
        Assert.Equal(0.0, mocks.Inputs(Deployment).At("spec.strategy.rollingUpdate.maxUnavailable"));
        Assert.Equal(1.0, mocks.Inputs("kubernetes:policy/v1:PodDisruptionBudget").At("spec.maxUnavailable"));
        Assert.Equal("kubernetes.io/hostname", mocks.Inputs(Deployment).At("spec.template.spec.topologySpreadConstraints.1.topologyKey"));
    }

    // A26
    [Fact]
    public async Task Sign_ins_go_to_standard_output_also_those_that_succeed()
    {
        var variables = Variables(await DeclareAsync());

        Assert.Equal(("console", "json"), (variables["KC_LOG"], variables["KC_LOG_CONSOLE_OUTPUT"]));
        Assert.Equal("info", variables["KC_SPI_EVENTS_LISTENER__JBOSS_LOGGING__SUCCESS_LEVEL"]);
    }

    [Fact]
    public async Task Pods_keep_the_strictest_standard_and_get_no_token()
    {
        var mocks = await DeclareAsync();
        var pod = mocks.Inputs(Deployment);
        var container = Container(mocks);

        Assert.Equal(false, pod.At("spec.template.spec.automountServiceAccountToken"));
        Assert.Equal(true, pod.At("spec.template.spec.securityContext.runAsNonRoot"));
        Assert.Equal("RuntimeDefault", pod.At("spec.template.spec.securityContext.seccompProfile.type"));
        Assert.Equal(false, container.At("securityContext.allowPrivilegeEscalation"));
        Assert.Equal("ALL", container.At("securityContext.capabilities.drop.0"));
        Assert.NotNull(container.At("resources.limits.memory"));
        Assert.All(
            new[] { "startupProbe", "readinessProbe", "livenessProbe" },
            probe => Assert.Equal("management", container.At($"{probe}.httpGet.port")));
    }

    // Health and metrics are for the cluster: the Service, which gateways use, does not lead there.
    [Fact]
    public async Task The_service_leads_to_the_pages_alone()
    {
        var mocks = await DeclareAsync();

        var ports = ((IEnumerable)mocks.Inputs("kubernetes:core/v1:Service").At("spec.ports")!).Cast<IDictionary<string, object>>();
        Assert.Equal(8080.0, Assert.Single(ports)["port"]);
    }

    private static Task<CloudMocks> DeclareAsync(Func<KeycloakServerArgs, KeycloakServerArgs>? change = null) => CloudMocks.RunAsync(() =>
        _ = new KeycloakServer("server", (change ?? (args => args))(new KeycloakServerArgs
        {
            Namespace = Scenery.Namespace("keycloak", PodSecurity.Restricted),
            Image = "quay.io/keycloak/keycloak:26@sha256:0",
            Replicas = 2,
            Url = new Uri("https://auth.example.com"),
            AdminUrl = new Uri("https://auth-admin.example.com"),
            DatabaseSslMode = "verify-full",
            Needs = [],
        })));

    private static System.Collections.Immutable.ImmutableDictionary<string, object> Container(CloudMocks mocks) =>
        Assert.IsType<System.Collections.Immutable.ImmutableDictionary<string, object>>(
            mocks.Inputs(Deployment).At("spec.template.spec.containers.0"));

    private static Dictionary<string, string> Variables(CloudMocks mocks) => ((IEnumerable)Container(mocks).At("env")!)
        .Cast<IDictionary<string, object>>()
        .Where(variable => variable.ContainsKey("value"))
        .ToDictionary(variable => (string)variable["name"], variable => (string)variable["value"]);
}
