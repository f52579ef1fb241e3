using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Ingress;

public sealed class EnvoyGatewayTests
{
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public async Task The_class_that_gateways_name_comes_after_its_controller()
    {
        var mocks = await DeclareAsync(IngressImages.ByTag);

        var release = mocks.Inputs(Release);
        Assert.Equal(EnvoyGateway.Contract.Version, release.At("version"));
        Assert.EndsWith($"/{EnvoyGateway.Contract.Chart}", (string)release.At("chart")!, StringComparison.Ordinal);
        var kind = mocks.Inputs("kubernetes:gateway.networking.k8s.io/v1:GatewayClass");
        Assert.Equal((EnvoyGateway.ClassName, "gateway.envoyproxy.io/gatewayclass-controller"), (kind.At("metadata.name"), kind.At("spec.controllerName")));
        mocks.AssertBefore("Release gateways", "GatewayClass gateways-class");
    }

    [Fact]
    public async Task One_of_its_two_controllers_is_always_there()
    {
        var release = (await DeclareAsync(IngressImages.ByTag)).Inputs(Release);

        Assert.Equal(2.0, release.At("values.deployment.replicas"));
        Assert.Equal(1.0, release.At("values.podDisruptionBudget.minAvailable"));
        Assert.Equal("1Gi", release.At("values.deployment.envoyGateway.resources.limits.memory"));
        Assert.NotNull(release.At("values.certgen.job.resources.limits.memory"));
        Assert.Equal(false, release.At("values.topologyInjector.enabled"));
    }

    // The chart splits the image at the first colon: the tag has to stay before the digest.
    [Fact]
    public async Task Its_image_is_pinned_where_a_digest_is_given()
    {
        Assert.Null((await DeclareAsync(IngressImages.ByTag)).Inputs(Release).At("values.global"));
        Assert.Equal(
            $"docker.io/envoyproxy/gateway:{EnvoyGateway.Contract.Version}@{Digest}",
            (await DeclareAsync(IngressImages.ByTag with { EnvoyGateway = Digest })).Inputs(Release).At("values.global.images.envoyGateway.image"));
    }

    private static Task<CloudMocks> DeclareAsync(IngressImages images) =>
        CloudMocks.RunAsync(() => _ = new EnvoyGateway("gateways", Gateways.Home(), images));
}
