using System.Collections.Immutable;
using Moq;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Pulumi.Tests;

public class MockTests
{
    [Fact]
    public async Task Mocks_are_asked_for_custom_and_component_resources_but_not_for_the_stack()
    {
        var (mocks, seen) = Recording();
        var resources = await Deployment.TestAsync(mocks.Object, new TestOptions(), () =>
        {
            _ = new Group("group", null, self => _ = new Thing("one", new ThingArgs { Text = "x" }, new CustomResourceOptions { Parent = self }));
        });
        Assert.Equal(["group", "one"], seen.Select(args => args.Name).Order());
        Assert.Equal(["group", "one"], resources.Select(resource => resource.GetResourceName()).Order());
    }

    [Fact]
    public async Task Inputs_are_plain_and_unknown_ones_are_left_out()
    {
        var (mocks, seen) = Recording();
        await Deployment.TestAsync(mocks.Object, new TestOptions { IsPreview = false }, () =>
        {
            var other = new Thing("other");
            _ = new Thing("one", new ThingArgs
            {
                Text = Output.CreateSecret("secret"),
                Count = 1,
                List = { "a", Output.CreateSecret("b") },
                Map = { { "k", "v" } },
                Number = Output.Unknown<double>(),
                Other = other,
            });
        });
        var inputs = seen.Single(args => args.Name == "one").Inputs;
        Assert.Equal("secret", inputs["text"]);
        Assert.Equal(1d, inputs["count"]);
        Assert.Equal(["a", "b"], ((ImmutableArray<object>)inputs["list"]).ToArray());
        Assert.Equal("v", ((ImmutableDictionary<string, object>)inputs["map"])["k"]);
        Assert.False(inputs.ContainsKey("number"));
        Assert.IsType<Thing>(inputs["other"]);
    }

    // The official InputArgs asks GetType() for its public and non-public properties, which has those of base classes, and not their private ones.
    [Fact]
    public async Task Inputs_of_base_classes_are_inputs()
    {
        var (mocks, seen) = Recording();
        await Deployment.TestAsync(mocks.Object, new TestOptions(), () => _ = new CustomResource("t:i:T", "one", new NarrowArgs { Narrow = "n" }, options: null));

        Assert.Equal(
            ["narrow=n", "wide=w"],
            Assert.Single(seen).Inputs.Select(entry => $"{entry.Key}={entry.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_mocks_give_becomes_outputs()
    {
        var mocks = new Mock<IMocks>();
        mocks.Setup(one => one.NewResourceAsync(It.IsAny<MockResourceArgs>())).ReturnsAsync(
            (MockResourceArgs args) => ($"{args.Name}-id", args.Inputs.Add("flag", true)));
        mocks.Setup(one => one.CallAsync(It.IsAny<MockCallArgs>())).ReturnsAsync(
            (MockCallArgs args) => new Dictionary<string, object> { ["value"] = $"{args.Token}:{args.Args["name"]}" });
        var (resources, outputs) = await Deployment.TestAsync(mocks.Object, new TestOptions(), () =>
        {
            var one = new Thing("one", new ThingArgs { Text = "x" });
            return new Dictionary<string, object?>
            {
                ["text"] = one.Text,
                ["called"] = Deployment.Instance.InvokeSingle<string>("t:i:f", new PlainInvokeArgs { Name = one.Id }),
            };
        });
        var thing = (Thing)Assert.Single(resources);
        Assert.Equal("one-id", await OutputUtilities.GetValueAsync(thing.Id));
        Assert.True(await OutputUtilities.GetValueAsync(thing.Flag));
        Assert.Equal("x", await OutputUtilities.GetValueAsync((Output<string?>)outputs["text"]!));
        Assert.Equal("t:i:f:one-id", await OutputUtilities.GetValueAsync((Output<string>)outputs["called"]!));
    }

    [Fact]
    public async Task No_id_is_an_unknown_id()
    {
        var resources = await Deployment.TestAsync(new EmptyMocks(), new TestOptions(), () => { _ = new Thing("one"); });
        Assert.False(await OutputUtilities.GetIsKnownAsync(((Thing)resources[0]).Id));
    }

    [Fact]
    public async Task A_stack_class_is_among_the_resources_and_runs_in_a_preview_named_as_given()
    {
        var resources = await Deployment.TestAsync<NamedStack>(
            new EmptyMocks(), new TestOptions { ProjectName = "p", StackName = "s", OrganizationName = "o", RootDirectory = "/r" });
        var stack = (NamedStack)resources[0];
        Assert.Equal("p/s/o/True//r", await OutputUtilities.GetValueAsync(stack.Names));
        Assert.Equal(2, resources.Length);
        Assert.Equal("urn:pulumi:s::p::pulumi:pulumi:Stack::p-s", await OutputUtilities.GetValueAsync(stack.Urn));
        Assert.Equal(
            "urn:pulumi:s::p::pulumi:pulumi:Stack$test:index:Thing::one", await OutputUtilities.GetValueAsync(resources[1].Urn));
    }

    [Fact]
    public async Task A_stack_class_can_come_from_services()
    {
        var services = new Mock<IServiceProvider>();
        services.Setup(one => one.GetService(typeof(NamedStack))).Returns(() => new NamedStack());
        Assert.Equal(2, (await Deployment.TestWithServiceProviderAsync<NamedStack>(new EmptyMocks(), services.Object)).Length);
        var none = new Mock<IServiceProvider>();
        var exception = await Assert.ThrowsAsync<RunException>(
            () => Deployment.TestWithServiceProviderAsync<NamedStack>(new EmptyMocks(), none.Object));
        Assert.Contains(nameof(NamedStack), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_error_is_thrown_as_it_is_and_several_together()
    {
        var one = await Assert.ThrowsAsync<RunException>(
            () => Deployment.TestAsync(new EmptyMocks(), new TestOptions(), () => Log.Error("wrong")));
        Assert.Equal("wrong", one.Message);
        var several = await Assert.ThrowsAsync<AggregateException>(() => Deployment.TestAsync(new EmptyMocks(), new TestOptions(), () =>
        {
            Log.Error("first");
            Log.Error("second");
        }));
        Assert.Equal(2, several.InnerExceptions.Count);
        await Assert.ThrowsAsync<RunException>(() => Deployment.TestAsync(
            new EmptyMocks(), new TestOptions(), (Action)(() => throw new InvalidOperationException("broken"))));
    }

    [Fact]
    public async Task Published_outputs_are_handed_to_the_mocks()
    {
        var (mocks, _) = Recording();
        mocks.CallBase = true;
        var published = new List<MockRegisterResourceOutputsRequest>();
        mocks.Setup(one => one.RegisterResourceOutputs(It.IsAny<MockRegisterResourceOutputsRequest>()))
            .Callback<MockRegisterResourceOutputsRequest>(published.Add)
            .Returns(Task.CompletedTask);
        await Deployment.TestAsync(mocks.Object, new TestOptions(), () => new Dictionary<string, object?> { ["a"] = Output.CreateSecret("x") });
        var outputs = Assert.Single(published).Outputs;
        var data = await outputs["a"].DataTask;
        Assert.Equal(("x", true), (data.Value, data.IsSecret));
    }

    [Fact]
    public async Task Reading_gives_the_mocks_the_id()
    {
        var (mocks, seen) = Recording();
        await Deployment.TestAsync(mocks.Object, new TestOptions(), () => { _ = Thing.Get("one", "the-id"); });
        Assert.Equal("the-id", seen.Single().Id);
    }

    [Fact]
    public async Task Runs_side_by_side_do_not_mix()
    {
        var runs = Enumerable.Range(0, 20).Select(index => Deployment.TestAsync<NamedStack>(
            new EmptyMocks(), new TestOptions { ProjectName = $"p{index}" }));
        var results = await Task.WhenAll(runs);
        for (var index = 0; index < results.Length; index++)
        {
            Assert.StartsWith($"p{index}/", await OutputUtilities.GetValueAsync(((NamedStack)results[index][0]).Names), StringComparison.Ordinal);
        }
    }

    private static (Mock<IMocks> Mocks, List<MockResourceArgs> Seen) Recording()
    {
        var seen = new List<MockResourceArgs>();
        var mocks = new Mock<IMocks>();
        mocks.Setup(one => one.NewResourceAsync(It.IsAny<MockResourceArgs>()))
            .Callback<MockResourceArgs>(args =>
            {
                lock (seen)
                {
                    seen.Add(args);
                }
            })
            .ReturnsAsync((MockResourceArgs args) => ($"{args.Name}-id", args.Inputs));
        mocks.Setup(one => one.RegisterResourceOutputs(It.IsAny<MockRegisterResourceOutputsRequest>())).Returns(Task.CompletedTask);
        return (mocks, seen);
    }

    private abstract class WideArgs : ResourceArgs
    {
        [Input("wide")]
        public Input<string> Wide { get; init; } = "w";
    }

    private sealed class NarrowArgs : WideArgs
    {
        [Input("narrow")]
        public Input<string>? Narrow { get; init; }
    }

    private sealed class NamedStack : Stack
    {
        public NamedStack()
        {
            var run = Deployment.Instance;
            Names = Output.Create($"{run.ProjectName}/{run.StackName}/{run.OrganizationName}/{run.IsDryRun}/{run.RootDirectory}");
            _ = new Thing("one");
        }

        [Output]
        public Output<string> Names { get; private set; }
    }
}
