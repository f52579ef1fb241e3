using System.Collections;
using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Ingress;

public sealed class ValidatorRoutesTests
{
    private const string Route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";

    // A8: what is not named here is not reached.
    [Fact]
    public async Task Pages_and_the_API_that_they_use_are_reached_and_its_administration_is_not()
    {
        var mocks = await DeclareAsync(hasPeers: false);

        Assert.Equal(["validator-cns", "validator-wallet"], mocks.All(Route).Select(route => route.Name).Order(StringComparer.Ordinal));
        var wallet = mocks.Inputs(Route, "validator-wallet");
        Assert.Equal(["wallet.validator.example.com"], wallet.Texts("spec.hostnames").AsEnumerable());
        Assert.Equal(("public", "validator"), (wallet.At("spec.parentRefs.0.name"), wallet.At("spec.parentRefs.0.sectionName")));
        Assert.Equal("/api/validator/v0/admin", wallet.At("spec.rules.0.matches.0.path.value"));
        Assert.Null(wallet.At("spec.rules.0.backendRefs"));
        Assert.Equal("not-found", wallet.At("spec.rules.0.filters.0.extensionRef.name"));
        Assert.Equal(("/api/validator", "validator-app", 5003.0), Leads(wallet, 1));
        Assert.Equal(("/", "wallet-web-ui", 80.0), Leads(wallet, 2));
        Assert.Equal(("/", "ans-web-ui", 80.0), Leads(mocks.Inputs(Route, "validator-cns"), 2));
        mocks.AssertBefore("HTTPRouteFilter validator-not-found", "HTTPRoute validator-wallet");
        mocks.AssertBefore("Gateway public-gateway", "HTTPRoute validator-wallet");
    }

    [Fact]
    public async Task What_is_not_there_is_said_to_be_not_there() => Assert.Equal(
        404.0, (await DeclareAsync(hasPeers: false)).Inputs("kubernetes:gateway.envoyproxy.io/v1alpha1:HTTPRouteFilter").At("spec.directResponse.statusCode"));

    [Fact]
    public async Task Machines_reach_the_API_alone_at_a_host_and_listener_of_their_own()
    {
        var machines = (await DeclareAsync(hasPeers: true)).Inputs(Route, "validator-api");

        Assert.Equal(["api.validator.example.com"], machines.Texts("spec.hostnames").AsEnumerable());
        Assert.Equal("validator-peers", machines.At("spec.parentRefs.0.sectionName"));
        Assert.Equal(2, ((ICollection)machines.At("spec.rules")!).Count);
        Assert.Equal(("/api/validator", "validator-app", 5003.0), Leads(machines, 1));
    }

    private static (object?, object?, object?) Leads(System.Collections.Immutable.ImmutableDictionary<string, object> route, int rule) => (
        route.At($"spec.rules.{rule}.matches.0.path.value"),
        route.At($"spec.rules.{rule}.backendRefs.0.name"),
        route.At($"spec.rules.{rule}.backendRefs.0.port"));

    private static Task<CloudMocks> DeclareAsync(bool hasPeers) => CloudMocks.RunAsync(() => _ = new ValidatorRoutes("validator-routes", new ValidatorRoutesArgs
    {
        Validator = "validator",
        Namespace = Scenery.Namespace(),
        Host = "example.com",
        Gateway = Gateways.Gateway(),
        Chart = SpliceRelease.Find("0.6.11")!.AppIn("validator"),
        HasPeers = hasPeers,
    }));
}
