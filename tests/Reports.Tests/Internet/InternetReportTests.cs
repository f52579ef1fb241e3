using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Internet;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Tests.Internet;

public sealed class InternetReportTests
{
    private const string Address = "azure-native:network:PublicIPAddress";

    [Fact]
    public async Task Mainnet_is_reached_through_the_firewall_and_by_the_public_gateway_only()
    {
        var internet = InternetReport.Of(new PlanIndex(await StackPlan.OfAsync("mainnet")));

        var address = Assert.Single(internet.Addresses);
        Assert.Equal(("pip-canton-mainnet-egress", "firewall 'afw-canton-mainnet-egress'", true), (address.Name, address.Use, address.LetsIn));
        Assert.All(internet.Entrances, entrance => Assert.Equal(
            "pip-canton-mainnet-egress → firewall 'afw-canton-mainnet-egress' → load balancer 10.42.2.4:443 → gateway 'public'", string.Join(" → ", entrance.Way)));
        Assert.All(internet.Entrances, entrance => Assert.Equal(("anybody", "TCP 443", "TLS 1.2 or later"), (entrance.From, entrance.Port, entrance.Asks)));
        Assert.Equal(
            [
                "auth.mainnet.canton.example.com /auth/realms/validator,/auth/resources keycloak/keycloak:8080",
                "cns.validator.mainnet.canton.example.com / validator/ans-web-ui:80",
                "cns.validator.mainnet.canton.example.com /api/validator validator/validator-app:5003",
                "cns.validator.mainnet.canton.example.com /api/validator/v0/admin nothing: the gateway refuses",
            ],
            internet.Entrances.Take(4).Select(Text).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(internet.Entrances, entrance => entrance.Host.StartsWith("auth-admin", StringComparison.Ordinal) || entrance.Paths.Contains("/auth/realms/master"));
        Assert.True(internet.Doors.Length > 10);
        Assert.All(internet.Doors, door => Assert.Equal(DoorState.Closed, door.State));
    }

    [Fact]
    public async Task What_goes_out_of_mainnet_goes_by_the_firewall_to_named_hosts()
    {
        var internet = InternetReport.Of(new PlanIndex(await StackPlan.OfAsync("mainnet")));

        var rule = Assert.Single(internet.Allowed, allowed => allowed.Rule == "super-validators");
        Assert.Equal(["aks-user", "*.global.canton.network.sync.global", "HTTPS 443"], rule.From.Concat(rule.Hosts).Concat(rule.Ports));
        Assert.Equal(["aks-system", "aks-user", "runner"], internet.Ways.Where(way => way.IsByHost).Select(way => way.Subnet).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(internet.Ways, way => way.Way.EndsWith(SubnetWay.EveryHost, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Devnet_has_an_address_for_what_comes_in_and_one_for_what_goes_out()
    {
        var internet = InternetReport.Of(new PlanIndex(await StackPlan.OfAsync("devnet")));

        Assert.Equal(
            [("pip-canton-devnet-egress", false), ("pip-canton-devnet-ingress", true)],
            internet.Addresses.Select(address => (address.Name, address.LetsIn == true)));
        Assert.All(internet.Entrances, entrance => Assert.Equal("pip-canton-devnet-ingress → load balancer → gateway 'public'", string.Join(" → ", entrance.Way)));
        Assert.Contains(internet.Ways, way => way is { Subnet: "aks-user", IsByHost: false } && way.Way.EndsWith(SubnetWay.EveryHost, StringComparison.Ordinal));
        Assert.Empty(internet.Allowed);
    }

    [Fact]
    public void What_has_an_address_and_cannot_be_followed_is_not_known()
    {
        var address = Resource(Address, "front", Sample.Map(("publicIpAddressName", "pip-front")));
        var gateway = Resource("azure-native:network:ApplicationGateway", "waf", Sample.Map(), ("frontendIPConfigurations", address.Urn));

        var internet = Of(address, gateway);

        Assert.Equal([("pip-front", "ApplicationGateway 'waf'", null)], internet.Addresses.Select(each => (each.Name, each.Use, each.LetsIn)));
        Assert.Contains("not followed", Assert.Single(internet.Entrances).Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LoadBalancer", "", 1)]
    [InlineData("LoadBalancer", "true", 0)]
    [InlineData("ClusterIP", "", 0)]
    public void A_service_with_a_load_balancer_answers_to_the_internet(string type, string isInternal, int expected)
    {
        var service = Resource("kubernetes:core/v1:Service", "db", Sample.Map(
            ("metadata", Sample.Map(
                ("namespace", "data"), ("name", "db"),
                ("annotations", Sample.Map(("service.beta.kubernetes.io/azure-load-balancer-internal", isInternal))))),
            ("spec", Sample.Map(
                ("type", type), ("loadBalancerSourceRanges", PropertyValue.Of(new StringValue("203.0.113.0/24"))), ("ports", PropertyValue.Of(Sample.Map(("port", 5432d))))))));

        var internet = Of(service);

        Assert.Equal(expected, internet.Entrances.Length);
        Assert.All(internet.Entrances, entrance => Assert.Equal(("data/db:5432", "203.0.113.0/24", "TCP 5432"), (entrance.Target, entrance.From, entrance.Port)));
    }

    [Fact]
    public void A_gateway_says_whom_it_asks_for_a_certificate_and_whom_it_admits()
    {
        MapValue Meta(string name) => Sample.Map(("namespace", "ingress"), ("name", name));
        var gateway = Resource("kubernetes:gateway.networking.k8s.io/v1:Gateway", "web", Sample.Map(
            ("metadata", Meta("web")),
            ("spec", Sample.Map(("listeners", new ListValue(
            [
                Sample.Map(("name", "api"), ("port", 443d), ("protocol", "HTTPS"), ("hostname", "api.example.com")),
                Sample.Map(("name", "open"), ("port", 80d), ("protocol", "HTTP"), ("hostname", "open.example.com")),
            ]))))));
        var policy = Resource("kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", "peers", Sample.Map(
            ("metadata", Meta("peers")),
            ("spec", Sample.Map(
                ("targetRefs", PropertyValue.Of(Sample.Map(("kind", "Gateway"), ("name", "web"), ("sectionName", "api")))),
                ("tls", Sample.Map(("minVersion", "1.3"), ("clientValidation", Sample.Map(("optional", false)))))))));
        PlannedResource Route(string name, string section) => Resource("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", name, Sample.Map(
            ("metadata", Meta(name)),
            ("spec", Sample.Map(
                ("parentRefs", PropertyValue.Of(Sample.Map(("name", "web"), ("sectionName", section)))),
                ("rules", PropertyValue.Of(Sample.Map(("backendRefs", PropertyValue.Of(Sample.Map(("name", name), ("port", 8080d)))))))))));
        var admitted = Resource("kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy", "admitted", Sample.Map(
            ("metadata", Meta("admitted")),
            ("spec", Sample.Map(
                ("authorization", Sample.Map(
                    ("defaultAction", "Deny"),
                    ("rules", PropertyValue.Of(Sample.Map(("action", "Allow"), ("principal", Sample.Map(("clientCIDRs", PropertyValue.Of(new StringValue("198.51.100.0/24")))))))))),
                ("targetRefs", PropertyValue.Of(Sample.Map(("kind", "HTTPRoute"), ("name", "api"))))))));

        var internet = Of(gateway, policy, Route("api", "api"), Route("open", "open"), admitted);

        Assert.Equal(
            [
                ("api.example.com", "TLS 1.3 or later, a client's certificate", "198.51.100.0/24", "ingress/api:8080"),
                ("open.example.com", "nothing: no TLS", "anybody", "ingress/open:8080"),
            ],
            internet.Entrances.Select(entrance => (entrance.Host, entrance.Asks, entrance.From, entrance.Target)));
    }

    [Fact]
    public void A_firewall_that_hands_on_to_something_else_is_told()
    {
        var address = Resource(Address, "address", Sample.Map());
        var firewall = Resource("azure-native:network:AzureFirewall", "wall", Sample.Map(), ("ipConfigurations", address.Urn));
        var rules = Resource("azure-native:network:FirewallPolicyRuleCollectionGroup", "rules", Sample.Map(("ruleCollections", PropertyValue.Of(Sample.Map(
            ("ruleCollectionType", "FirewallPolicyNatRuleCollection"),
            ("rules", PropertyValue.Of(Sample.Map(
                ("ipProtocols", PropertyValue.Of(new StringValue("TCP"))), ("destinationPorts", PropertyValue.Of(new StringValue("22"))),
                ("sourceAddresses", PropertyValue.Of(new StringValue("203.0.113.7"))), ("translatedAddress", "10.0.0.4"), ("translatedPort", "22")))))))));

        var entrance = Assert.Single(Of(address, firewall, rules).Entrances);

        Assert.Equal(("any host", "TCP 22", "203.0.113.7", "10.0.0.4:22"), (entrance.Host, entrance.Port, entrance.From, entrance.Target));
    }

    [Theory]
    [InlineData("Disabled", "", DoorState.Closed)]
    [InlineData("Enabled", "", DoorState.Open)]
    [InlineData("Enabled", "Deny", DoorState.Limited)]
    [InlineData("", "", DoorState.Open)]
    [InlineData("", "Deny", DoorState.Limited)]
    [InlineData("?", "", DoorState.Unknown)]
    public void A_service_is_open_unless_it_says_that_it_is_not(string access, string action, object expected)
    {
        var inputs = new List<(string, PropertyValue)>();
        if (access.Length > 0)
        {
            inputs.Add(("publicNetworkAccess", access == "?" ? PropertyValue.Unknown : new StringValue(access)));
        }

        if (action.Length > 0)
        {
            inputs.Add(("networkRuleSet", Sample.Map(("defaultAction", action))));
        }

        Assert.Equal(expected, Assert.Single(Of(Resource("azure-native:storage:StorageAccount", "store", Sample.Map([.. inputs]))).Doors).State);
    }

    private static string Text(Entrance entrance) => $"{entrance.Host} {string.Join(',', entrance.Paths)} {entrance.Target}";

    private static InternetReport Of(params PlannedResource[] resources) => InternetReport.Of(new PlanIndex(Plan.Create("sample", "mainnet", resources)));

    private static PlannedResource Resource(string type, string name, MapValue inputs, params (string Property, string Urn)[] from) => new()
    {
        Urn = Sample.Urn("mainnet", type, name),
        Type = type,
        Name = name,
        Kind = ResourceKind.Custom,
        Inputs = inputs,
        Outputs = inputs,
        Dependencies = [.. from.Select(each => each.Urn)],
        PropertyDependencies = from.ToImmutableSortedDictionary(each => each.Property, each => ImmutableArray.Create(each.Urn), StringComparer.Ordinal),
    };
}
