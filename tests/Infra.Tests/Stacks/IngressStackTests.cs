using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Tests.Support;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>What whole environments show to the outside (A8).</summary>
public sealed class IngressStackTests
{
    private const string Gateway = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
    private const string Route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
    private const string ClientPolicy = "kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy";

    private static readonly Lazy<Task<Plan>> Mainnet = new(() => PreviewAsync("mainnet", ""));

    private static readonly Lazy<Task<Plan>> WithPeers = new(() => PreviewAsync("devnet", $"""
          canton-infra:ingress:
            peers:
              - name: exchange.example.com
                authority: |
        {PeerAuthority.Pem}
        """));

    [Fact]
    public async Task Gateways_take_HTTPS_and_nothing_else()
    {
        var listeners = (await Mainnet.Value).Resources.Where(resource => resource.Type == Gateway)
            .SelectMany(gateway => List(gateway.Inputs, "spec.listeners")).ToList();

        Assert.NotEmpty(listeners);
        Assert.All(listeners, listener => Assert.Equal(("HTTPS", "Terminate", 443.0), (Text(listener, "protocol"), Text(listener, "tls.mode"), Number(listener, "port"))));
    }

    // Pages, the API that they use, sign-ins: 5001, 5002 and 7575 of participants and 9000 of Keycloak are not among them.
    [Fact]
    public async Task Routes_lead_to_pages_their_API_and_sign_ins()
    {
        var backends = (await WithPeers.Value).Resources.Where(resource => resource.Type == Route)
            .SelectMany(route => List(route.Inputs, "spec.rules"))
            .SelectMany(rule => List(rule, "backendRefs"))
            .Select(backend => $"{Text(backend, "name")}:{Number(backend, "port")}")
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["ans-web-ui:80", "keycloak:8080", "validator-app:5003", "wallet-web-ui:80"], backends);
    }

    [Fact]
    public async Task From_outside_people_s_realm_is_all_there_is_of_Keycloak()
    {
        var routes = (await Mainnet.Value).Resources
            .Where(resource => resource.Type == Route && Text(resource.Inputs, "metadata.namespace") == "keycloak").ToList();

        var outside = Assert.Single(routes, route => List(route.Inputs, "spec.parentRefs").Any(parent => Text(parent, "name") == "public"));
        Assert.Equal(["/auth/realms/validator", "/auth/resources"], Paths(outside).AsEnumerable());
        Assert.Contains(routes, route => Paths(route).Contains("/auth"));
    }

    // The network's own way to the console and the first realm is for the machine that deploys.
    [Fact]
    public async Task Keycloak_is_administered_from_where_deployments_run()
    {
        var plan = await Mainnet.Value;
        var guard = Assert.Single(plan.Resources, resource => resource.Type == "kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy");

        Assert.Equal("Deny", Text(guard.Inputs, "spec.authorization.defaultAction"));
        var rule = Assert.Single(List(guard.Inputs, "spec.authorization.rules"));
        Assert.Equal("10.42.3.192/27", Assert.IsType<StringValue>(Assert.Single(List(rule, "principal.clientCIDRs"))).Value);
        Assert.Equal(
            plan.Resources.Where(resource => resource.Type == Route
                    && List(resource.Inputs, "spec.parentRefs").All(parent => Text(parent, "name") == "internal"))
                .Select(resource => Text(resource.Inputs, "metadata.name")).Order(),
            List(guard.Inputs, "spec.targetRefs").Select(target => Text(target, "name")).Order());
    }

    [Fact]
    public async Task A_validator_s_administration_answers_that_there_is_nothing()
    {
        var routes = (await WithPeers.Value).Resources
            .Where(resource => resource.Type == Route && Text(resource.Inputs, "metadata.namespace") == "validator").ToList();

        Assert.Equal(3, routes.Count);
        Assert.All(routes, route =>
        {
            var rule = List(route.Inputs, "spec.rules").Single(rule => PathsOf(rule).Contains("/api/validator/v0/admin"));
            Assert.Empty(List(rule, "backendRefs"));
            Assert.Equal("not-found", Text(List(rule, "filters").Single(), "extensionRef.name"));
        });
    }

    // A8
    [Fact]
    public async Task Machines_show_a_certificate_of_their_own_authority_and_with_their_own_name()
    {
        var plan = await WithPeers.Value;

        var policy = plan.Resources.Single(resource => resource.Type == ClientPolicy && resource.Name == "public-validator-peers-clients");
        Assert.Equal("validator-peers", Text(List(policy.Inputs, "spec.targetRefs").Single(), "sectionName"));
        Assert.Equal("1.2", Text(policy.Inputs, "spec.tls.minVersion"));
        Assert.Equal("exchange.example.com", Text(List(policy.Inputs, "spec.tls.clientValidation.subjectAltNames.dnsNames").Single(), "value"));
        var authorities = plan.Resources.Single(resource => resource.Name == "public-validator-peers-authorities");
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", Member(At(authorities.Inputs, "data"), "ca.crt"), StringComparison.Ordinal);
        var listener = plan.Resources.Where(resource => resource.Type == Gateway).SelectMany(gateway => List(gateway.Inputs, "spec.listeners"))
            .Single(listener => Text(listener, "name") == "validator-peers");
        Assert.Equal("api.validator.devnet.canton.example.com", Text(listener, "hostname"));
    }

    [Fact]
    public async Task Without_peers_there_is_no_host_for_machines() => Assert.DoesNotContain(
        (await Mainnet.Value).Resources, resource => resource.Name.Contains("peers", StringComparison.Ordinal));

    [Fact]
    public async Task Answers_ask_browsers_to_stay_with_HTTPS_and_requests_are_limited()
    {
        var plan = await Mainnet.Value;

        Assert.All(plan.Resources.Where(resource => resource.Type == ClientPolicy), policy => Assert.Equal(
            ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
            (Text(List(policy.Inputs, "spec.headers.lateResponseHeaders.set").Single(), "name"),
                Text(List(policy.Inputs, "spec.headers.lateResponseHeaders.set").Single(), "value"))));
        Assert.All(
            plan.Resources.Where(resource => resource.Type.EndsWith(":BackendTrafficPolicy", StringComparison.Ordinal)),
            policy => Assert.Equal(100.0, Number(List(policy.Inputs, "spec.rateLimit.local.rules").Single(), "limit.requests")));
    }

    // Only gateways have load balancers: the quota of every other namespace is none.
    [Fact]
    public async Task Load_balancers_are_those_of_gateways()
    {
        var quotas = (await Mainnet.Value).Resources.Where(resource => resource.Type == "kubernetes:core/v1:ResourceQuota")
            .ToDictionary(
                resource => Text(resource.Inputs, "metadata.namespace")!,
                resource => Member(At(resource.Inputs, "spec.hard"), "services.loadbalancers"));

        Assert.Equal("2", quotas["ingress"]);
        Assert.All(quotas.Where(quota => quota.Key != "ingress"), quota => Assert.Equal("0", quota.Value));
    }

    [Fact]
    public async Task With_a_provider_outside_there_is_no_internal_gateway_and_nothing_of_Keycloak()
    {
        var file = Path.Combine(ProjectFolder.Repository, "tests", "Infra.Tests", "Settings", "Reference", "environment-auth0.yaml");
        using var folder = new ProjectFolder("mainnet", await File.ReadAllTextAsync(file));
        var plan = (await folder.PreviewAsync()).Plan;

        Assert.Equal("public", Text(Assert.Single(plan.Resources, resource => resource.Type == Gateway).Inputs, "metadata.name"));
        Assert.DoesNotContain(plan.Resources, resource => resource.Name.StartsWith("keycloak", StringComparison.Ordinal));
    }

    private static async Task<Plan> PreviewAsync(string stack, string addition)
    {
        using var folder = new ProjectFolder(stack, ProjectFolder.StackFile(stack) + addition + "\n");
        var result = await folder.PreviewAsync();
        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        return result.Plan;
    }

    private static ImmutableArray<string> Paths(PlannedResource route) =>
        [.. List(route.Inputs, "spec.rules").SelectMany(PathsOf)];

    private static IEnumerable<string> PathsOf(PropertyValue rule) => List(rule, "matches").Select(match => Text(match, "path.value")!);

    private static PropertyValue? At(PropertyValue value, string path)
    {
        PropertyValue? current = value;
        foreach (var part in path.Split('.'))
        {
            current = current is MapValue map && map.Entries.TryGetValue(part, out var member) ? member : null;
        }

        return current;
    }

    private static string? Text(PropertyValue value, string path) => (At(value, path) as StringValue)?.Value;

    private static double? Number(PropertyValue value, string path) => (At(value, path) as NumberValue)?.Value;

    // Of a name that has dots itself.
    private static string Member(PropertyValue? map, string name) =>
        Assert.IsType<StringValue>(Assert.IsType<MapValue>(map).Entries[name]).Value;

    private static ImmutableArray<PropertyValue> List(PropertyValue value, string path) =>
        At(value, path) is ListValue list ? list.Items : [];
}
