using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace Pulumi.Tests;

public class InvokeTests
{
    [Fact]
    public async Task A_call_gives_its_result_and_depends_on_what_its_arguments_depend_on()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.IsDryRun = false;
        engine.OnInvoke = _ => new ResourceInvokeResponse { Return = Wires.Of(("name", "p"), ("size", 2d)) };
        await engine.SucceedAsync(() =>
        {
            var one = new Thing("one", new ThingArgs { Text = "x" });
            var result = Deployment.Instance.Invoke<Part>(
                "test:index:find",
                new PlainInvokeArgs { Name = one.Text.Apply(text => text!) },
                new InvokeOptions { Version = "1.0.0", PluginDownloadURL = "https://example.org" });
            _ = new Thing("two", new ThingArgs { Text = result.Apply(part => part.Name) });
        });

        var call = Assert.Single(engine.Invokes);
        Assert.Equal(("test:index:find", "1.0.0", "https://example.org", true), (call.Tok, call.Version, call.PluginDownloadURL, call.AcceptResources));
        Assert.Equal(Wires.Map(("name", "x")), PropertyDecoding.Decode(call.Args));
        Assert.Equal("p", engine.Inputs("two")["text"]);
        Assert.Equal([engine.UrnOf("one")], engine.Registered("two").DependenciesOf("text"));
    }

    [Fact]
    public async Task Nothing_is_called_while_an_argument_or_the_id_of_a_dependency_is_unknown()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var one = new Thing("one", new ThingArgs { Text = "x" });
            var group = new Group("group", null, self => _ = new Thing("child", null, new CustomResourceOptions { Parent = self }));
            var instance = Deployment.Instance;
            return new Dictionary<string, object?>
            {
                ["a"] = instance.Invoke<string>("t:i:f", new PlainInvokeArgs { Name = one.Id }),
                ["b"] = instance.Invoke<string>("t:i:f", new PlainInvokeArgs { Name = one.Text.Apply(text => text!) }),
                ["c"] = instance.Invoke<string>("t:i:f", new PlainInvokeArgs { Thing = one }),
                ["d"] = instance.Invoke<string>("t:i:f", InvokeArgs.Empty, new InvokeOutputOptions { DependsOn = group }),
            };
        });
        Assert.Empty(engine.Invokes);
        Assert.All(engine.StackOutputs().Entries.Values, value => Assert.Equal(PropertyValue.Unknown, value));
    }

    [Fact]
    public async Task The_result_of_a_call_that_is_left_out_depends_on_nothing()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var one = new Thing("one");
            var result = Deployment.Instance.Invoke<string>(
                "t:i:f", new PlainInvokeArgs { Name = one.Id }, new InvokeOutputOptions { DependsOn = one });
            _ = new Thing("two", new ThingArgs { Text = result });
        });
        Assert.Empty(engine.Registered("two").DependenciesOf("text"));
        Assert.Empty(engine.Registered("two").Dependencies);
    }

    [Fact]
    public async Task A_secret_argument_or_answer_makes_the_result_secret()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.OnInvoke = call => new ResourceInvokeResponse
        {
            Return = Wires.Of(("value", call.Tok == "t:i:hidden" ? PropertyValue.Secret("canary") : "open")),
        };
        await engine.SucceedAsync(() => new Dictionary<string, object?>
        {
            ["byAnswer"] = Deployment.Instance.InvokeSingle<string>("t:i:hidden", InvokeArgs.Empty),
            ["byArgument"] = Deployment.Instance.InvokeSingle<string>("t:i:f", new PlainInvokeArgs { Name = Output.CreateSecret("s") }),
            ["open"] = Deployment.Instance.InvokeSingle<string>("t:i:f", InvokeArgs.Empty),
        });
        Assert.Equal(
            Wires.Map(("byAnswer", PropertyValue.Secret("canary")), ("byArgument", PropertyValue.Secret("open")), ("open", "open")),
            engine.StackOutputs());
    }

    [Fact]
    public async Task The_task_form_calls_at_once_with_what_is_there()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.OnInvoke = _ => new ResourceInvokeResponse { Return = Wires.Of(("value", 3d)) };
        await engine.SucceedAsync(() => new Dictionary<string, object?>
        {
            ["a"] = Output.Create(Deployment.Instance.InvokeSingleAsync<int>("t:i:f", new PlainInvokeArgs { Name = new Thing("one").Id })),
            ["b"] = Output.Create(Deployment.Instance.InvokeAsync<ImmutableDictionary<string, int>>("t:i:g", InvokeArgs.Empty)),
        });
        Assert.Equal(PropertyValue.Unknown, PropertyDecoding.Decode(engine.Invokes.Single(call => call.Tok == "t:i:f").Args)["name"]);
        Assert.Equal(Wires.Map(("a", 3d), ("b", Wires.Map(("value", 3d)))), engine.StackOutputs());
    }

    [Fact]
    public async Task The_provider_is_given_or_comes_from_the_parent()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var provider = new TestProvider("provider");
            Deployment.Instance.Invoke<object>("test:index:a", InvokeArgs.Empty, new InvokeOptions { Provider = provider });
            var group = new Group("group", new ComponentResourceOptions { Provider = provider });
            Deployment.Instance.Invoke<object>("test:index:b", InvokeArgs.Empty, new InvokeOptions { Parent = group });
            Deployment.Instance.Invoke<object>("other:index:c", InvokeArgs.Empty, new InvokeOptions { Parent = group });
        });
        var reference = $"{engine.UrnOf("provider")}::{Signatures.Unknown}";
        Assert.Equal(
            [("other:index:c", ""), ("test:index:a", reference), ("test:index:b", reference)],
            engine.Invokes.Select(call => (call.Tok, call.Provider)).Order());
    }

    [Fact]
    public async Task Failures_are_errors_that_name_function_and_argument()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.OnInvoke = _ => new ResourceInvokeResponse { Failures = { new CheckFailure { Property = "name", Reason = "too short" } } };
        Assert.Equal(32, await engine.RunAsync(() => Deployment.Instance.Invoke<object>("t:i:f", InvokeArgs.Empty)));
        Assert.Equal("The call of t:i:f failed: too short (name)", Assert.Single(engine.Logs).Message);
    }

    [Fact]
    public async Task An_unknown_answer_is_an_unknown_result()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.OnInvoke = call => call.Tok == "t:i:f"
            ? new ResourceInvokeResponse { Unknown = true }
            : new ResourceInvokeResponse { Return = Wires.Of(("value", PropertyValue.Unknown)) };
        await engine.SucceedAsync(() => new Dictionary<string, object?>
        {
            ["a"] = Deployment.Instance.InvokeSingle<string>("t:i:f", InvokeArgs.Empty),
            ["b"] = Deployment.Instance.InvokeSingle<string>("t:i:g", InvokeArgs.Empty),
        });
        Assert.Equal(Wires.Map(("a", PropertyValue.Unknown), ("b", PropertyValue.Unknown)), engine.StackOutputs());
    }
}
