using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class TrustZoneNamespaceTests
{
    private const string Policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

    // A9, C1
    [Fact]
    public async Task Nothing_enters_or_leaves_by_default()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Namespace());

        var policy = mocks.Inputs(Policy, "validator-default-deny");
        Assert.Equal("validator", policy.At("metadata.namespace"));
        Assert.Equal(["Ingress", "Egress"], policy.Texts("spec.policyTypes").AsEnumerable());
        Assert.Empty(Assert.IsAssignableFrom<IDictionary<string, object>>(policy.At("spec.podSelector")));
        Assert.Null(policy.At("spec.ingress"));
        Assert.Null(policy.At("spec.egress"));
    }

    [Fact]
    public async Task Names_can_be_resolved_and_only_by_the_cluster()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Namespace());

        var policy = mocks.Inputs(Policy, "validator-allow-dns");
        Assert.Equal(["Egress"], policy.Texts("spec.policyTypes").AsEnumerable());
        Assert.Equal("kube-dns", policy.At("spec.egress.0.to.0.podSelector.matchLabels.k8s-app"));
        Assert.NotNull(policy.At("spec.egress.0.to.0.namespaceSelector.matchLabels"));
        Assert.Equal(("UDP", 53.0), (policy.At("spec.egress.0.ports.0.protocol"), policy.At("spec.egress.0.ports.0.port")));
        Assert.Equal(("TCP", 53.0), (policy.At("spec.egress.0.ports.1.protocol"), policy.At("spec.egress.0.ports.1.port")));
    }

    [Theory]
    [InlineData(PodSecurity.Restricted, "restricted")]
    [InlineData(PodSecurity.Baseline, "baseline")]
    [InlineData(PodSecurity.Privileged, "privileged")]
    public async Task Pods_are_held_to_a_standard(object standard, string enforced)
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Namespace(podSecurity: (PodSecurity)standard));

        var labels = Assert.IsAssignableFrom<IDictionary<string, object>>(mocks.Inputs("kubernetes:core/v1:Namespace").At("metadata.labels"));
        Assert.Equal(enforced, labels["pod-security.kubernetes.io/enforce"]);
        Assert.Equal("restricted", labels["pod-security.kubernetes.io/audit"]);
        Assert.Equal("data-plane", labels["canton-infra/trust-zone"]);
    }

    [Fact]
    public async Task Objects_wait_for_the_namespace_though_they_name_it_in_plain_text()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Namespace().AddServiceAccount("participant"));

        mocks.AssertBefore("Namespace validator", "NetworkPolicy validator-default-deny");
        mocks.AssertBefore("Namespace validator", "ServiceAccount validator-participant");
    }

    [Fact]
    public async Task The_account_that_Kubernetes_makes_mounts_no_tokens_either()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Namespace());

        var account = mocks.Inputs("kubernetes:core/v1:ServiceAccountPatch");
        Assert.Equal(("default", "validator"), (account.At("metadata.name"), account.At("metadata.namespace")));
        Assert.Equal(false, account.At("automountServiceAccountToken"));
    }

    [Fact]
    public async Task Nobody_opens_a_load_balancer_or_a_port_on_nodes_and_pods_are_bounded()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Namespace());

        var hard = Assert.IsAssignableFrom<IDictionary<string, object>>(mocks.Inputs("kubernetes:core/v1:ResourceQuota").At("spec.hard"));
        Assert.Equal(("0", "0", "50"), (hard["services.loadbalancers"], hard["services.nodeports"], hard["pods"]));
        var limits = mocks.Inputs("kubernetes:core/v1:LimitRange");
        Assert.Equal("Container", limits.At("spec.limits.0.type"));
        Assert.NotNull(limits.At("spec.limits.0.default.memory"));
        Assert.NotNull(limits.At("spec.limits.0.defaultRequest.cpu"));
    }

    [Fact]
    public async Task Service_accounts_mount_no_tokens()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Namespace().AddServiceAccount("participant"));

        Assert.Equal(false, mocks.Inputs("kubernetes:core/v1:ServiceAccount").At("automountServiceAccountToken"));
    }
}
