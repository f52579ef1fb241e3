using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class ConnectionPlanTests
{
    private const string Policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

    // A9: the source may send, the target may receive, each by a policy in its own namespace.
    [Fact]
    public async Task A_connection_opens_both_of_its_ends_and_nothing_else()
    {
        var mocks = await RunAsync((plan, participant, app) => participant.Port("lg-api").AllowFrom(app, "A9", "The app submits."));

        var ingress = mocks.Inputs(Policy, "ledger-participant-ingress");
        Assert.Equal("ledger", ingress.At("metadata.namespace"));
        Assert.Equal(["Ingress"], ingress.Texts("spec.policyTypes").AsEnumerable());
        Assert.Equal("participant", ingress.At("spec.podSelector.matchLabels.app"));
        Assert.Equal("app", ingress.At("spec.ingress.0.from.0.podSelector.matchLabels.app"));
        Assert.Equal("apps", Labels(ingress, "spec.ingress.0.from.0.namespaceSelector.matchLabels")["kubernetes.io/metadata.name"]);
        Assert.Equal(("TCP", 5001.0), (ingress.At("spec.ingress.0.ports.0.protocol"), ingress.At("spec.ingress.0.ports.0.port")));
        Assert.Null(ingress.At("spec.ingress.1"));
        Assert.Null(ingress.At("spec.ingress.0.ports.1"));
        Assert.Null(ingress.At("spec.egress"));

        var egress = mocks.Inputs(Policy, "apps-app-egress");
        Assert.Equal("apps", egress.At("metadata.namespace"));
        Assert.Equal("participant", egress.At("spec.egress.0.to.0.podSelector.matchLabels.app"));
        Assert.Equal(5001.0, egress.At("spec.egress.0.ports.0.port"));
        Assert.Null(egress.At("spec.egress.1"));

        Assert.Equal(
            ["apps-allow-dns", "apps-app-egress", "apps-default-deny", "ledger-allow-dns", "ledger-default-deny", "ledger-participant-ingress"],
            mocks.All(Policy).Select(policy => policy.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ports_to_one_peer_are_one_rule()
    {
        var mocks = await RunAsync((plan, participant, app) =>
        {
            participant.Port("lg-adm-api").AllowFrom(app, "A9", "The app administers.");
            participant.Port("lg-api").AllowFrom(app, "A9", "The app submits.");
        });

        var ingress = mocks.Inputs(Policy, "ledger-participant-ingress");
        Assert.Equal((5001.0, 5002.0), (ingress.At("spec.ingress.0.ports.0.port"), ingress.At("spec.ingress.0.ports.1.port")));
        Assert.Null(ingress.At("spec.ingress.1"));
    }

    // A10
    [Fact]
    public async Task The_internet_is_without_private_networks_and_what_machines_get_their_identity_from()
    {
        var mocks = await RunAsync((plan, participant, app) =>
            plan.AddHosts("chain", ["rpc.example.com"], "The other chain.").AllowFrom(app, "A10", "The bridge."));

        var egress = mocks.Inputs(Policy, "apps-app-egress");
        Assert.Equal("0.0.0.0/0", egress.At("spec.egress.0.to.0.ipBlock.cidr"));
        var except = egress.Texts("spec.egress.0.to.0.ipBlock.except");
        Assert.Contains("169.254.0.0/16", except);
        Assert.Contains("168.63.129.16/32", except);
        Assert.Contains("10.0.0.0/8", except);
        Assert.Contains("100.64.0.0/10", except);
        Assert.Equal(443.0, egress.At("spec.egress.0.ports.0.port"));
    }

    [Fact]
    public async Task The_platforms_addresses_are_neither_sent_to_nor_listened_to()
    {
        var mocks = await RunAsync((plan, participant, app) =>
        {
            var everybody = plan.AddRange("everybody", ["0.0.0.0/0"]);
            participant.Port("json-api").AllowFrom(everybody, "A8", "Clients outside.");
            everybody.Port(443).AllowFrom(app, "A10", "Servers outside.");
            plan.AddRange("database", ["10.40.4.64/27"]).Port(5432).AllowFrom(participant, "A11", "Its database.");
        });

        string[] platform = ["168.63.129.16/32", "169.254.0.0/16"];
        Assert.Equal(platform, mocks.Inputs(Policy, "ledger-participant-ingress").Texts("spec.ingress.0.from.0.ipBlock.except").AsEnumerable());
        Assert.Equal(platform, mocks.Inputs(Policy, "apps-app-egress").Texts("spec.egress.0.to.0.ipBlock.except").AsEnumerable());
        var egress = mocks.Inputs(Policy, "ledger-participant-egress");
        Assert.Equal("10.40.4.64/27", egress.At("spec.egress.0.to.0.ipBlock.cidr"));
        Assert.Null(egress.At("spec.egress.0.to.0.ipBlock.except"));
    }

    [Theory]
    [InlineData(EgressMode.Firewall, 1)]
    [InlineData(EgressMode.Nat, 0)]
    public async Task Hosts_are_let_out_to_by_the_firewall_where_there_is_one(object mode, int rules)
    {
        var mocks = await RunAsync(
            (plan, participant, app) => plan.AddHosts("chain", ["rpc.example.com"], "The other chain.").AllowFrom(app, "A10", "The bridge."),
            new EgressPlan((EgressMode)mode, HasIntrusionDetection: false, []));

        var groups = mocks.All("azure-native:network:FirewallPolicyRuleCollectionGroup").Where(group => group.Name == "rules-chain").ToList();
        Assert.Equal(rules, groups.Count);
        Assert.All(groups, group =>
            Assert.Equal(["rpc.example.com"], group.Inputs.Texts("ruleCollections.0.rules.0.targetFqdns").AsEnumerable()));
    }

    [Fact]
    public async Task Who_calls_a_public_host_of_ours_comes_to_the_gateways_pods()
    {
        var mocks = await RunAsync((plan, participant, app) => plan.AddPublicHost("idp", app.Port("https"), "203.0.113.9")
            .AllowFrom(participant, "A1", "Keys of tokens."));

        Assert.Equal(8443.0, mocks.Inputs(Policy, "apps-app-ingress").At("spec.ingress.0.ports.0.port"));
        var egress = mocks.Inputs(Policy, "ledger-participant-egress");
        Assert.Equal("app", egress.At("spec.egress.0.to.0.podSelector.matchLabels.app"));
        Assert.Equal("203.0.113.9/32", egress.At("spec.egress.1.to.0.ipBlock.cidr"));
    }

    [Fact]
    public async Task Nothing_is_made_in_namespaces_of_the_platform()
    {
        var mocks = await RunAsync((plan, participant, app) => participant.Port("metrics").AllowFrom(
            plan.AddPlatform("kube-system", "agent", ConnectionPlan.Label("rsName", "agent")), "A23", "Metrics."));

        Assert.DoesNotContain(mocks.All(Policy), policy => policy.Inputs.At("metadata.namespace") as string == "kube-system");
    }

    [Fact]
    public async Task The_table_names_every_connection_once_with_all_its_reasons()
    {
        Connections? table = null;
        await RunAsync(
            (plan, participant, app) =>
            {
                participant.Port("lg-api").AllowFrom(app, "A9", "The app submits.");
                participant.Port("lg-api").AllowFrom(app, "B2", "It also reads.");
            },
            declared: connections => table = connections);

        var one = Assert.Single(
            table!.Allowed.Cast<ImmutableDictionary<string, object>>(), connection => (string)connection["to"] == "ledger/participant");
        Assert.Equal(("apps/app", 5001, "TCP", "A9"), (one["from"], one["port"], one["protocol"], one["requirement"]));
        Assert.Equal("The app submits. It also reads.", one["why"]);
        Assert.Equal(
            ["api-server", "apps/*", "apps/app", "kube-system/kube-dns", "ledger/*", "ledger/participant", "private-endpoints"],
            table.Ends.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(4, table.Allowed.Cast<ImmutableDictionary<string, object>>().Count(each => (string)each["to"] == "kube-system/kube-dns"));
    }

    [Fact]
    public async Task Mistakes_are_told()
    {
        await RunAsync((plan, participant, app) =>
        {
            Assert.Contains("lg-api, lg-adm-api", Assert.Throws<ArgumentException>(() => participant.Port("http")).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => plan.AddRange("api-server", ["10.0.0.0/8"]));
            Assert.Throws<ArgumentException>(() => plan.AddRange("nowhere", []));
            Assert.Throws<ArgumentException>(() => plan.AddHosts("nobody", [], "Nothing."));
            Assert.Throws<ArgumentException>(() => plan.AddPlatform("kube-system", "all", ImmutableSortedDictionary<string, string>.Empty));
            plan.Declare();
            Assert.Throws<InvalidOperationException>(() => participant.Port("lg-api").AllowFrom(app, "A9", "Too late."));
        }, declares: false);
    }

    // C2: a sidecar takes one or the other on a port, and never both.
    [Fact]
    public async Task A_port_is_for_the_mesh_or_for_others()
    {
        await RunAsync((plan, participant, app) =>
        {
            var mesh = new MeshMembership("example.com", "istio-1.0.0", app.Port("https"), []);
            var member = new TrustZoneNamespace("member", new TrustZoneNamespaceArgs
            {
                Kubernetes = Scenery.Kubernetes(),
                Zone = TrustZone.Applications,
                PodSecurity = PodSecurity.Restricted,
                Mesh = mesh,
            });
            var server = plan.AddWorkload(member, "server", ConnectionPlan.Label("app", "server"), new ContainerPort("http", 8080));
            server.Port("http").AllowFrom(plan.AddWorkload(member, "client", ConnectionPlan.Label("app", "client")), "C2", "Within.");
            server.Port("http").AllowFrom(participant, "C2", "From outside.");

            Assert.Equal("example.com/ns/member/sa/server", server.Identity!.Principal);
            Assert.Contains("Port 8080 of member/server", Assert.Throws<InvalidOperationException>(() => plan.Declare()).Message, StringComparison.Ordinal);
        }, declares: false);
    }

    private static ImmutableDictionary<string, object> Labels(ImmutableDictionary<string, object> inputs, string path) =>
        Assert.IsAssignableFrom<IDictionary<string, object>>(inputs.At(path)).ToImmutableDictionary();

    private static Task<CloudMocks> RunAsync(
        Action<ConnectionPlan, Workload, Workload> connect,
        EgressPlan? egress = null,
        Action<Connections>? declared = null,
        bool declares = true) => CloudMocks.RunAsync(() =>
        {
            var kubernetes = Scenery.Kubernetes();
            var plan = new ConnectionPlan(Scenery.Network(egress));
            var ledger = Namespace("ledger", TrustZone.DataPlane);
            var apps = Namespace("apps", TrustZone.Applications);
            var participant = plan.AddWorkload(ledger, ChartContracts.Find("splice-participant", "0.6.11").In("participant", "ledger"), "participant");
            var app = plan.AddWorkload(apps, "app", ConnectionPlan.Label("app", "app"), new ContainerPort("https", 8443));
            connect(plan, participant, app);
            if (declares)
            {
                var table = plan.Declare();
                declared?.Invoke(table);
            }

            TrustZoneNamespace Namespace(string name, TrustZone zone) => new(
                name, new TrustZoneNamespaceArgs { Kubernetes = kubernetes, Zone = zone, PodSecurity = PodSecurity.Baseline });
        });
}
