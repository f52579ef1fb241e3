using System.Collections;
using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Ingress;

public sealed class WebGatewayTests
{
    private const string Gateway = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
    private const string Proxy = "kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy";
    private const string Clients = "kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy";
    private const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    // A8
    [Fact]
    public async Task It_listens_for_HTTPS_and_lets_in_routes_of_one_namespace_a_listener()
    {
        var mocks = await CloudMocks.RunAsync(() => Gateways.Gateway());

        var gateway = mocks.Inputs(Gateway);
        Assert.Equal(EnvoyGateway.ClassName, gateway.At("spec.gatewayClassName"));
        Assert.Single(((IEnumerable)gateway.At("spec.listeners")!).Cast<object>());
        const string Listener = "spec.listeners.0";
        Assert.Equal(
            ("validator", "*.validator.example.com", 443.0, "HTTPS", "Terminate"),
            (gateway.At($"{Listener}.name"), gateway.At($"{Listener}.hostname"), gateway.At($"{Listener}.port"), gateway.At($"{Listener}.protocol"), gateway.At($"{Listener}.tls.mode")));
        Assert.Equal("validator-tls", gateway.At($"{Listener}.tls.certificateRefs.0.name"));
        Assert.Equal("Selector", gateway.At($"{Listener}.allowedRoutes.namespaces.from"));
        Assert.Equal(
            "validator",
            Assert.IsType<ImmutableDictionary<string, object>>(gateway.At($"{Listener}.allowedRoutes.namespaces.selector.matchLabels"))["kubernetes.io/metadata.name"]);
        mocks.AssertBefore("EnvoyProxy public-proxy", "Gateway public-gateway");
    }

    [Fact]
    public async Task Its_proxies_are_two_in_two_zones_where_the_load_balancer_sees_their_node()
    {
        var proxy = (await CloudMocks.RunAsync(() => Gateways.Gateway())).Inputs(Proxy);

        const string Kubernetes = "spec.provider.kubernetes";
        Assert.Equal(2.0, proxy.At($"{Kubernetes}.envoyDeployment.replicas"));
        Assert.Equal("topology.kubernetes.io/zone", proxy.At($"{Kubernetes}.envoyDeployment.pod.topologySpreadConstraints.0.topologyKey"));
        Assert.Equal("Local", proxy.At($"{Kubernetes}.envoyService.externalTrafficPolicy"));
        Assert.Equal(
            "pip",
            Assert.IsType<ImmutableDictionary<string, object>>(proxy.At($"{Kubernetes}.envoyService.annotations"))["service.beta.kubernetes.io/azure-pip-name"]);
        Assert.Equal(1.0, proxy.At($"{Kubernetes}.envoyPDB.maxUnavailable"));
        Assert.Equal("1Gi", proxy.At($"{Kubernetes}.envoyDeployment.container.resources.limits.memory"));
    }

    [Fact]
    public async Task The_proxies_image_is_pinned_where_its_digest_is_given()
    {
        const string Image = "spec.provider.kubernetes.envoyDeployment.container.image";
        var byTag = (string)(await CloudMocks.RunAsync(() => Gateways.Gateway())).Inputs(Proxy).At(Image)!;
        var pinned = (await CloudMocks.RunAsync(() => Gateways.Gateway(change: args => args with { ProxyDigest = Digest }))).Inputs(Proxy).At(Image);

        Assert.DoesNotContain('@', byTag);
        Assert.Equal($"{byTag}@{Digest}", pinned);
    }

    [Fact]
    public async Task Paths_are_read_one_way_browsers_stay_with_HTTPS_and_requests_are_limited()
    {
        var mocks = await CloudMocks.RunAsync(() => Gateways.Gateway());

        var clients = mocks.Inputs(Clients);
        Assert.Equal(("1.2", "RejectRequest"), (clients.At("spec.tls.minVersion"), clients.At("spec.path.escapedSlashesAction")));
        Assert.Equal("Strict-Transport-Security", clients.At("spec.headers.lateResponseHeaders.set.0.name"));
        Assert.Null(clients.At("spec.tls.clientValidation"));
        var limits = mocks.Inputs("kubernetes:gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy");
        Assert.Equal(50.0, limits.At("spec.rateLimit.local.rules.0.limit.requests"));
        Assert.Equal("public", limits.At("spec.targetRefs.0.name"));
    }

    [Fact]
    public async Task Machines_of_a_host_show_certificates_of_the_authorities_that_are_named_and_no_others()
    {
        var mocks = await CloudMocks.RunAsync(() => Gateways.Gateway().RequireCertificates("peers",
        [
            new MachinePeer("a.example.com", "validator", "-----A-----\n"),
            new MachinePeer("b.example.com", "validator", "-----B-----\n"),
            new MachinePeer("c.example.com", "validator", "-----A-----"),
        ]));

        var policy = mocks.Inputs(Clients, "public-peers-clients");
        Assert.Equal("peers", policy.At("spec.targetRefs.0.sectionName"));
        Assert.Equal(("ConfigMap", "peers-authorities"), (policy.At("spec.tls.clientValidation.caCertificateRefs.0.kind"), policy.At("spec.tls.clientValidation.caCertificateRefs.0.name")));
        Assert.Equal(
            ["a.example.com", "b.example.com", "c.example.com"],
            ((IEnumerable)policy.At("spec.tls.clientValidation.subjectAltNames.dnsNames")!).Cast<IDictionary<string, object>>().Select(name => (string)name["value"]));
        Assert.Equal(
            "-----A-----\n-----B-----",
            Assert.IsType<ImmutableDictionary<string, object>>(mocks.Inputs("kubernetes:core/v1:ConfigMap").At("data"))["ca.crt"]);
        mocks.AssertBefore("ConfigMap public-peers-authorities", "ClientTrafficPolicy public-peers-clients");
    }

    [Fact]
    public async Task Metrics_of_its_pods_are_collected_at_the_port_that_policies_let_Azure_s_agent_in_at()
    {
        var monitor = (await CloudMocks.RunAsync(() => Gateways.Gateway())).Inputs("kubernetes:azmonitoring.coreos.com/v1:PodMonitor");

        Assert.Equal(("metrics", "/stats/prometheus"), (monitor.At("spec.podMetricsEndpoints.0.port"), monitor.At("spec.podMetricsEndpoints.0.path")));
        Assert.Equal(
            "public",
            Assert.IsType<ImmutableDictionary<string, object>>(monitor.At("spec.selector.matchLabels"))["gateway.envoyproxy.io/owning-gateway-name"]);
        Assert.Contains(WebGateway.Ports, port => port is ContainerPort { Name: "metrics", Number: 19001 });
    }
}
