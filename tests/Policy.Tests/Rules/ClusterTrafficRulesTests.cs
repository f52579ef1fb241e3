using CantonInfra.Policy.Rules.Gateways;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on namespaces, network policies, services and gateways.</summary>
public sealed class ClusterTrafficRulesTests
{
    private const string Namespace = "kubernetes:core/v1:Namespace";
    private const string Policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    private const string Service = "kubernetes:core/v1:Service";
    private const string Gateway = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
    private const string Route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
    private const string Ingress = "kubernetes:networking.k8s.io/v1:Ingress";
    private const string Internal = "metadata.annotations[\"service.beta.kubernetes.io/azure-load-balancer-internal\"]";
    private const string Except = "'except': ['169.254.0.0/16', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']";

    private readonly RuleUnderTest _security = new(new NamespacePodSecurity(StrictStacks.Limits.PrivilegedNamespaces)) { Stack = StrictStacks.Mainnet };
    private readonly RuleUnderTest _narrow = new(new NetworkPoliciesNarrow());
    private readonly RuleUnderTest _services = new(new ServicesInternal());
    private readonly RuleUnderTest _gateways = new(new GatewaysEncrypt());

    [Fact]
    public void Other_types_are_the_business_of_none()
    {
        Assert.All([_security, _narrow, _services], rule => rule.IsNotApplicable("kubernetes:core/v1:ConfigMap"));
        Assert.Equal(["canton-infra-mainnet: NotApplicable"], [.. _gateways.JudgeStack(new StackItem(Service, "s", "{}")).Select(result => $"canton-infra-mainnet: {result.Outcome}")]);
    }

    [Theory]
    [InlineData("{'metadata': {'labels': {'pod-security.kubernetes.io/enforce': 'restricted'}}}")]
    [InlineData("{'metadata': {'labels': {'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/audit': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted'}}}")]
    public void Namespaces_with_a_standard_pass(string properties) => _security.Passes(Namespace, properties);

    [Theory]
    [InlineData("{}", "enforce")]
    [InlineData("{'metadata': {'labels': {'pod-security.kubernetes.io/enforce': 'privileged'}}}", "enforce")]
    [InlineData("{'metadata': {'labels': {'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/warn': 'baseline'}}}", "audit warn")]
    public void Namespaces_without_one_fail(string properties, string labels) => _security.Fails(
        Namespace, properties, [.. labels.Split(' ').Select(label => $"metadata.labels[\"pod-security.kubernetes.io/{label}\"]")]);

    [Fact]
    public void Unknown_secret_and_other_namespaces()
    {
        _security.IsNotApplicable(Namespace, "{'metadata': {'name': 'kube-system'}}");
        _security.IsNotApplicable(Namespace, "{'metadata': {'name': 'istio-cni', 'labels': {'pod-security.kubernetes.io/enforce': 'privileged'}}}");
        _security.IsUndecided(Namespace, "{'metadata': {'labels': '[unknown]'}}", "metadata.labels");
        _security.KeepsSecret(
            Namespace,
            "{'metadata': {'labels': {'pod-security.kubernetes.io/enforce': {'[secret]': 'SECRET'}}}}",
            "metadata.labels[\"pod-security.kubernetes.io/enforce\"]");
    }

    [Theory]
    [InlineData("{'spec': {'podSelector': {}, 'policyTypes': ['Ingress', 'Egress']}}")]
    [InlineData("{'spec': {'ingress': [{'from': [{'podSelector': {}}]}]}}")]
    [InlineData("{'spec': {'ingress': [{'from': [{'ipBlock': {'cidr': '10.42.0.0/24'}}], 'ports': [{'port': 443}]}]}}")]
    [InlineData("{'spec': {'egress': [{'to': [{'namespaceSelector': {}, 'podSelector': {'matchLabels': {'k8s-app': 'kube-dns'}}}], 'ports': [{'port': 53}]}]}}")]
    [InlineData($"{{'spec': {{'egress': [{{'to': [{{'ipBlock': {{'cidr': '0.0.0.0/0', {Except}}}}}], 'ports': [{{'port': 443, 'protocol': 'TCP'}}]}}]}}}}")]
    [InlineData("{'metadata': {'namespace': 'gateway'}, 'spec': {'ingress': [{'ports': [{'port': 8443}]}]}}")]
    [InlineData("{'metadata': {'namespace': 'gateway'}, 'spec': {'ingress': [{'from': [{'namespaceSelector': {}}], 'ports': [{'port': 8443}]}]}}")]
    public void Policies_that_name_peers_pass(string properties) => _narrow.Passes(Policy, properties);

    [Theory]
    [InlineData("{'spec': {'ingress': [{'ports': [{'port': 5001}]}]}}", "spec.ingress[0].from")]
    [InlineData("{'spec': {'ingress': [{'from': [{'ipBlock': {'cidr': '0.0.0.0/0'}}], 'ports': [{'port': 443}]}]}}", "spec.ingress[0].from[0].ipBlock.cidr")]
    [InlineData("{'spec': {'ingress': [{'from': [{'namespaceSelector': {}}], 'ports': [{'port': 443}]}]}}", "spec.ingress[0].from[0].namespaceSelector")]
    [InlineData("{'spec': {'ingress': [{'from': [{'namespaceSelector': {'matchLabels': {'a': 'b'}}}]}]}}", "spec.ingress[0].ports")]
    [InlineData("{'spec': {'egress': [{'ports': [{'port': 53}]}]}}", "spec.egress[0].to")]
    [InlineData("{'metadata': {'namespace': 'gateway'}, 'spec': {'egress': [{}]}}", "spec.egress[0].to")]
    [InlineData("{'spec': {'egress': [{'to': [{'ipBlock': {'cidr': '0.0.0.0/0'}}], 'ports': [{'port': 443}]}]}}", "spec.egress[0].to[0].ipBlock.except")]
    [InlineData($"{{'spec': {{'egress': [{{'to': [{{'ipBlock': {{'cidr': '0.0.0.0/0', {Except}}}}}], 'ports': [{{'port': 443}}, {{'port': 5432}}]}}]}}}}", "spec.egress[0].ports[1].port")]
    [InlineData($"{{'spec': {{'egress': [{{'to': [{{'ipBlock': {{'cidr': '0.0.0.0/0', {Except}}}}}], 'ports': [{{'port': 443, 'endPort': 65535}}]}}]}}}}", "spec.egress[0].ports[0].port")]
    [InlineData($"{{'spec': {{'egress': [{{'to': [{{'ipBlock': {{'cidr': '0.0.0.0/0', {Except}}}}}]}}]}}}}", "spec.egress[0].ports")]
    [InlineData("{'spec': {'egress': [{'to': [{'ipBlock': {'cidr': '::/0'}}], 'ports': [{'port': 443}]}]}}", "spec.egress[0].to[0].ipBlock.except")]
    [InlineData("{'spec': {'ingress': [{'from': [{'namespaceSelector': {}, 'podSelector': {'matchLabels': {'app': 'a'}}}], 'ports': [{'port': 443}]}]}}", "spec.ingress[0].from[0].namespaceSelector")]
    [InlineData("{'metadata': {'namespace': 'gateway'}, 'spec': {'ingress': [{'ports': [{'port': 8443}]}, {'from': [{'namespaceSelector': {}, 'podSelector': {'matchLabels': {'app': 'a'}}}], 'ports': [{'port': 9090}]}]}}", "spec.ingress[1].from[0].namespaceSelector")]
    [InlineData("{'spec': {'egress': [{'to': [{'namespaceSelector': {'matchLabels': {}}, 'podSelector': {'matchLabels': {'app': 'a'}}}], 'ports': [{'port': 5001}]}]}}", "spec.egress[0].to[0].namespaceSelector")]
    public void Policies_for_anybody_fail(string properties, string path) => _narrow.Fails(Policy, properties, path);

    [Fact]
    public void Unknown_and_secret_policies()
    {
        _narrow.IsUndecided(Policy, "{'spec': {'ingress': [{'from': '[unknown]'}]}}", "spec.ingress[0].from");
        _narrow.IsUndecided(Policy, "{'metadata': {'namespace': '[unknown]'}, 'spec': {'ingress': [{'ports': [{'port': 1}]}]}}", "metadata.namespace");
        _narrow.IsUndecided(
            Policy, "{'spec': {'egress': [{'to': [{'ipBlock': {'cidr': '[unknown]'}}], 'ports': [{'port': 443}]}]}}", "spec.egress[0].to[0].ipBlock.cidr");
        _narrow.KeepsSecret(
            Policy, "{'metadata': {'namespace': {'[secret]': 'SECRET'}}, 'spec': {'ingress': [{'ports': [{'port': 1}]}]}}", "spec.ingress[0].from");
        new RuleUnderTest(new NetworkPoliciesNarrow()) { Settings = "{'gateways': ['edge']}" }
            .Passes(Policy, "{'metadata': {'namespace': 'edge'}, 'spec': {'ingress': [{'ports': [{'port': 1}]}]}}");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{'spec': {'type': 'ClusterIP', 'externalIPs': []}}")]
    [InlineData("{'metadata': {'annotations': {'service.beta.kubernetes.io/azure-load-balancer-internal': 'true'}}, 'spec': {'type': 'LoadBalancer'}}")]
    public void Internal_services_pass(string properties) => _services.Passes(Service, properties);

    [Theory]
    [InlineData("{'spec': {'type': 'LoadBalancer'}}", Internal)]
    [InlineData("{'metadata': {'annotations': {'service.beta.kubernetes.io/azure-load-balancer-internal': 'false'}}, 'spec': {'type': 'LoadBalancer'}}", Internal)]
    [InlineData("{'spec': {'type': 'NodePort'}}", "spec.type")]
    [InlineData("{'spec': {'externalIPs': ['20.1.2.3']}}", "spec.externalIPs")]
    public void Public_services_fail(string properties, string path) => _services.Fails(Service, properties, path);

    [Fact]
    public void Public_services_are_mended_where_that_is_safe()
    {
        _services.Mends(
            Service,
            "{'spec': {'type': 'LoadBalancer'}}",
            "{'spec': {'type': 'LoadBalancer'}, 'metadata': {'annotations': {'service.beta.kubernetes.io/azure-load-balancer-internal': 'true'}}}");
        Assert.Equal(
            PolicyRemedy.Nothing,
            new ServicesInternal().Mend(
                new ResourceView("urn", ResourceType.Parse(Service), "s", PropertyNotation.Read("{'spec': {'type': 'NodePort'}}")), StackContext.NotReceived));
        _services.IsUndecided(Service, "{'spec': {'type': '[unknown]'}}", "spec.type");
        _services.KeepsSecret(Service, "{'spec': {'externalIPs': [{'[secret]': 'SECRET'}]}}", "spec.externalIPs");
    }

    [Theory]
    [InlineData("{'name': 'web', 'protocol': 'HTTPS', 'tls': {'certificateRefs': [{'name': 'c'}]}}", "Passed")]
    [InlineData("{'name': 'web', 'protocol': 'TLS', 'tls': {'mode': 'Passthrough'}}", "Passed")]
    [InlineData("{'name': 'plain', 'protocol': 'HTTP'}", "Passed")]
    [InlineData("{'name': 'web', 'protocol': 'HTTP'}", "Violated")]
    [InlineData("{'name': 'web', 'protocol': 'TCP'}", "Violated")]
    [InlineData("{'name': 'web', 'protocol': 'HTTPS'}", "Violated")]
    [InlineData("{'name': '[unknown]', 'protocol': 'HTTP'}", "Undecided")]
    [InlineData("{'name': 'web', 'protocol': '[unknown]'}", "Undecided")]
    public void Gateways_encrypt(string listener, string outcome) => Assert.Contains(
        $"gateway: {outcome}",
        _gateways.Outcomes(
            new(Gateway, "gateway", $"{{'metadata': {{'name': 'gateway'}}, 'spec': {{'listeners': [{listener}]}}}}"),
            new(Route, "served", "{'spec': {'parentRefs': [{'name': 'gateway', 'sectionName': 'web'}], 'rules': [{'backendRefs': [{'name': 'app'}]}]}}"),
            new(Route, "moved", "{'spec': {'parentRefs': [{'name': 'gateway', 'sectionName': 'plain'}], 'rules': [{'filters': [{'type': 'RequestRedirect', 'requestRedirect': {'scheme': 'https'}}]}]}}")));

    [Theory]
    [InlineData("{'tls': [{'hosts': ['a.example.com', '*.b.example.com']}], 'rules': [{'host': 'a.example.com'}, {'host': 'c.b.example.com'}]}", "Passed")]
    [InlineData("{'tls': [{'secretName': 's'}], 'rules': [{'host': 'a'}]}", "Passed")]
    [InlineData("{'rules': [{'host': 'a'}]}", "Violated")]
    [InlineData("{'tls': [{'hosts': ['*.example.com']}], 'rules': [{'host': 'a.b.example.com'}]}", "Violated")]
    [InlineData("{'tls': '[unknown]'}", "Undecided")]
    public void Ingresses_encrypt(string spec, string outcome) =>
        Assert.Equal([$"ingress: {outcome}"], _gateways.Outcomes(new StackItem(Ingress, "ingress", $"{{'spec': {spec}}}")));

    [Fact]
    public void Messages_of_gateways_keep_secrets() => Assert.DoesNotContain(
        _gateways.JudgeStack(new StackItem(Ingress, "ingress", "{'spec': {'tls': [{'hosts': ['a']}], 'rules': [{'host': {'[secret]': 'SECRET'}}]}}"))
            .SelectMany(result => result.Verdicts),
        verdict => verdict.ToString().Contains("5ecret", StringComparison.Ordinal));
}
