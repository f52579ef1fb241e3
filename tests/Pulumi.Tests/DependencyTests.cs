using CantonInfra.Protocol.Properties;

namespace Pulumi.Tests;

public class DependencyTests
{
    [Fact]
    public async Task Inputs_depend_on_the_resources_their_outputs_come_from_through_applies()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var a = new Thing("a", new ThingArgs { Text = "x" });
            var b = new Thing("b", new ThingArgs { Text = "y" });
            _ = new Thing("c", new ThingArgs
            {
                Text = Output.Format($"{a.Text}-{b.Text}"),
                Part = new PartArgs { Name = "n", Inner = new PartArgs { Name = b.Text.Apply(text => text + "!") } },
                Flag = true,
            });
        });

        var c = engine.Registered("c");
        Assert.Equal([engine.UrnOf("a"), engine.UrnOf("b")], c.Dependencies);
        Assert.Equal([engine.UrnOf("a"), engine.UrnOf("b")], c.DependenciesOf("text"));
        Assert.Equal([engine.UrnOf("b")], c.DependenciesOf("part"));
        Assert.Empty(c.DependenciesOf("flag"));
        Assert.Equal("x-y", engine.Inputs("c")["text"]);
    }

    [Fact]
    public async Task An_output_within_an_output_adds_the_dependencies_of_both()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var a = new Thing("a", new ThingArgs { Text = "x" });
            var b = new Thing("b", new ThingArgs { Text = "y" });
            _ = new Thing("c", new ThingArgs
            {
                Any = a.Text.Apply(text => (object)new Dictionary<string, object?> { ["inner"] = b.Text }),
            });
        });

        Assert.Equal([engine.UrnOf("a"), engine.UrnOf("b")], engine.Registered("c").DependenciesOf("any"));
    }

    [Fact]
    public async Task Depending_on_a_component_means_depending_on_the_resources_below_it()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var group = new Group("group", null, self =>
            {
                var child = new Thing("child", null, new CustomResourceOptions { Parent = self });
                _ = new Thing("grandchild", null, new CustomResourceOptions { Parent = child });
                _ = new Group("inner", new ComponentResourceOptions { Parent = self }, inner =>
                    _ = new Thing("deep", null, new CustomResourceOptions { Parent = inner }));
            });
            _ = new Thing("explicit", null, new CustomResourceOptions { DependsOn = group });
            _ = new Thing("implicit", new ThingArgs { Text = group.Urn });
        });

        string[] expected = [engine.UrnOf("deep"), engine.UrnOf("child")];
        Assert.Equal(expected, engine.Registered("explicit").Dependencies);
        Assert.Equal(expected, engine.Registered("implicit").DependenciesOf("text"));
        Assert.Equal("urn:pulumi:dev::proj::test:index:Group$test:index:Group$test:index:Thing::deep", engine.UrnOf("deep"));
    }

    [Fact]
    public async Task Explicit_dependencies_may_be_outputs_and_an_unknown_list_is_none()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var a = new Thing("a");
            _ = new Thing("b", null, new CustomResourceOptions { DependsOn = Output.Create<IEnumerable<Resource>>([a]) });
            _ = new Thing("c", null, new CustomResourceOptions { DependsOn = { a, Output.Unknown<Resource>() } });
        });

        Assert.Equal([engine.UrnOf("a")], engine.Registered("b").Dependencies);
        Assert.Empty(engine.Registered("c").Dependencies);
    }

    [Fact]
    public async Task A_child_may_depend_on_its_own_component_without_waiting_for_itself()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() => _ = new Group("group", null, self =>
            _ = new Thing("child", new ThingArgs { Text = self.Urn }, new CustomResourceOptions { Parent = self })))
            .WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(engine.Registered("child").Dependencies);
    }

    [Fact]
    public async Task Components_made_by_providers_get_outputs_with_their_origin_and_their_providers()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.IsDryRun = false;
        await engine.SucceedAsync(() =>
        {
            var a = new Thing("a", new ThingArgs { Text = "x" });
            var provider = new TestProvider("provider");
            var remote = new ComponentResource(
                "test:index:Remote",
                "remote",
                new ThingArgs { Text = Output.CreateSecret(a.Text.Apply(text => text!)), Other = a },
                new ComponentResourceOptions { Providers = { provider } },
                remote: true);
            _ = new Thing("after", null, new CustomResourceOptions { DependsOn = remote });
        });

        var remote = engine.Registered("remote");
        Assert.True(remote is { Remote: true, Custom: false });
        Assert.Equal(new OutputValue("x", true, [engine.UrnOf("a")]), engine.Inputs("remote")["text"]);
        Assert.Empty(remote.DependenciesOf("other"));
        Assert.Equal(engine.UrnOf("provider") + "::provider-id", remote.Providers["test"]);
        Assert.Equal([engine.UrnOf("remote")], engine.Registered("after").Dependencies);
    }
}
