using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Contracts;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Tests.Support;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Graph;
using CantonInfra.Reports.Connections;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>A9, C2: a mesh that settings ask for lets in exactly whom the declared connections name.</summary>
public sealed class MeshStackTests
{
    private const string Policy = "kubernetes:security.istio.io/v1:AuthorizationPolicy";
    private const string Peer = "kubernetes:security.istio.io/v1:PeerAuthentication";
    private const string Certificate = "kubernetes:cert-manager.io/v1:Certificate";
    private const string Digest = "sha256:0000000000000000000000000000000000000000000000000000000000000001";

    private static readonly Lazy<Task<Plan>> Mainnet = new(() => PreviewAsync("mainnet", "mode: istio", OwnServices));

    private static string OwnServices => "  canton-infra:services: { rightsImage: 'registry.example.com/canton-infra:1.0.0@" + Digest + "', "
        + string.Join(", ", new[] { "apiServer", "relayer", "indexer" }.Select(name =>
            $"{name}: {{ image: 'registry.example.com/{name.ToLowerInvariant()}:1.0.0@{Digest}'{(name == "relayer" ? ", partyHint: bridge" : "")} }}")) + " }\n";

    [Fact]
    public async Task Whoever_is_declared_is_let_in_and_nobody_else()
    {
        var reading = new MeshReading(await Mainnet.Value);

        var allowed = reading.Allowed();
        var declared = reading.Declared();
        Assert.Empty(declared.Except(allowed).Select(each => $"declared and denied: {each}"));
        Assert.Empty(allowed.Except(declared).Select(each => $"allowed and not declared: {each}"));
        Assert.Contains(
            new MeshConnection("centralus.mainnet.canton.example.com/ns/validator/sa/validator-app", "validator/participant", 5002), allowed);
        Assert.InRange(allowed.Count, 15, 100);
    }

    [Theory]
    [InlineData("canton-infra:ledger: { validators: [{ name: validator, participantMemoryGi: 8 }, { name: treasury, participantMemoryGi: 8 }, { name: custody, participantMemoryGi: 8 }] }")]
    [InlineData("canton-infra:network: { egress: { mode: nat } }")]
    public async Task That_is_so_however_the_settings_are(string setting)
    {
        var plan = await PreviewAsync("devnet", "mode: istio", $"{OwnServices}  {setting}\n");
        var reading = new MeshReading(plan);

        Assert.Empty(reading.Allowed().SymmetricExcept(reading.Declared()).Select(each => each.ToString()));
    }

    [Fact]
    public async Task The_graph_says_what_the_mesh_does_with_each_connection()
    {
        var edges = Edges(await Mainnet.Value);
        var ledger = Assert.Single(edges, edge => (edge.From, edge.To, edge.Ports) == ("validator/validator-app", "validator/participant", "TCP 5002"));

        Assert.Equal((MeshWay.MutualTls, "centralus.mainnet.canton.example.com/ns/validator/sa/validator-app"), (ledger.Mesh!.Way, ledger.Mesh.Principal));
        Assert.Equal("participant", Assert.Single(ledger.Mesh.Policies));
        Assert.Equal(MeshWay.PlainText, Assert.Single(edges, edge => edge.To == "validator/participant" && edge.Ports == "TCP 10013").Mesh!.Way);
        Assert.All(edges.Where(edge => edge.Mesh is not null), edge => Assert.Contains(edge.Mesh!.Way, new[] { MeshWay.MutualTls, MeshWay.PlainText }));
        Assert.Contains(edges, edge => edge.Mesh is null);
    }

    [Theory]
    [InlineData(Policy, "validator-participant-mesh", "sa/validator-app", "sa/other", "Refused")]
    [InlineData(Policy, "validator-participant-mesh", "\"5002\"", "\"5003\"", "Refused")]
    [InlineData(Policy, "validator-participant-mesh", "\"rules\"", "\"action\":\"DENY\",\"rules\"", "Undecided")]
    [InlineData(Policy, "validator-participant-mesh", "\"5002\"", "\"[unknown]\"", "Undecided")]
    [InlineData(Peer, "validator-participant-plain", "\"10013\":{", "\"5002\":{", "Refused")]
    public async Task What_a_mesh_refuses_is_refused_in_the_graph(string type, string name, string old, string changed, string way)
    {
        var plan = await Mainnet.Value;
        var resource = Single(plan, type, name);
        var text = resource.Outputs.ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        var edges = Edges(plan with { Resources = plan.Resources.Replace(resource, resource with { Outputs = Read(text.Replace(old, changed, StringComparison.Ordinal)) }) });

        Assert.Equal(way, Assert.Single(edges, edge => (edge.From, edge.To, edge.Ports) == ("validator/validator-app", "validator/participant", "TCP 5002")).Mesh!.Way.ToString());
    }

    // What one workload may no other may in its place, as far as accounts tell them apart.
    [Fact]
    public async Task Workloads_that_connect_have_accounts_of_their_own() => Assert.Equal(
        [
            "ingress/sa/gateway-internal", "ingress/sa/gateway-public", "keycloak/sa/keycloak",
            "canton-mw-api-server/sa/canton-mw-api-server", "canton-mw-indexer/sa/canton-mw-indexer", "canton-mw-relayer/sa/canton-mw-relayer",
            "validator/sa/identities-backup", "validator/sa/participant", "validator/sa/validator-app",
        ],
        new MeshReading(await Mainnet.Value).Identities.Select(identity => identity.Split("/ns/")[1]).ToHashSet());

    [Fact]
    public async Task No_object_of_the_mesh_can_be_taken_away_unseen()
    {
        var plan = await Mainnet.Value;
        var declared = new MeshReading(plan).Declared();
        var objects = plan.Resources.Where(resource => resource.Type is Policy or Peer).ToList();

        Assert.NotEmpty(objects);
        Assert.All(
            objects.Where(each => Name(each) != "default-deny"),
            each => Assert.False(new MeshReading(plan with { Resources = plan.Resources.Remove(each) }).Allowed().SetEquals(declared), each.Name));
    }

    // A workload that nobody has declared has no policy of its own.
    [Fact]
    public async Task Every_namespace_in_it_denies_by_default()
    {
        var plan = await Mainnet.Value;

        string[] members = ["canton-mw-api-server", "canton-mw-indexer", "canton-mw-relayer", "keycloak", "validator"];
        Assert.Equal(members, plan.Resources.Where(IsMember).Select(Name).Order(StringComparer.Ordinal));
        var denials = plan.Resources.Where(resource => resource.Type == Policy && Name(resource) == "default-deny").ToList();
        Assert.Equal(members, denials.Select(policy => Text(policy.Inputs, "metadata.namespace")).Order(StringComparer.Ordinal));
        Assert.All(denials, policy => Assert.Equal("{\"action\":\"ALLOW\"}", policy.Inputs["spec"]!.ToString()));
    }

    [Fact]
    public async Task Nothing_takes_both_kinds_of_traffic() => Assert.DoesNotContain(
        (await Mainnet.Value).Resources, resource => resource.Inputs.ToString().Contains("PERMISSIVE", StringComparison.Ordinal));

    // Only what Azure's agent collects: for all else there is an identity.
    [Fact]
    public async Task Plain_text_is_taken_where_metrics_are_and_the_reason_is_said()
    {
        var plan = await Mainnet.Value;
        var plain = new MeshReading(plan).Allowed().Where(connection => connection.Caller.Length == 0).ToList();

        Assert.NotEmpty(plain);
        Assert.All(plain, connection => Assert.Contains(connection.Port, new[] { 9000, 9090, 9091, 9092, 10013 }));
        Assert.All(
            plan.Resources.Where(resource => resource.Type == Peer && Name(resource) != "default"),
            peer => Assert.Contains("Its metrics.", peer.Inputs.ToString(), StringComparison.Ordinal));
    }

    // Pods that started before would have no sidecar, and pods that start without an authority one of the mesh's own.
    [Fact]
    public async Task Pods_come_after_the_mesh_and_the_mesh_after_its_authority()
    {
        var plan = await Mainnet.Value;
        var before = plan.Resources.ToDictionary(resource => resource.Urn, resource => resource.Dependencies, StringComparer.Ordinal);
        var control = Single(plan, "kubernetes:helm.sh/v3:Release", "istio-istiod");

        Assert.Contains(Single(plan, Certificate, "mesh-cacerts").Urn, control.Dependencies);
        Assert.Contains(Single(plan, "kubernetes:helm.sh/v3:Release", "certificates").Urn, Needs(control.Urn));
        Assert.All(plan.Resources.Where(IsMember), home => Assert.Contains(control.Urn, home.Dependencies));
        Assert.All(
            plan.Resources.Where(resource => resource.Type.EndsWith(":EnvoyProxy", StringComparison.Ordinal)),
            proxy => Assert.Contains(control.Urn, proxy.Dependencies));

        ImmutableHashSet<string> Needs(string urn) => [.. before.GetValueOrDefault(urn, []).SelectMany(each => Needs(each).Add(each))];
    }

    // A sidecar is put in when a pod is made: what switches the mesh on has to make pods anew.
    [Fact]
    public async Task Pods_are_made_anew_when_the_mesh_comes_or_is_upgraded()
    {
        var plan = await Mainnet.Value;

        foreach (var (type, name) in new[]
        {
            ("kubernetes:helm.sh/v3:Release", "validator-participant"), ("kubernetes:helm.sh/v3:Release", "validator-validator"),
            ("kubernetes:apps/v1:Deployment", "keycloak-server-servers"), ("kubernetes:apps/v1:Deployment", "canton-mw-relayer-pods"),
            ("kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy", "public-proxy"),
        })
        {
            Assert.Contains("\"canton-infra/mesh\":\"istio-1.30.3\"", Single(plan, type, name).Inputs.ToString(), StringComparison.Ordinal);
        }
    }

    // C2
    [Fact]
    public async Task The_authority_is_renewed_with_another_key_and_its_certificates_end_within_a_day()
    {
        var plan = await Mainnet.Value;

        var authority = Single(plan, Certificate, "mesh-cacerts").Inputs;
        Assert.Equal(("istio-system", "cacerts", "Always"), (Text(authority, "metadata.namespace"), Text(authority, "spec.secretName"), Text(authority, "spec.privateKey.rotationPolicy")));
        Assert.Equal(("2160h", "720h", "mesh-root"), (Text(authority, "spec.duration"), Text(authority, "spec.renewBefore"), Text(authority, "spec.issuerRef.name")));
        Assert.Contains("\"isCA\":true", authority.ToString(), StringComparison.Ordinal);
        var control = Single(plan, "kubernetes:helm.sh/v3:Release", "istio-istiod").Inputs;
        Assert.Equal(("24h0m0s", "24h0m0s", "true"), (Text(control, "values.env.DEFAULT_WORKLOAD_CERT_TTL"), Text(control, "values.env.MAX_WORKLOAD_CERT_TTL"), Text(control, "values.env.ENABLE_NATIVE_SIDECARS")));
        Assert.Equal("centralus.mainnet.canton.example.com", Text(control, "values.meshConfig.trustDomain"));
    }

    [Fact]
    public async Task An_issuer_of_one_s_own_signs_it_instead_of_a_root_in_the_cluster()
    {
        var plan = await PreviewAsync("mainnet", "mode: istio, trustDomain: mesh.example.org, issuer: { name: corporate, kind: AwsPcaIssuer, group: awspca.cert-manager.io }");

        var authority = Assert.Single(plan.Resources, resource => resource.Type == Certificate && Text(resource.Inputs, "metadata.namespace") == "istio-system");
        Assert.Equal("""{"group":"awspca.cert-manager.io","kind":"AwsPcaIssuer","name":"corporate"}""", ((MapValue)authority.Inputs["spec"]!)["issuerRef"]!.ToString());
        Assert.DoesNotContain(plan.Resources, resource => resource.Type.EndsWith(":Issuer", StringComparison.Ordinal));
        Assert.All(new MeshReading(plan).Identities, identity => Assert.StartsWith("mesh.example.org/ns/", identity, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_network_may_let_the_mesh_make_its_authority()
    {
        var plan = await PreviewAsync("devnet", "mode: istio, authority: selfGenerated", OwnServices);

        Assert.DoesNotContain(plan.Resources, resource => resource.Type == Certificate && Text(resource.Inputs, "metadata.namespace") == "istio-system");
        var reading = new MeshReading(plan);
        Assert.True(reading.Allowed().SetEquals(reading.Declared()));
    }

    // Gateways keep clients' addresses, and ask for Services by names that a sidecar knows.
    [Fact]
    public async Task Gateways_send_through_the_mesh_and_take_past_it()
    {
        var plan = await Mainnet.Value;

        var proxies = plan.Resources.Where(resource => resource.Type.EndsWith(":EnvoyProxy", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, proxies.Count);
        Assert.All(proxies, proxy => Assert.Equal("Service", Text(proxy.Inputs, "spec.routingType")));
        Assert.All(proxies, proxy => Assert.Contains("\"traffic.sidecar.istio.io/includeInboundPorts\":\"\"", proxy.Inputs.ToString(), StringComparison.Ordinal));
        Assert.Equal(
            ["ans-web-ui.validator", "keycloak.keycloak", "validator-app.validator", "wallet-web-ui.validator"],
            plan.Resources.Where(resource => resource.Type.EndsWith(":HTTPRoute", StringComparison.Ordinal))
                .SelectMany(route => ((ListValue)((MapValue)route.Inputs["spec"]!)["rules"]!).Items)
                .Where(rule => ((MapValue)rule)["backendRefs"] is not null)
                .Select(rule => Text(((ListValue)((MapValue)rule)["filters"]!).Items.Single(), "urlRewrite.hostname")!.Replace(".svc.cluster.local", "", StringComparison.Ordinal))
                .Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("devnet")]
    [InlineData("mainnet")]
    public async Task Without_the_setting_there_is_nothing_of_it(string stack)
    {
        using var folder = new ProjectFolder(stack, ProjectFolder.StackFile(stack));
        var plan = (await folder.PreviewAsync()).Plan;

        Assert.DoesNotContain(plan.Resources, resource => resource.Type.Contains("istio", StringComparison.Ordinal)
            || resource.Name.Contains("istio", StringComparison.Ordinal) || resource.Inputs.ToString().Contains("istio", StringComparison.Ordinal));
    }

    private static ImmutableArray<ConnectionEdge> Edges(Plan plan) =>
        GraphBuilder.Build(PlanResources.Of(plan), ChartContracts.Known).Graph!.Edges;

    // As a plan is written, 'unknown' marked.
    private static MapValue Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return (MapValue)Read(document.RootElement);
    }

    private static PropertyValue Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new MapValue(element.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, Read(entry.Value)))),
        JsonValueKind.Array => PropertyValue.Of([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.String when element.GetString() == PropertyJson.UnknownMark => PropertyValue.Unknown,
        JsonValueKind.String => PropertyValue.Of(element.GetString()!),
        JsonValueKind.Number => PropertyValue.Of(element.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => PropertyValue.Of(element.GetBoolean()),
        _ => PropertyValue.Null,
    };

    private static bool IsMember(PlannedResource resource) => resource.Type == "kubernetes:core/v1:Namespace"
        && resource.Inputs.ToString().Contains("\"istio-injection\":\"enabled\"", StringComparison.Ordinal);

    private static PlannedResource Single(Plan plan, string type, string name) =>
        Assert.Single(plan.Resources, resource => resource.Type == type && resource.Name == name);

    private static string Name(PlannedResource resource) => Text(resource.Inputs, "metadata.name")!;

    private static string? Text(PropertyValue value, string path) => (path.Split('.')
        .Aggregate((PropertyValue?)value, (current, part) => (current?.Unwrapped as MapValue)?[part]?.Unwrapped) as StringValue)?.Value;

    private static async Task<Plan> PreviewAsync(string stack, string mesh, string more = "")
    {
        var file = ProjectFolder.StackFile(stack).Split('\n').ToList();

        // A stack file says each key once.
        foreach (var key in more.Split('\n').Where(line => line.StartsWith("  canton-infra:", StringComparison.Ordinal)).Select(line => line[..(line.IndexOf(": ", StringComparison.Ordinal) + 1)]))
        {
            if (file.FindIndex(line => line.StartsWith(key, StringComparison.Ordinal)) is >= 0 and var start)
            {
                var end = file.FindIndex(start + 1, line => line.Length > 2 && line[2] != ' ');
                file.RemoveRange(start, (end < 0 ? file.Count : end) - start);
            }
        }

        using var folder = new ProjectFolder(stack, $"{string.Join('\n', file).TrimEnd()}\n  canton-infra:mesh: {{ {mesh} }}\n{more}");
        var result = await folder.PreviewAsync();
        Assert.True(
            result.Outcome == PreviewOutcome.Succeeded, string.Join('\n', result.Diagnostics.Select(diagnostic => diagnostic.Message)));
        return result.Plan;
    }
}
