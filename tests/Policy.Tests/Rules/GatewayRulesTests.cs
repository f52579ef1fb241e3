using CantonInfra.Policy.Rules.Gateways;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on what Envoy Gateway serves to whom, and with which certificates.</summary>
public sealed class GatewayRulesTests
{
    private const string RouteType = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
    private const string Certificate = "kubernetes:cert-manager.io/v1:Certificate";
    private const string Issuer = "kubernetes:cert-manager.io/v1:ClusterIssuer";
    private const string ProxyType = "kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy";
    private const string Clients = "kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy";
    private const string Annotations = "spec.provider.kubernetes.envoyService.annotations";
    private const string Internal = "service.beta.kubernetes.io/azure-load-balancer-internal";

    private static readonly StackItem Proxy = new(ProxyType, "proxy", $"{{'spec': {{'provider': {{'kubernetes': {{'envoyService': {{'annotations': {{'{Internal}': 'true'}}}}}}}}}}}}");
    private static readonly StackItem Guard = GuardOf("'defaultAction': 'Deny', 'rules': [{'action': 'Allow', 'principal': {'clientCIDRs': ['10.0.0.0/27']}}]");

    private readonly RuleUnderTest _hidden = new(new GatewaysHideAdministration());
    private readonly RuleUnderTest _certificates = new(new CertificatesSound());
    private readonly RuleUnderTest _services = new(new ServicesInternal());
    private readonly RuleUnderTest _peers = new(new PeersIdentified());
    private readonly RuleUnderTest _encrypted = new(new GatewaysEncrypt());

    [Theory]
    [InlineData("/auth/realms/validator", "keycloak", true)]
    [InlineData("/auth", "keycloak", false)]
    [InlineData("/", "keycloak", false)]
    [InlineData("/auth/admin/realms", "keycloak-http", false)]
    [InlineData("/realms/master", "keycloak", false)]
    [InlineData("/", "wallet-web-ui", true)]
    [InlineData("/api/validator", "validator-app", false)]
    [InlineData("/v2/state", "participant", false)]
    public void Administration_is_served_to_few(string path, string service, bool isFine)
    {
        var route = Route($"{{'matches': [{{'path': {{'value': '{path}'}}}}], 'backendRefs': [{{'name': '{service}'}}]}}");

        Assert.Equal(isFine, _hidden.Tell(Proxy, route).Length == 0);
        Assert.Equal("", _hidden.Tell(Proxy, route, Guard));
    }

    [Fact]
    public void The_longest_path_answers()
    {
        const string Served = "{'matches': [{'path': {'value': '/api/validator'}}], 'backendRefs': [{'name': 'validator-app'}]}";

        Assert.Equal("", _hidden.Tell(Proxy, Route("{'matches': [{'path': {'value': '/api/validator/v0/admin'}}]}, " + Served)));
        Assert.StartsWith(
            "route: spec.rules[1].matches[0].path.value: HTTPRoute 'route' serves /api/validator/v0/admin of validator-app to whoever comes",
            _hidden.Tell(Proxy, Route("{'matches': [{'path': {'value': '/api/validator/v0/administration'}}]}, " + Served)),
            StringComparison.Ordinal);
        Assert.StartsWith("route: spec.rules[0].matches: ", _hidden.Tell(Proxy, Route("{'backendRefs': [{'name': 'keycloak'}]}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'defaultAction': 'Allow'")]
    [InlineData("'defaultAction': 'Deny', 'rules': [{'action': 'Allow', 'principal': {'clientCIDRs': ['10.0.0.0/27', '0.0.0.0/0']}}]")]
    [InlineData("'defaultAction': 'Deny', 'rules': [{'action': 'Allow', 'principal': {'clientCIDRs': ['::/0']}}]")]
    public void Policies_that_let_everybody_in_guard_nothing(string authorization) =>
        Assert.StartsWith("route: ", _hidden.Tell(Proxy, Route("{'backendRefs': [{'name': 'keycloak'}]}"), GuardOf(authorization)), StringComparison.Ordinal);

    [Fact]
    public void Guards_are_for_the_routes_that_they_name()
    {
        var route = Route("{'backendRefs': [{'name': 'keycloak'}]}");

        Assert.StartsWith("route: ", _hidden.Tell(route, Guard with { Properties = Guard.Properties.Replace("'name': 'route'", "'name': 'other'", StringComparison.Ordinal) }), StringComparison.Ordinal);
        Assert.Equal("", _hidden.Tell(route, new StackItem(Guard.Type, "guard", "{'metadata': {'namespace': 'keycloak'}, 'spec': {'targetRef': {'kind': 'HTTPRoute', 'name': 'route'}, 'oidc': {'clientId': 'x'}}}")));
        Assert.StartsWith("route: undecided spec.rules[0].matches", _hidden.Tell(route, GuardOf("'defaultAction': '[unknown]'")), StringComparison.Ordinal);
        Assert.StartsWith("route: undecided spec.rules", _hidden.Tell(Proxy, Route("{'backendRefs': [{'name': '[unknown]'}]}")), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", _hidden.Tell(Proxy, Route("{'backendRefs': [{'name': {'[secret]': 'keycloak-canary'}}]}")), StringComparison.Ordinal);
        Assert.Equal([": NotApplicable"], _hidden.Outcomes(route));
    }

    [Fact]
    public void Certificates_have_strong_keys()
    {
        _certificates.Passes(Certificate, "{'spec': {'dnsNames': ['a.example.com']}}");
        _certificates.Passes(Certificate, "{'spec': {'privateKey': {'algorithm': 'RSA', 'size': 4096}}}");
        _certificates.Fails(Certificate, "{'spec': {'privateKey': {'size': 1024}}}", "spec.privateKey.size");
        _certificates.Fails(Certificate, "{'spec': {'privateKey': {'algorithm': 'ECDSA', 'size': 192}}}", "spec.privateKey.size");
        _certificates.Fails(Certificate, "{'spec': {'privateKey': {'algorithm': 'ECDSA', 'size': 1024}}}", "spec.privateKey.size");
        _certificates.Fails(Certificate, "{'spec': {'privateKey': {'algorithm': 'DSA'}}}", "spec.privateKey.algorithm");
        _certificates.IsUndecided(Certificate, "{'spec': {'privateKey': {'size': '[unknown]'}}}", "spec.privateKey.size");
        _certificates.KeepsSecret(Certificate, "{'spec': {'privateKey': {'algorithm': {'[secret]': 'SECRET'}}}}", "spec.privateKey.algorithm");
        _certificates.IsNotApplicable(RouteType);
    }

    [Fact]
    public void Authorities_are_asked_over_TLS()
    {
        _certificates.Passes(Issuer, "{'spec': {'acme': {'server': 'https://acme.example.com'}}}");
        _certificates.Passes(Issuer, "{'spec': {'selfSigned': {}}}");
        _certificates.Fails(Issuer, "{'spec': {'acme': {'server': 'http://acme.example.com', 'skipTLSVerify': true}}}", "spec.acme.server", "spec.acme.skipTLSVerify");
        _certificates.IsUndecided(Issuer, "{'spec': {'vault': {'server': '[unknown]'}}}", "spec.vault.server");
    }

    [Fact]
    public void Proxies_have_no_address_by_chance()
    {
        _services.Passes(ProxyType, Proxy.Properties);
        _services.Passes(ProxyType, "{'spec': {'provider': {'kubernetes': {'envoyService': {'type': 'ClusterIP'}}}}}");
        _services.Passes(ProxyType, "{'spec': {'provider': {'kubernetes': {'envoyService': {'annotations': {'service.beta.kubernetes.io/azure-pip-name': 'pip'}}}}}}");
        _services.Fails(ProxyType, "{}", $"{Annotations}[\"{Internal}\"]");
        _services.Fails(ProxyType, "{'spec': {'provider': {'kubernetes': {'envoyService': {'type': 'NodePort'}}}}}", "spec.provider.kubernetes.envoyService.type");
        _services.IsNotApplicable(ProxyType, "{'spec': {'provider': {'type': 'Host'}}}");
        _services.IsUndecided(ProxyType, "{'spec': {'provider': {'kubernetes': {'envoyService': {'type': '[unknown]'}}}}}", "spec.provider.kubernetes.envoyService.type");
        _services.KeepsSecret(ProxyType, Proxy.Properties.Replace("'true'", "{'[secret]': 'SECRET'}", StringComparison.Ordinal), $"{Annotations}[\"{Internal}\"]");
    }

    [Fact]
    public void Clients_speak_a_version_of_TLS_that_holds()
    {
        Assert.Equal("", _encrypted.Tell(new StackItem(Clients, "clients", "{'spec': {'tls': {'minVersion': '1.3'}}}")));
        Assert.StartsWith("clients: spec.tls.minVersion: ", _encrypted.Tell(new StackItem(Clients, "clients", "{'spec': {'tls': {'minVersion': '1.0'}}}")), StringComparison.Ordinal);
        Assert.StartsWith("clients: undecided spec.tls.minVersion", _encrypted.Tell(new StackItem(Clients, "clients", "{'spec': {'tls': {'minVersion': '[unknown]'}}}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_are_let_in_by_their_names()
    {
        const string Path = "spec.tls.clientValidation";
        const string Authority = "'caCertificateRefs': [{'kind': 'ConfigMap', 'name': 'authorities'}]";
        const string Named = "'subjectAltNames': {'dnsNames': [{'type': 'Exact', 'value': 'relay.example.com'}]}";

        _peers.Passes(Clients, Asking($"{Authority}, {Named}"));
        _peers.Passes(Clients, Asking($"{Authority}, 'subjectAltNames': {{'uris': [{{'type': 'Prefix', 'value': 'spiffe://partner/relay'}}]}}, 'optional': false"));
        _peers.Passes(Clients, Asking("'spkiHashes': ['NvqYIYSbgK2vCJpQhObf77vv+bQWtc5ek5RIOwPiC9A=']"));
        _peers.Fails(Clients, Asking($"{Authority}, {Named}, 'optional': true"), $"{Path}.optional");
        _peers.Fails(Clients, Asking(Named), $"{Path}.caCertificateRefs");
        _peers.Fails(Clients, Asking($"{Authority}, 'subjectAltNames': {{'dnsNames': []}}"), $"{Path}.subjectAltNames");
        _peers.Fails(
            Clients,
            Asking($"{Authority}, 'subjectAltNames': {{'dnsNames': [{{'value': 'a.example.com'}}, {{'type': 'RegularExpression', 'value': '.*'}}], 'emailAddresses': [{{'type': 'Prefix', 'value': ''}}]}}"),
            $"{Path}.subjectAltNames.dnsNames[1].value",
            $"{Path}.subjectAltNames.emailAddresses[0].value");
        _peers.Fails(
            Clients,
            Asking($"{Authority}, 'subjectAltNames': {{'otherNames': [{{'oid': '1.3.6.1.4.1.311.20.2.3', 'value': {{'type': 'RegularExpression', 'value': '.+'}}}}]}}"),
            $"{Path}.subjectAltNames.otherNames[0].value.value");
        _peers.IsNotApplicable(Clients, "{'spec': {'tls': {'minVersion': '1.2'}}}");
        _peers.IsNotApplicable(RouteType);
        _peers.IsUndecided(Clients, "{'spec': {'tls': {'clientValidation': '[unknown]'}}}", Path);
        _peers.IsUndecided(Clients, Asking($"{Authority}, 'subjectAltNames': {{'dnsNames': [{{'value': '[unknown]'}}]}}"), $"{Path}.subjectAltNames.dnsNames[0].value");
        _peers.Passes(Clients, Asking($"{Authority}, 'subjectAltNames': {{'dnsNames': [{{'value': {{'[secret]': 'relay.example.com'}}}}]}}"));
        _peers.KeepsSecret(
            Clients, Asking("'caCertificateRefs': [{'kind': 'ConfigMap', 'name': {'[secret]': 'SECRET'}}]"), $"{Path}.subjectAltNames");
    }

    private static string Asking(string validation) => $"{{'spec': {{'tls': {{'clientValidation': {{{validation}}}}}}}}}";

    private static StackItem Route(string rules) => new(RouteType, "route", $"{{'metadata': {{'name': 'route', 'namespace': 'keycloak'}}, 'spec': {{'rules': [{rules}]}}}}");

    private static StackItem GuardOf(string authorization) => new(
        "kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy",
        "guard",
        $"{{'metadata': {{'namespace': 'keycloak'}}, 'spec': {{'targetRefs': [{{'kind': 'HTTPRoute', 'name': 'route'}}], 'authorization': {{{authorization}}}}}}}");
}
