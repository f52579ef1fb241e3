using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Mutations.Tests.Judging;
using CantonInfra.Mutations.Tests.Mutating;
using CantonInfra.Policy;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Mutations.Tests;

/// <summary>
/// Mainnet with a service mesh, which no stack has: it breaks no rule, and what makes its objects worse in ways that no single value says is found.
/// </summary>
public sealed class MeshTests(MeshTests.Mainnet mainnet) : IClassFixture<MeshTests.Mainnet>
{
    private const string Peer = "kubernetes:security.istio.io/v1:PeerAuthentication";
    private const string Authorization = "kubernetes:security.istio.io/v1:AuthorizationPolicy";
    private const string Certificate = "kubernetes:cert-manager.io/v1:Certificate";
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Namespace = "kubernetes:core/v1:Namespace";
    private const string Connections = "canton-infra:isolation:Connections";

    [Fact]
    public void It_breaks_no_rule() => Assert.Empty(mainnet.Stack.Violations);

    [Theory]
    [InlineData(Peer, "mesh-strict", "mesh-covers-namespaces", Release)]
    [InlineData(Authorization, "validator-mesh-deny", "mesh-covers-namespaces", Namespace)]
    [InlineData(Authorization, "keycloak-mesh-deny", "mesh-covers-namespaces", Namespace)]
    [InlineData(Certificate, "mesh-cacerts", "mesh-authority-supplied", Release)]
    [InlineData(Authorization, "validator-participant-mesh", "mesh-connections-hold", Connections)]
    [InlineData(Peer, "validator-participant-plain", "mesh-connections-hold", Connections)]
    public void What_is_taken_away_is_missed(string type, string name, string rule, string on) =>
        AssertFound(mainnet.Find(type, name), null, rule, on);

    [Theory]
    [InlineData(Peer, "mesh-strict", "\"STRICT\"", "\"PERMISSIVE\"", "mesh-mtls-strict")]
    [InlineData(Peer, "validator-participant-plain", "\"DISABLE\"", "\"PERMISSIVE\"", "mesh-mtls-strict")]
    [InlineData(Peer, "validator-participant-plain", "10013: kube-system", "1: kube-system", "mesh-mtls-strict")]
    [InlineData(Authorization, "validator-participant-mesh", "sa/validator-app", "sa/*", "mesh-authorization-exact")]
    [InlineData(Authorization, "validator-participant-mesh", "notPrincipals", "notNamespaces", "mesh-authorization-exact")]
    [InlineData(Authorization, "validator-participant-mesh", "sa/validator-app", "sa/participant", "mesh-connections-hold")]
    [InlineData(Authorization, "validator-participant-mesh", "\"5002\"", "\"7575\"", "mesh-connections-hold")]
    [InlineData(Peer, "validator-participant-plain", "\"10013\":", "\"5001\":", "mesh-connections-hold")]
    [InlineData(Release, "istio-istiod", "\"enableAutoMtls\":true", "\"enableAutoMtls\":false", "mesh-covers-namespaces")]
    [InlineData(Release, "istio-istiod", "istio-release.storage.googleapis.com", "charts.example.com", "charts-from-allowed-repositories")]
    [InlineData(Release, "istio-cni", "\"1.30.3\"", "\"1.30\"", "charts-pinned")]
    [InlineData(Certificate, "mesh-cacerts", "\"isCA\":true", "\"isCA\":false", "mesh-authority-supplied", Release)]
    [InlineData(Certificate, "mesh-cacerts", "4096", "1024", "certificates-sound")]
    [InlineData(Namespace, "validator", "\"baseline\"", "\"privileged\"", "namespace-pod-security")]
    public void What_is_made_worse_is_found(string type, string name, string old, string changed, string rule, string on = "itself")
    {
        var resource = mainnet.Find(type, name);
        var text = resource.Inputs.ToString();

        Assert.Contains(old, text, StringComparison.Ordinal);
        AssertFound(resource, Changed(resource, text.Replace(old, changed, StringComparison.Ordinal)), rule, on);
    }

    private static PlannedResource Changed(PlannedResource resource, string text)
    {
        var inputs = PolicySdk.Testing.PropertyNotation.Read(text);
        return resource with { Inputs = inputs, Outputs = new MapValue(resource.Outputs.Entries.SetItems(inputs.Entries)) };
    }

    private void AssertFound(PlannedResource resource, PlannedResource? result, string rule, string on)
    {
        var mutation = new Mutation(resource, result, new MutationKind(resource.Type, "(mesh)", "changed"), [rule], [on]);

        Assert.True(mainnet.Stack.Catches(mutation), $"{rule} does not find it; {string.Join(", ", mainnet.Stack.Finders(mutation))} does.");
    }

    public sealed class Mainnet : IAsyncLifetime
    {
        private StackUnderTest? _stack;

        internal StackUnderTest Stack => _stack!;

        internal PlannedResource Find(string type, string name) =>
            Assert.Single(Stack.Plan.Resources, resource => resource.Type == type && resource.Name == name);

        public async Task InitializeAsync()
        {
            var configuration = StackConfiguration.Load(
                ProjectFile.Load(Golden.Repository), "mainnet", ["canton-infra:mesh={\"mode\":\"istio\"}"], _ => null);
            var preview = await new PreviewEngine(TimeProvider.System).PreviewAsync(new PreviewRequest(configuration, []));
            Assert.True(
                preview.Outcome == PreviewOutcome.Succeeded, string.Join('\n', preview.Diagnostics.Select(diagnostic => diagnostic.Message)));
            _stack = new StackUnderTest(preview.Plan, configuration, Guardrails.Load(Path.Combine(Golden.Repository, "policy"), TimeProvider.System));
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
