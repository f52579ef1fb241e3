using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.Gateways;
using CantonInfra.Policy.Rules.Identity;
using CantonInfra.Policy.Rules.Ledger;
using CantonInfra.Policy.Rules.SupplyChain;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>What rules on pods, services and tokens find among the values of charts.</summary>
public sealed class ChartValueRulesTests
{
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Chart = "kubernetes:helm.sh/v4:Chart";
    private const string Internal = "'service.beta.kubernetes.io/azure-load-balancer-internal'";

    private readonly RuleUnderTest _pinned = new(new ImagesPinned());
    private readonly RuleUnderTest _allowed = new(new ImagesFromAllowedRegistries(
        LimitsFile.Load(Path.Combine(AppContext.BaseDirectory, LimitsFile.Name)).Sources));

    private readonly RuleUnderTest _services = new(new ServicesInternal());
    private readonly RuleUnderTest _audience = new(new AudiencesAreOwn());
    private readonly RuleUnderTest _encryption = new(new CantonTokensTravelEncrypted());

    [Theory]
    [InlineData("{'values': {'image': {'repository': 'grafana/grafana', 'tag': 'latest'}}}", "values.image.tag")]
    [InlineData("{'values': {'parts': [{'image': 'ghcr.io/a/b'}]}}", "values.parts[0].image")]
    [InlineData("{'values': {'web': {'repository': 'a/b', 'tag': 'main'}}}", "values.web.tag")]
    public void Images_that_can_be_others_tomorrow_fail(string chart, string path) => _pinned.Fails(Release, chart, path);

    [Theory]
    [InlineData("{'values': {'image': {'repository': 'grafana/grafana', 'tag': '11.2.0'}}}")]
    [InlineData("{'values': {'image': {'repository': 'grafana/grafana', 'digest': 'sha256:0'}}}")]
    [InlineData("{'values': {'image': {'repository': 'grafana/grafana', 'tag': ''}, 'sources': {'repository': 'https://git.example.com/a', 'tag': 'main'}}}")]
    [InlineData("{'values': {'logo': {'image': 'https://example.com/logo.png'}}}")]
    [InlineData("{'values': {'image': {'repository': {'[secret]': 'a/b'}, 'tag': {'[secret]': '1.0'}}}}")]
    public void Images_of_a_version_or_of_the_chart_pass(string chart) => _pinned.Passes(Chart, chart);

    [Fact]
    public void Registries_of_images_in_values_are_judged()
    {
        _allowed.Fails(Release, "{'values': {'image': {'repository': 'grafana/grafana'}}}", "values.image.repository");
        _allowed.Fails(Release, "{'values': {'image': {'registry': 'ghcr.io', 'repository': 'a/b', 'tag': '1'}}}", "values.image.tag");
        _allowed.Passes(Release, "{'values': {'image': {'registry': 'quay.io', 'repository': 'jetstack/cert-manager-controller', 'tag': 'v1.18.2'}}}");
        _allowed.KeepsSecret(Release, "{'values': {'image': {'repository': 'a/b'}, 'key': {'[secret]': 'SECRET'}}}", "values.image.repository");
    }

    [Theory]
    [InlineData("{'values': {'service': {'type': 'LoadBalancer'}}}", "values.service.type")]
    [InlineData("{'values': {'web': {'httpService': {'type': 'NodePort'}}}}", "values.web.httpService.type")]
    public void Services_that_are_reached_from_outside_fail(string chart, string path) => _services.Fails(Release, chart, path);

    [Theory]
    [InlineData("{'values': {'service': {'type': 'LoadBalancer', 'annotations': {" + Internal + ": 'true'}}}}")]
    [InlineData("{'values': {'service': {'type': 'ClusterIP'}, 'storage': {'type': 'LoadBalancer'}}}")]
    public void Services_that_are_reached_from_inside_pass(string chart) => _services.Passes(Release, chart);

    [Fact]
    public void Annotations_that_are_not_known_are_undecided() => _services.IsUndecided(
        Release, "{'values': {'service': {'type': 'LoadBalancer', 'annotations': {" + Internal + ": '[unknown]'}}}}", "values.service.annotations");

    [Fact]
    public void The_audience_of_examples_is_found_in_values()
    {
        _audience.Fails(Release, "{'values': {'auth': {'targetAudience': 'https://canton.network.global'}}}", "values.auth.targetAudience");
        _audience.Passes(Release, "{'values': {'auth': {'targetAudience': 'https://ledger.example.com', 'audience': '[unknown]'}}}");
    }

    [Fact]
    public void Keys_for_tokens_come_encrypted()
    {
        _encryption.Fails(Release, "{'values': {'auth': {'jwksUrl': 'http://id.example.com/keys'}}}", "values.auth.jwksUrl");
        _encryption.Passes(Release, "{'values': {'auth': {'jwksUrl': 'https://id.example.com/keys'}}}");
    }
}
