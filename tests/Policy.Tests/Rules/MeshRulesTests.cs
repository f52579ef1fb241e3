using CantonInfra.Policy.Rules.Mesh;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on service meshes: that they take mutual TLS only, who may connect, and where their authority comes from.</summary>
public sealed class MeshRulesTests
{
    private const string Peer = "kubernetes:security.istio.io/v1:PeerAuthentication";
    private const string Rule = "kubernetes:networking.istio.io/v1:DestinationRule";
    private const string Authorization = "kubernetes:security.istio.io/v1:AuthorizationPolicy";
    private const string Certificate = "kubernetes:cert-manager.io/v1:Certificate";
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Namespace = "kubernetes:core/v1:Namespace";
    private const string Connections = "canton-infra:isolation:Connections";
    private const string Client = "example.com/ns/apps/sa/client";

    private static readonly StackItem Control = Of("'meshConfig': {'trustDomain': 'example.com'}");
    private static readonly StackItem Strict = new(Peer, "strict", "{'metadata': {'namespace': 'istio-system'}, 'spec': {'mtls': {'mode': 'STRICT'}}}");
    private static readonly StackItem Apps = new(Namespace, "apps", "{'metadata': {'name': 'apps', 'labels': {'istio-injection': 'enabled'}}}");
    private static readonly StackItem Denied = Denial("apps", "{}");

    private readonly RuleUnderTest _strict = new(new MeshMtlsStrict());
    private readonly RuleUnderTest _exact = new(new MeshAuthorizationExact());
    private readonly RuleUnderTest _covers = new(new MeshCoversNamespaces());
    private readonly RuleUnderTest _hold = new(new MeshConnectionsHold());
    private readonly RuleUnderTest _supplied = new(new MeshAuthoritySupplied(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Mainnet };

    [Fact]
    public void Pods_take_mutual_TLS_and_nothing_else()
    {
        _strict.Passes(Peer, "{'spec': {'mtls': {'mode': 'STRICT'}}}");
        _strict.Passes(Peer, "{'spec': {'selector': {'matchLabels': {'app': 'a'}}, 'portLevelMtls': {'8080': {'mode': 'STRICT'}}}}");
        _strict.Passes("kubernetes:security.istio.io/v1beta1:PeerAuthentication", "{'spec': {'mtls': {'mode': 'UNSET'}}}");
        _strict.Fails(Peer, "{'spec': {'mtls': {'mode': 'PERMISSIVE'}}}", "spec.mtls.mode");
        _strict.Fails(Peer, "{'spec': {'mtls': {'mode': 'DISABLE'}}}", "spec.mtls.mode");
        _strict.IsUndecided(Peer, "{'spec': {'mtls': {'mode': '[unknown]'}}}", "spec.mtls.mode");
        _strict.KeepsSecret(Peer, "{'spec': {'mtls': {'mode': {'[secret]': 'SECRET'}}}}", "spec.mtls.mode");
        _strict.IsNotApplicable(Namespace);
    }

    [Theory]
    [InlineData("10013: metrics are collected from outside", true)]
    [InlineData("8080: a\\n10013: metrics", true)]
    [InlineData("10013:", false)]
    [InlineData("1001: metrics", false)]
    [InlineData("metrics", false)]
    public void Ports_take_plain_text_for_a_reason(string reasons, bool isFine)
    {
        var properties = $"{{'metadata': {{'annotations': {{'canton-infra/plain-ports': '{reasons}'}}}}, 'spec': {{'mtls': {{'mode': 'STRICT'}}, 'portLevelMtls': {{'10013': {{'mode': 'DISABLE'}}}}}}}}";

        if (isFine)
        {
            _strict.Passes(Peer, properties);
        }
        else
        {
            _strict.Fails(Peer, properties, "spec.portLevelMtls.10013.mode");
        }

        _strict.Fails(Peer, properties.Replace("DISABLE", "PERMISSIVE", StringComparison.Ordinal), "spec.portLevelMtls.10013.mode");
        _strict.IsUndecided(Peer, properties.Replace("'DISABLE'", "'[unknown]'", StringComparison.Ordinal), "spec.portLevelMtls.10013.mode");
        _strict.IsUndecided(Peer, "{'metadata': {'annotations': '[unknown]'}, 'spec': {'portLevelMtls': {'1': {'mode': 'DISABLE'}}}}", "metadata.annotations");
    }

    [Theory]
    [InlineData("'trafficPolicy': {'tls': {'mode': 'DISABLE'}}", "spec.trafficPolicy.tls.mode")]
    [InlineData("'trafficPolicy': {'portLevelSettings': [{'tls': {'mode': 'DISABLE'}}]}", "spec.trafficPolicy.portLevelSettings[0].tls.mode")]
    [InlineData("'subsets': [{'trafficPolicy': {'tls': {'mode': 'DISABLE'}}}]", "spec.subsets[0].trafficPolicy.tls.mode")]
    public void Nobody_is_told_to_send_plain_text(string spec, string path)
    {
        _strict.Fails(Rule, $"{{'spec': {{{spec}}}}}", path);
        _strict.Passes(Rule, $"{{'spec': {{{spec.Replace("DISABLE", "ISTIO_MUTUAL", StringComparison.Ordinal)}}}}}");
        _strict.IsUndecided(Rule, $"{{'spec': {{{spec.Replace("'DISABLE'", "'[unknown]'", StringComparison.Ordinal)}}}}}", path);
    }

    [Theory]
    [InlineData("'from': [{'source': {'principals': ['example.com/ns/a/sa/b']}}], 'to': [{'operation': {'ports': ['8080']}}]")]
    [InlineData("'from': [{'source': {'notPrincipals': ['*']}}], 'to': [{'operation': {'ports': ['10013']}}]")]
    [InlineData("'from': [{'source': {'namespaces': ['a']}}], 'to': [{'operation': {'methods': ['GET'], 'paths': ['/info*']}}]")]
    [InlineData("'from': [{'source': {'requestPrincipals': ['*']}}], 'to': [{'operation': {'paths': ['/api']}}]")]
    [InlineData("'to': [{'operation': {'ports': ['1']}}], 'when': [{'key': 'source.principal', 'values': ['a']}]")]
    [InlineData("'from': [{'source': {'serviceAccounts': ['a/b']}}], 'when': [{'key': 'destination.port', 'values': ['1']}]")]
    public void Policies_that_name_callers_and_ports_pass(string rule) => _exact.Passes(Authorization, Rules(rule));

    [Theory]
    [InlineData("", "spec.rules[0].from", "spec.rules[0].to")]
    [InlineData("'to': [{'operation': {'ports': ['8080']}}]", "spec.rules[0].from")]
    [InlineData("'from': [{'source': {}}], 'to': [{'operation': {'ports': ['8080']}}]", "spec.rules[0].from[0].source")]
    [InlineData("'from': [{'source': {'notNamespaces': ['a']}}], 'to': [{'operation': {'ports': ['8080']}}]", "spec.rules[0].from[0].source")]
    [InlineData("'from': [{'source': {'principals': ['*']}}], 'to': [{'operation': {'ports': ['8080']}}]", "spec.rules[0].from[0].source.principals[0]")]
    [InlineData("'from': [{'source': {'principals': ['example.com/ns/a/*']}}], 'to': [{'operation': {'ports': ['1']}}]", "spec.rules[0].from[0].source.principals[0]")]
    [InlineData("'from': [{'source': {'ipBlocks': ['0.0.0.0/0']}}], 'to': [{'operation': {'ports': ['1']}}]", "spec.rules[0].from[0].source.ipBlocks[0]")]
    [InlineData("'from': [{'source': {'principals': ['a']}}]", "spec.rules[0].to")]
    [InlineData("'from': [{'source': {'principals': ['a']}}], 'to': [{'operation': {}}]", "spec.rules[0].to[0].operation")]
    [InlineData("'from': [{'source': {'principals': ['a']}}], 'to': [{'operation': {'paths': ['*']}}]", "spec.rules[0].to[0].operation")]
    public void Policies_that_allow_everybody_or_everything_fail(string rule, params string[] paths) =>
        _exact.Fails(Authorization, Rules(rule), paths);

    [Fact]
    public void Policies_that_allow_nothing_are_none_of_its_business()
    {
        _exact.Passes(Authorization, "{'spec': {}}");
        _exact.Passes(Authorization, "{'spec': {'action': 'ALLOW', 'rules': []}}");
        _exact.IsNotApplicable(Authorization, "{'spec': {'action': 'DENY', 'rules': [{}]}}");
        _exact.IsNotApplicable(Authorization, "{'spec': {'targetRefs': [{'kind': 'Gateway', 'name': 'edge'}], 'rules': [{}]}}");
        _exact.IsNotApplicable(Peer);
        _exact.IsUndecided(Authorization, "{'spec': {'action': '[unknown]'}}", "spec.action");
        _exact.IsUndecided(Authorization, Rules("'from': [{'source': {'principals': ['[unknown]']}}], 'to': [{'operation': {'ports': ['1']}}]"), "spec.rules[0].from[0].source.principals[0]");
        _exact.KeepsSecret(Authorization, Rules("'from': [{'source': {'principals': [{'[secret]': 'SECRET*'}]}}], 'to': [{'operation': {'ports': ['1']}}]"), "spec.rules[0].from[0].source.principals[0]");
    }

    [Fact]
    public void A_mesh_is_strict_and_denies_by_default()
    {
        Assert.Equal(["istiod: Passed", "apps: Passed"], _covers.Outcomes(Control, Strict, Apps, Denied));
        Assert.Equal(["istiod: Passed", "apps: Passed"], _covers.Outcomes(Control, Strict, Apps, Denial("istio-system", "{'action': 'ALLOW', 'rules': []}")));
        Assert.Equal([": NotApplicable"], _covers.Outcomes(new StackItem(Namespace, "apps", "{'metadata': {'name': 'apps'}}"), Strict));
        Assert.Equal("", _covers.Tell(Apps, Denied));
    }

    [Fact]
    public void What_a_mesh_leaves_open_is_found()
    {
        Assert.StartsWith("istiod: : Release 'istiod' makes a mesh that takes plain text, too", _covers.Tell(Control, Apps, Denied), StringComparison.Ordinal);
        Assert.StartsWith("istiod: ", _covers.Tell(Control, Strict with { Properties = "{'metadata': {'namespace': 'apps'}, 'spec': {'mtls': {'mode': 'STRICT'}}}" }), StringComparison.Ordinal);
        Assert.StartsWith("istiod: ", _covers.Tell(Control, Strict with { Properties = "{'metadata': {'namespace': 'istio-system'}, 'spec': {'selector': {'matchLabels': {'app': 'a'}}, 'mtls': {'mode': 'STRICT'}}}" }), StringComparison.Ordinal);
        Assert.StartsWith("istiod: values.meshConfig.enableAutoMtls: ", _covers.Tell(Of("'meshConfig': {'enableAutoMtls': false}"), Strict), StringComparison.Ordinal);
        Assert.StartsWith("apps: metadata.name: Namespace 'apps' is in a mesh and has no AuthorizationPolicy", _covers.Tell(Control, Strict, Apps), StringComparison.Ordinal);
        Assert.StartsWith("apps: metadata.name: ", _covers.Tell(Apps, Denial("apps", "{'rules': [{}]}")), StringComparison.Ordinal);
        Assert.StartsWith("apps: metadata.name: ", _covers.Tell(Apps, Denial("apps", "{'action': 'DENY'}")), StringComparison.Ordinal);
        Assert.StartsWith("apps: metadata.name: ", _covers.Tell(Apps, Denial("others", "{}")), StringComparison.Ordinal);
        Assert.StartsWith("apps: undecided metadata.labels", _covers.Tell(Apps with { Properties = "{'metadata': {'name': 'apps', 'labels': '[unknown]'}}" }), StringComparison.Ordinal);
        Assert.StartsWith("apps: undecided metadata.name", _covers.Tell(Apps, Denial("[unknown]", "{}")), StringComparison.Ordinal);
        Assert.StartsWith("istiod: undecided", _covers.Tell(Control, Strict with { Properties = "{'metadata': {'namespace': 'istio-system'}, 'spec': {'mtls': {'mode': '[unknown]'}}}" }), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", _covers.Tell(Control with { Properties = Control.Properties.Replace("'istio-system'", "{'[secret]': 'canary'}", StringComparison.Ordinal) }, Apps), StringComparison.Ordinal);
    }

    [Fact]
    public void The_authority_of_production_is_supplied()
    {
        var certificate = new StackItem(Certificate, "cacerts", "{'metadata': {'namespace': 'istio-system'}, 'spec': {'isCA': true, 'secretName': 'cacerts'}}");

        Assert.Equal(["istiod: Passed"], _supplied.Outcomes(Control, certificate));
        Assert.Equal(["istiod: Passed"], _supplied.Outcomes(Of("'global': {'caAddress': 'cert-manager-istio-csr.cert-manager.svc:443'}")));
        Assert.StartsWith("istiod: : Release 'istiod' makes an authority of its own", _supplied.Tell(Control), StringComparison.Ordinal);
        Assert.StartsWith("istiod: ", _supplied.Tell(Of("'global': {'caAddress': ''}")), StringComparison.Ordinal);
        foreach (var (old, changed) in new[] { ("true", "false"), ("'cacerts'", "'web'"), ("'istio-system'", "'ingress'") })
        {
            Assert.StartsWith("istiod: : ", _supplied.Tell(Control, certificate with { Properties = certificate.Properties.Replace(old, changed, StringComparison.Ordinal) }), StringComparison.Ordinal);
        }

        Assert.StartsWith("istiod: undecided", _supplied.Tell(Control, certificate with { Properties = certificate.Properties.Replace("true", "'[unknown]'", StringComparison.Ordinal) }), StringComparison.Ordinal);
        Assert.StartsWith("istiod: undecided values.global.caAddress", _supplied.Tell(Of("'global': {'caAddress': '[unknown]'}")), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", _supplied.Tell(Control, certificate with { Properties = certificate.Properties.Replace("'cacerts'", "{'[secret]': 'canary'}", StringComparison.Ordinal) }), StringComparison.Ordinal);
        Assert.Equal([": NotApplicable"], _supplied.Outcomes(certificate));
        Assert.Equal(["istiod: NotApplicable"], new RuleUnderTest(new MeshAuthoritySupplied(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet }.Outcomes(Control));
        Assert.Equal(["istiod: Violated"], new RuleUnderTest(new MeshAuthoritySupplied(StrictStacks.Limits.Modes)).Outcomes(Control));
    }

    [Fact]
    public void Declared_callers_are_let_in()
    {
        Assert.Equal(["table: Passed"], _hold.Outcomes(Table, Allow, Plain));
        Assert.Equal(["table: Passed"], _hold.Outcomes(Table, Allow, Plain, Denied with { Name = "default" }, Strict));
        Assert.Equal([": NotApplicable"], _hold.Outcomes(Allow, Plain));
        Assert.Equal([": NotApplicable"], _hold.Outcomes(Table with { Properties = Table.Properties.Replace("'isServer': true", "'isServer': false", StringComparison.Ordinal) }, Allow));
    }

    [Fact]
    public void Declared_callers_that_are_not_let_in_are_told()
    {
        Assert.Contains("table: connections: Connections 'table' declares apps/client to apps/server (TCP 8080), which no AuthorizationPolicy allows.", _hold.Tell(Table, Plain), StringComparison.Ordinal);
        Assert.Contains("which is in no mesh, and the port takes mutual TLS alone.", _hold.Tell(Table, Allow), StringComparison.Ordinal);
        Assert.Contains("apps/client to apps/server (TCP 8080) through the mesh, and the port takes plain text alone.", _hold.Tell(Table, Allow, Changed(Plain, "10013", "8080")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sa/client", "sa/other", "lets example.com/ns/apps/sa/other in to port 8080 of apps/server, which is not declared.")]
    [InlineData("'8080'", "'8080', '5002'", "lets example.com/ns/apps/sa/client in to port 5002 of apps/server, which is not declared.")]
    [InlineData("'10013'", "'10013', '8080'", "lets whoever is in no mesh in to port 8080 of apps/server, which is not declared.")]
    [InlineData("sa/client", "sa/*", "cannot be held against")]
    [InlineData("'principals'", "'namespaces'", "cannot be held against")]
    [InlineData("'ports': ['8080']", "'paths': ['/api']", "cannot be held against")]
    [InlineData("'to': [{'operation': {'ports': ['8080']}}]", "'to': []", "cannot be held against")]
    public void Callers_that_nobody_declared_are_told(string old, string changed, string message) =>
        Assert.Contains($"allow: spec.rules[{(old == "'10013'" ? 1 : 0)}]: AuthorizationPolicy 'allow' {(message[0] == 'c' ? "has a rule here that the declared connections " : "")}{message}", _hold.Tell(Table, Changed(Allow, old, changed), Plain), StringComparison.Ordinal);

    [Fact]
    public void Namespaces_of_declared_pods_are_in_the_mesh()
    {
        var unknown = Changed(Apps, "'enabled'", "'[unknown]'");

        Assert.Equal("", _hold.Tell(Table, Allow, Plain, Apps, Changed(Apps, "'istio-injection': 'enabled'", "'istio.io/rev': 'canary'")));
        Assert.Contains("in a mesh, and Namespace 'apps' is in none: its pods get no sidecars.", _hold.Tell(Table, Allow, Plain, Changed(Apps, "enabled", "disabled")), StringComparison.Ordinal);
        Assert.Contains("in a mesh, and Namespace 'apps' is in none", _hold.Tell(Table, Allow, Plain, Changed(Apps, "'istio-injection': 'enabled'", "'a': 'b'")), StringComparison.Ordinal);
        Assert.Equal("", _hold.Tell(Table, Allow, Plain, Changed(Changed(Apps, "enabled", "disabled"), "'name': 'apps'", "'name': 'other'")));
        Assert.StartsWith("table: undecided connections", _hold.Tell(Table, Allow, Plain, unknown), StringComparison.Ordinal);
    }

    [Fact]
    public void Policies_add_up_wherever_they_are()
    {
        foreach (var place in new[] { "apps", "istio-system" })
        {
            var more = new StackItem(Authorization, "more", $"{{'metadata': {{'namespace': '{place}'}}, 'spec': {{'rules': [{{'from': [{{'source': {{'principals': ['a']}}}}], 'to': [{{'operation': {{'ports': ['1']}}}}]}}]}}}}");
            Assert.StartsWith("more: spec.rules[0]: AuthorizationPolicy 'more' lets a in to port 1 of apps/server", _hold.Tell(Table, Allow, Plain, more), StringComparison.Ordinal);
            Assert.Equal("", _hold.Tell(Table, Allow, Plain, Changed(more, $"'{place}'", "'elsewhere'")));
        }

        Assert.StartsWith("plain: spec.portLevelMtls.9.mode: PeerAuthentication 'plain' takes plain text on port 9 of apps/server", _hold.Tell(Table, Allow, Changed(Plain, "'10013': {'mode': 'DISABLE'}", "'10013': {'mode': 'DISABLE'}, '9': {'mode': 'DISABLE'}")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_of_policies_is_left_open()
    {
        Assert.StartsWith("allow: undecided spec.rules[0]", _hold.Tell(Table, Changed(Allow, "'8080'", "'[unknown]'"), Plain), StringComparison.Ordinal);
        Assert.StartsWith("allow: undecided metadata.namespace", _hold.Tell(Table, Changed(Allow, "'apps'", "'[unknown]'"), Plain), StringComparison.Ordinal);
        Assert.StartsWith("allow: undecided spec.action", _hold.Tell(Table, Changed(Allow, "'rules'", "'action': 'DENY', 'rules'"), Plain), StringComparison.Ordinal);
        Assert.StartsWith("plain: undecided spec.portLevelMtls", _hold.Tell(Table, Allow, Changed(Plain, "'DISABLE'", "'[unknown]'")), StringComparison.Ordinal);
        Assert.StartsWith("table: undecided connections", _hold.Tell(Changed(Table, $"'principal': '{Client}'", "'principal': '[unknown]'")), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", _hold.Tell(Table, Changed(Allow, "'apps'", "{'[secret]': 'apps'}"), Changed(Plain, "'apps'", "{'[secret]': 'canary'}")), StringComparison.Ordinal);
    }

    private static StackItem Table { get; } = new(Connections, "table", "{'ends': {"
        + "'apps/server': {'kind': 'pods', 'namespace': 'apps', 'labels': {'app': 'server'}, 'isPlatform': false, 'ports': [], 'mesh': {'principal': 'example.com/ns/apps/sa/server', 'isServer': true}}, "
        + $"'apps/client': {{'kind': 'pods', 'namespace': 'apps', 'labels': {{'app': 'client'}}, 'isPlatform': false, 'ports': [], 'mesh': {{'principal': '{Client}', 'isServer': false}}}}, "
        + "'kube-system/agent': {'kind': 'pods', 'namespace': 'kube-system', 'labels': {'app': 'agent'}, 'isPlatform': true, 'ports': []}}, "
        + "'connections': [{'from': 'apps/client', 'to': 'apps/server', 'port': 8080, 'protocol': 'TCP'}, {'from': 'kube-system/agent', 'to': 'apps/server', 'port': 10013, 'protocol': 'TCP'}]}");

    private static StackItem Allow { get; } = new(Authorization, "allow", "{'metadata': {'namespace': 'apps'}, 'spec': {'selector': {'matchLabels': {'app': 'server'}}, 'rules': ["
        + $"{{'from': [{{'source': {{'principals': ['{Client}']}}}}], 'to': [{{'operation': {{'ports': ['8080']}}}}]}}, "
        + "{'from': [{'source': {'notPrincipals': ['*']}}], 'to': [{'operation': {'ports': ['10013']}}]}]}}");

    private static StackItem Plain { get; } = new(Peer, "plain", "{'metadata': {'namespace': 'apps'}, 'spec': {'selector': {'matchLabels': {'app': 'server'}}, 'mtls': {'mode': 'STRICT'}, 'portLevelMtls': {'10013': {'mode': 'DISABLE'}}}}");

    private static StackItem Changed(StackItem item, string old, string changed) => item with { Properties = item.Properties.Replace(old, changed, StringComparison.Ordinal) };

    private static StackItem Of(string values) => new(
        Release, "istiod", $"{{'chart': 'istiod', 'version': '1.30.3', 'namespace': 'istio-system', 'values': {{{values}}}}}");

    private static StackItem Denial(string place, string spec) => new(Authorization, "deny", $"{{'metadata': {{'namespace': '{place}'}}, 'spec': {spec}}}");

    private static string Rules(string rule) => $"{{'spec': {{'rules': [{{{rule}}}]}}}}";
}
