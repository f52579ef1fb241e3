using System.Collections;
using System.Collections.Immutable;
using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Ingress;

public sealed class KeycloakRoutesTests
{
    private const string Route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
    private const string Guard = "kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy";

    // The first realm's users rule over all: only its console is reached, and only from within.
    [Fact]
    public async Task From_outside_people_s_realm_is_all_there_is()
    {
        var mocks = await DeclareAsync(["10.40.3.192/27"]);

        var realm = mocks.Inputs(Route, "keycloak");
        Assert.Equal(["public", "internal"], Parents(realm));
        Assert.Equal(["/auth/realms/validator", "/auth/resources"], Paths(realm));
        Assert.All(
            new[] { "keycloak-console", "keycloak-admin" },
            name => Assert.Equal(["internal"], Parents(mocks.Inputs(Route, name))));
        Assert.Equal(["/auth/realms/master"], Paths(mocks.Inputs(Route, "keycloak-console")));
        Assert.Equal(["auth-admin.example.com"], mocks.Inputs(Route, "keycloak-admin").Texts("spec.hostnames").AsEnumerable());
        Assert.All(mocks.All(Route), route => Assert.Equal(
            ("keycloak", 8080.0), (route.Inputs.At("spec.rules.0.backendRefs.0.name"), route.Inputs.At("spec.rules.0.backendRefs.0.port"))));
    }

    [Fact]
    public async Task Administration_is_for_where_deployments_run()
    {
        var guard = (await DeclareAsync(["10.40.3.192/27", "10.9.0.0/27"])).Inputs(Guard);

        Assert.Equal("Deny", guard.At("spec.authorization.defaultAction"));
        Assert.Equal(["10.40.3.192/27", "10.9.0.0/27"], guard.Texts("spec.authorization.rules.0.principal.clientCIDRs").AsEnumerable());
        Assert.Equal(
            ["keycloak-admin", "keycloak-console"],
            ((IEnumerable)guard.At("spec.targetRefs")!).Cast<IDictionary<string, object>>().Select(target => (string)target["name"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_no_deployments_run_within_nobody_administers()
    {
        var guard = (await DeclareAsync([])).Inputs(Guard);

        Assert.Equal("Deny", guard.At("spec.authorization.defaultAction"));
        Assert.Empty(((IEnumerable?)guard.At("spec.authorization.rules") ?? Array.Empty<object>()).Cast<object>());
    }

    private static IEnumerable<string> Parents(ImmutableDictionary<string, object> route) =>
        ((IEnumerable)route.At("spec.parentRefs")!).Cast<IDictionary<string, object>>().Select(parent => (string)parent["name"]);

    private static IEnumerable<string> Paths(ImmutableDictionary<string, object> route) =>
        ((IEnumerable)route.At("spec.rules.0.matches")!).Cast<IDictionary<string, object>>()
            .Select(match => (string)((IDictionary<string, object>)match["path"])["value"]);

    private static Task<CloudMocks> DeclareAsync(ImmutableArray<string> administrators) => CloudMocks.RunAsync(() => _ = new KeycloakRoutes("keycloak-routes", new KeycloakRoutesArgs
    {
        Namespace = Scenery.Namespace("keycloak", PodSecurity.Restricted),
        Url = new Uri("https://auth.example.com"),
        AdminUrl = new Uri("https://auth-admin.example.com"),
        Public = Gateways.Gateway(),
        Internal = Gateways.Gateway("internal"),
        Administrators = administrators,
    }));
}
