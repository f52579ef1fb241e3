using System.Collections.Concurrent;
using System.Collections.Immutable;
using Moq;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Testing;

namespace CantonInfra.Packages.Tests.Overlays;

/// <summary>Objects of kinds that the Kubernetes package does not know.</summary>
public sealed class CustomResourceTests
{
    [Fact]
    public async Task The_type_is_made_of_version_and_kind_and_the_inputs_are_those_of_the_class()
    {
        var seen = await RunAsync(() => _ = new Pulumi.Kubernetes.ApiExtensions.CustomResource("one", new IssuerArgs
        {
            Metadata = new ObjectMetaArgs { Name = "self", Namespace = "pki" },
            Spec = new IssuerSpecArgs { SelfSigned = new Dictionary<string, object>().ToImmutableDictionary() },
        }));

        Assert.Equal("kubernetes:cert-manager.io/v1:Issuer", seen.Type);
        Assert.Equal("cert-manager.io/v1", seen.Inputs["apiVersion"]);
        Assert.Equal("Issuer", seen.Inputs["kind"]);
        Assert.Equal("self", ((ImmutableDictionary<string, object>)seen.Inputs["metadata"])["name"]);
        Assert.True(((ImmutableDictionary<string, object>)seen.Inputs["spec"]).ContainsKey("selfSigned"));
    }

    [Fact]
    public async Task Outputs_are_those_that_every_object_has()
    {
        Pulumi.Kubernetes.ApiExtensions.CustomResource? issuer = null;
        await RunAsync(() => issuer = new("one", new IssuerArgs { Metadata = new ObjectMetaArgs { Name = "self" } }));

        Assert.Equal("Issuer", await Pulumi.Utilities.OutputUtilities.GetValueAsync(issuer!.Kind));
        Assert.Equal("cert-manager.io/v1", await Pulumi.Utilities.OutputUtilities.GetValueAsync(issuer.ApiVersion));
        Assert.Equal("self", (await Pulumi.Utilities.OutputUtilities.GetValueAsync(issuer.Metadata)).Name);
    }

    [Fact]
    public void An_object_needs_args() => Assert.Throws<ArgumentNullException>(
        () => new Pulumi.Kubernetes.ApiExtensions.CustomResource("one", null!));

    private static async Task<MockResourceArgs> RunAsync(Action declare)
    {
        var seen = new ConcurrentQueue<MockResourceArgs>();
        var mocks = new Mock<IMocks>();
        mocks.Setup(one => one.NewResourceAsync(It.IsAny<MockResourceArgs>())).ReturnsAsync((MockResourceArgs args) =>
        {
            seen.Enqueue(args);
            return (args.Name, args.Inputs);
        });
        await Deployment.TestAsync(mocks.Object, new TestOptions { IsPreview = false }, declare);
        return Assert.Single(seen);
    }

    private sealed class IssuerArgs() : CustomResourceArgs("cert-manager.io/v1", "Issuer")
    {
        [Input("spec")]
        public Input<IssuerSpecArgs>? Spec { get; set; }
    }

    private sealed class IssuerSpecArgs : ResourceArgs
    {
        [Input("selfSigned")]
        public InputMap<object>? SelfSigned { get; set; }
    }
}
