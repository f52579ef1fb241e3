using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.SupplyChain;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class SupplyChainRulesTests
{
    private const string Pod = "kubernetes:core/v1:Pod";
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Chart = "kubernetes:helm.sh/v4:Chart";
    private const string Proxy = "kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy";

    private static readonly SourceLimits Limits = new(
    [
        new SourceLimit(
            [new NamePattern("*")],
            [new SourcePattern("ghcr.io/digital-asset"), new SourcePattern("crcanton*.azurecr.io"), new SourcePattern("docker.io/library")],
            [new SourcePattern("ghcr.io/digital-asset/helm"), new SourcePattern("charts.jetstack.io")],
            "they are ours"),
    ]);

    private readonly RuleUnderTest _pinned = new(new ImagesPinned());
    private readonly RuleUnderTest _allowed = new(new ImagesFromAllowedRegistries(Limits));
    private readonly RuleUnderTest _versions = new(new ChartsPinned());
    private readonly RuleUnderTest _repositories = new(new ChartsFromAllowedRepositories(Limits));

    [Fact]
    public void Other_types_are_the_business_of_none() => Assert.All(
        [_pinned, _allowed, _versions, _repositories], rule => rule.IsNotApplicable("kubernetes:core/v1:ConfigMap"));

    [Theory]
    [InlineData("ghcr.io/digital-asset/app:0.6.11")]
    [InlineData("localhost:5000/app:v1")]
    [InlineData("postgres@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("app:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void Versions_and_digests_pass(string image) => _pinned.Passes(Pod, Image(image));

    [Theory]
    [InlineData("postgres")]
    [InlineData("localhost:5000/app")]
    [InlineData("app:latest")]
    [InlineData("app:latest-14")]
    [InlineData("app:stable")]
    public void Tags_that_move_fail(string image) => _pinned.Fails(Pod, Image(image), "spec.containers[0].image");

    [Fact]
    public void Unknown_missing_and_secret_images()
    {
        _pinned.Fails(Pod, "{'spec': {'initContainers': [{'name': 'a'}]}}", "spec.initContainers[0].image");
        _pinned.IsUndecided(Pod, Image("[unknown]"), "spec.containers[0].image");
        _pinned.KeepsSecret(Pod, "{'spec': {'containers': [{'image': {'[secret]': 'SECRET/app:latest'}}]}}", "spec.containers[0].image");
        _allowed.Passes(Pod, "{'spec': {'containers': [{}]}}");
        _allowed.IsUndecided(Pod, Image("[unknown]"), "spec.containers[0].image");
        _allowed.KeepsSecret(Pod, "{'spec': {'containers': [{'image': {'[secret]': 'SECRET'}}]}}", "spec.containers[0].image");
    }

    [Theory]
    [InlineData("ghcr.io/digital-asset/decentralized-canton-sync/docker/validator-app:0.6.11")]
    [InlineData("crcantondevnet.azurecr.io/services/api:1")]
    [InlineData("postgres:14")]
    public void Allowed_registries_pass(string image) => _allowed.Passes(Pod, Image(image));

    [Theory]
    [InlineData("ghcr.io/digital-asset-evil/app:1")]
    [InlineData("ghcr.io/other/app:1")]
    [InlineData("crcanton.evil.azurecr.io/app:1")]
    [InlineData("cr.azurecr.io/app:1")]
    [InlineData("somebody/postgres:14")]
    [InlineData("ghcr.io.evil.com/digital-asset/app:1")]
    public void Others_fail(string image) => _allowed.Fails(Pod, Image(image), "spec.containers[0].image");

    [Theory]
    [InlineData("{'values': {'replicas': 2}}", "")]
    [InlineData("{'values': {'image': {'repository': 'ghcr.io/digital-asset/app', 'tag': '1.2.3'}}}", "")]
    [InlineData("{'values': {'imageRegistry': 'ghcr.io'}}", "")]
    [InlineData("{'values': {'server': {'image': {'registry': 'quay.io', 'repository': 'somebody/app'}}}}", "values.server.image.repository")]
    [InlineData("{'values': {'image': 'quay.io/somebody/app:1.2.3'}}", "values.image")]
    [InlineData("{'values': {'imageRepo': 'registry.example.net/anything'}}", "values.imageRepo")]
    [InlineData("{'values': {'global': {'imageRegistry': 'registry.example.net'}}}", "values.global.imageRegistry")]
    public void Images_in_values_of_charts_come_from_allowed_registries(string properties, string path)
    {
        if (path.Length == 0)
        {
            _allowed.Passes(Release, properties);
        }
        else
        {
            _allowed.Fails(Release, properties, path);
        }
    }

    [Fact]
    public void Images_in_values_and_of_proxies_are_pinned()
    {
        const string Image = "spec.provider.kubernetes.envoyDeployment.container.image";
        const string Named = "{'spec': {'provider': {'kubernetes': {'envoyDeployment': {'container': {'image': IMAGE}}}}}}";

        _pinned.Passes(Release, "{'values': {'image': {'repository': 'app', 'tag': 'v1.2.3'}, 'sidecar': {'image': {'tag': ''}}}}");
        _pinned.Fails(Release, "{'values': {'image': {'repository': 'app', 'tag': 'main'}}}", "values.image.tag");
        _pinned.Passes(Proxy, Named.Replace("IMAGE", "'docker.io/envoyproxy/envoy:v1.38.3'", StringComparison.Ordinal));
        _pinned.Fails(Proxy, Named.Replace("IMAGE", "'docker.io/envoyproxy/envoy'", StringComparison.Ordinal), Image);
        _pinned.IsUndecided(Proxy, Named.Replace("IMAGE", "'[unknown]'", StringComparison.Ordinal), Image);
        _allowed.Fails(Proxy, Named.Replace("IMAGE", "'docker.io/anybody/anything:1'", StringComparison.Ordinal), Image);
        _allowed.KeepsSecret(Proxy, Named.Replace("IMAGE", "{'[secret]': 'SECRET'}", StringComparison.Ordinal), Image);
    }

    [Fact]
    public void The_message_names_what_is_allowed_and_why() => Assert.Contains(
        "Allowed are ghcr.io/digital-asset, crcanton*.azurecr.io, docker.io/library: they are ours.",
        new RuleUnderTest(new ImagesFromAllowedRegistries(Limits)) { Stack = StackContext.From(new AnalyzerStackConfigureRequest { Stack = "mainnet" }) }
            .Fails(Pod, Image("quay.io/a:1"), "spec.containers[0].image"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(Release, "{'chart': 'oci://ghcr.io/digital-asset/helm/splice', 'version': '0.6.11'}")]
    [InlineData(Chart, "{'chart': 'cert-manager', 'version': 'v1.18.2-beta.1', 'repositoryOpts': {'repo': 'https://charts.jetstack.io/'}}")]
    public void Exact_versions_from_allowed_repositories_pass(string type, string properties)
    {
        _versions.Passes(type, properties);
        _repositories.Passes(type, properties);
    }

    [Theory]
    [InlineData("{'chart': './charts/app'}")]
    [InlineData("{'chart': '/charts/app'}")]
    public void Charts_beside_the_program_are_reviewed_there(string properties)
    {
        _versions.IsNotApplicable(Release, properties);
        _repositories.IsNotApplicable(Release, properties);
    }

    [Theory]
    [InlineData("{'chart': 'oci://a/b'}")]
    [InlineData("{'chart': 'oci://a/b', 'version': '^1.2.3'}")]
    [InlineData("{'chart': 'oci://a/b', 'version': '1.2'}")]
    [InlineData("{'chart': 'oci://a/b', 'version': '1.x.x'}")]
    [InlineData("{'chart': 'oci://a/b', 'version': '>=1.2.3 <2.0.0'}")]
    public void Other_versions_fail(string properties) => _versions.Fails(Release, properties, "version");

    [Theory]
    [InlineData("{'chart': 'oci://ghcr.io/somebody/helm/splice'}", "chart")]
    [InlineData("{'chart': 'cert-manager'}", "chart")]
    [InlineData("{'chart': 'cert-manager', 'repositoryOpts': {'repo': 'http://charts.jetstack.io'}}", "repositoryOpts.repo")]
    [InlineData("{'chart': 'cert-manager', 'fetchOpts': {'repo': 'https://charts.example.com'}}", "fetchOpts.repo")]
    [InlineData("{'chart': 'oci://ghcr.io/somebody/helm/splice', 'repositoryOpts': {'repo': 'https://charts.jetstack.io'}}", "chart")]
    public void Other_repositories_fail(string properties, string path) => _repositories.Fails(Release, properties, path);

    [Fact]
    public void Unknown_and_secret_charts()
    {
        _versions.IsUndecided(Release, "{'chart': '[unknown]'}", "chart");
        _versions.IsUndecided(Release, "{'chart': 'oci://a/b', 'version': '[unknown]'}", "version");
        _versions.KeepsSecret(Release, "{'chart': 'oci://a/b', 'version': {'[secret]': 'SECRET'}}", "version");
        _repositories.IsUndecided(Release, "{'chart': 'a', 'repositoryOpts': '[unknown]'}", "repositoryOpts");
        _repositories.IsUndecided(Release, "{'chart': '[unknown]', 'repositoryOpts': {'repo': 'https://charts.jetstack.io'}}", "chart");
        _repositories.Fails(Release, "{'chart': '[unknown]', 'repositoryOpts': {'repo': 'https://charts.example.com'}}", "repositoryOpts.repo");
        _repositories.KeepsSecret(Release, "{'chart': 'a', 'repositoryOpts': {'repo': {'[secret]': 'SECRET'}}}", "repositoryOpts.repo");
    }

    private static string Image(string image) => $"{{'spec': {{'containers': [{{'name': 'app', 'image': '{image}'}}]}}}}";
}
