using CantonInfra.Protocol.Properties;

namespace Pulumi.Tests;

public class WireTests
{
    [Fact]
    public async Task A_program_registers_its_stack_first_and_signals_last()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() => { _ = new Thing("one", new ThingArgs { Text = "a" }); });

        var stack = engine.Registrations.First();
        Assert.Equal(("pulumi:pulumi:Stack", "proj-dev", "", false), (stack.Type, stack.Name, stack.Parent, stack.Custom));
        var one = engine.Registered("one");
        Assert.Equal("urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev", one.Parent);
        Assert.True(one is { Custom: true, AcceptSecrets: true, AcceptResources: true, SupportsResultReporting: true });
        Assert.False(one.SupportsPartialValues);
        Assert.NotNull(one.Hooks);
        Assert.Equal(1, engine.Signals);
        Assert.Empty(engine.Logs);
    }

    [Fact]
    public async Task Each_feature_is_asked_for_once()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            for (var index = 0; index < 50; index++)
            {
                _ = new Thing($"thing-{index}", null, new CustomResourceOptions { Aliases = { new Alias { Name = "old" } } });
            }
        });

        Assert.Equal(["aliasSpecs", "resourceReferences"], engine.Questions.Order());
    }

    [Fact]
    public async Task Every_kind_of_input_has_its_wire_form()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() => _ = new Thing("one", new ThingArgs
        {
            Text = "a",
            Number = 1.5,
            Count = 3,
            Flag = true,
            List = { "x", "y" },
            Map = { { "k", "v" } },
            Part = new PartArgs { Name = "p", Size = 2, Inner = new PartArgs { Name = "q" } },
            Parts = { new PartArgs { Name = "r" } },
            Colour = Colour.Red,
            Port = "http",
            Any = new Dictionary<string, object?> { ["a"] = null, ["b"] = new object?[] { null, 1 } },
            Json = """{"a":[1,"b",null]}""",
            Asset = new StringAsset("content"),
            JsonText = new InputMap<string> { { "a", "b" } },
            JsonFlag = true,
        }));

        var inputs = engine.Inputs("one");
        Assert.Equal("a", inputs["text"]);
        Assert.Equal(1.5, inputs["number"]);
        Assert.Equal(3d, inputs["count"]);
        Assert.Equal(true, inputs["flag"]);
        Assert.Equal(Wires.List("x", "y"), inputs["list"]);
        Assert.Equal(Wires.Map(("k", "v")), inputs["map"]);
        Assert.Equal(Wires.Map(("name", "p"), ("size", 2d), ("inner", Wires.Map(("name", "q")))), inputs["part"]);
        Assert.Equal(Wires.List(Wires.Map(("name", "r"))), inputs["parts"]);
        Assert.Equal("red", inputs["colour"]);
        Assert.Equal("http", inputs["port"]);
        Assert.Equal(Wires.Map(("b", Wires.List(PropertyValue.Null, 1d))), inputs["any"]);
        Assert.Equal(Wires.Map(("a", Wires.List(1d, "b", PropertyValue.Null))), inputs["json"]);
        Assert.Equal(new AssetValue(AssetSource.Text, "content"), inputs["asset"]);
        Assert.Equal("""{"a":"b"}""", inputs["jsonText"]);
        Assert.Equal("true", inputs["jsonFlag"]);
        Assert.Equal(inputs.Entries.Keys.Order(), engine.Registered("one").PropertyDependencies.Keys.Order());
    }

    [Fact]
    public async Task Setters_that_mark_inputs_secret_work_as_generated()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() => _ = new CustomResource("t:i:S", "one", new SecretArgs
        {
            Text = "a", List = { "x" }, Map = new InputMap<string> { { "k", "v" } },
        }, null, null));
        var inputs = engine.Inputs("one");
        Assert.Equal(PropertyValue.Secret("a"), inputs["text"]);
        Assert.Equal(Wires.List("x"), inputs["list"]);
        Assert.Equal(PropertyValue.Secret(Wires.Map(("k", "v"))), inputs["map"]);
    }

    [Fact]
    public async Task Json_text_with_a_secret_in_it_is_a_secret_and_with_an_unknown_in_it_unknown()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            _ = new Thing("secret", new ThingArgs { JsonText = new InputMap<string> { { "a", Output.CreateSecret("canary") } } });
            _ = new Thing("unknown", new ThingArgs { JsonText = new InputMap<string> { { "a", Output.Unknown<string>() } } });
        });

        Assert.Equal(PropertyValue.Secret("""{"a":"canary"}"""), engine.Inputs("secret")["jsonText"]);
        Assert.Equal(PropertyValue.Unknown, engine.Inputs("unknown")["jsonText"]);
    }

    [Fact]
    public async Task An_unset_input_is_not_sent_and_has_no_dependencies_entry()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() => _ = new Thing("one", new ThingArgs { Text = Output.Create<string>((string)null!) }));

        Assert.Empty(engine.Inputs("one").Entries);
        Assert.Empty(engine.Registered("one").PropertyDependencies);
    }

    [Fact]
    public async Task One_unknown_item_leaves_the_rest_of_a_list_map_or_part_known()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var source = new Thing("source");
            _ = new Thing("one", new ThingArgs
            {
                List = { "x", source.Id },
                Map = { { "a", "b" }, { "c", source.Id } },
                Part = new PartArgs { Name = source.Id, Size = 1 },
            });
        });

        var inputs = engine.Inputs("one");
        Assert.Equal(Wires.List("x", PropertyValue.Unknown), inputs["list"]);
        Assert.Equal(Wires.Map(("a", "b"), ("c", PropertyValue.Unknown)), inputs["map"]);
        Assert.Equal(Wires.Map(("name", PropertyValue.Unknown), ("size", 1d)), inputs["part"]);
        Assert.Equal([engine.UrnOf("source")], engine.Registered("one").DependenciesOf("list"));
    }

    [Fact]
    public async Task Secrets_are_signed_where_they_are_and_an_unknown_secret_is_plainly_unknown()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            _ = new Thing("one", new ThingArgs
            {
                Text = Output.CreateSecret("canary"),
                Map = { { "k", Output.CreateSecret("canary") } },
                Any = Output.CreateSecret((object)null!),
                List = Output.Unknown<string>(isSecret: true),
            });
        });

        var inputs = engine.Inputs("one");
        Assert.Equal(PropertyValue.Secret("canary"), inputs["text"]);
        Assert.Equal(Wires.Map(("k", PropertyValue.Secret("canary"))), inputs["map"]);
        Assert.Equal(PropertyValue.Secret(PropertyValue.Null), inputs["any"]);
        Assert.Equal(Wires.List(PropertyValue.Unknown), inputs["list"]);
        Assert.DoesNotContain(engine.Logs, log => log.Message.Contains("canary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_resource_as_input_is_a_reference_or_its_id(bool supported)
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.IsDryRun = false;
        if (!supported)
        {
            engine.Features.Remove("resourceReferences");
        }

        await engine.SucceedAsync(() => _ = new Thing("two", new ThingArgs { Other = new Thing("one") }));

        var expected = supported ? new ResourceReferenceValue(engine.UrnOf("one"), "one-id") : PropertyValue.Of("one-id");
        Assert.Equal(expected, engine.Inputs("two")["other"]);
        Assert.Equal([engine.UrnOf("one")], engine.Registered("two").DependenciesOf("other"));
    }

    [Fact]
    public async Task A_reference_to_a_resource_that_is_not_created_yet_has_an_empty_id()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() => _ = new Thing("two", new ThingArgs { Other = new Thing("one") }));
        Assert.Equal(new ResourceReferenceValue(engine.UrnOf("one"), ""), engine.Inputs("two")["other"]);
    }

    [Fact]
    public async Task Nesting_of_a_hundred_maps_arrives()
    {
        await using var engine = await FakeEngine.StartAsync();
        object value = "leaf";
        for (var depth = 0; depth < 100; depth++)
        {
            value = new Dictionary<string, object?> { ["x"] = value };
        }

        await engine.SucceedAsync(() => _ = new Thing("one", new ThingArgs { Any = value }));
        var found = engine.Inputs("one")["any"];
        for (var depth = 0; depth < 100; depth++)
        {
            found = ((MapValue)found!)["x"];
        }

        Assert.Equal("leaf", found);
    }

    [Fact]
    public async Task A_thousand_resources_are_in_flight_at_once()
    {
        await using var engine = await FakeEngine.StartAsync();
        var inFlight = 0;
        var most = 0;
        engine.OnRegister = async request =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref inFlight));
            await Task.Delay(request.Custom ? 300 : 0);
            Interlocked.Decrement(ref inFlight);
            return null;
        };
        await engine.SucceedAsync(() =>
        {
            for (var index = 0; index < 1000; index++)
            {
                _ = new Thing($"thing-{index}", new ThingArgs { Text = "x" });
            }
        });

        Assert.Equal(1001, engine.Registrations.Count);
        Assert.True(most > 300, $"at most {most} at once");

        static void InterlockedMax(ref int target, int value)
        {
            int seen;
            while ((seen = target) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
            {
            }
        }
    }

    [Fact]
    public async Task A_value_that_cannot_be_sent_is_named_with_resource_and_path()
    {
        await using var engine = await FakeEngine.StartAsync();
        var code = await engine.RunAsync(() => _ = new Thing("one", new ThingArgs
        {
            Any = new Dictionary<string, object?> { ["list"] = new object[] { 1, 2L } },
        }));

        Assert.Equal(32, code);
        var message = Assert.Single(engine.Logs).Message;
        Assert.Contains("'one' (test:index:Thing)", message, StringComparison.Ordinal);
        Assert.Contains("'any.list[1]'", message, StringComparison.Ordinal);
        Assert.Contains("System.Int64", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_required_input_is_named_with_resource_and_path()
    {
        await using var engine = await FakeEngine.StartAsync();
        Assert.Equal(32, await engine.RunAsync(() => _ = new Thing("one", new ThingArgs { Part = new PartArgs() })));
        Assert.Contains("'one' (test:index:Thing) lacks the required input 'part.name'", Assert.Single(engine.Logs).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bare_task_is_not_an_input()
    {
        await using var engine = await FakeEngine.StartAsync();
        Assert.Equal(32, await engine.RunAsync(() => _ = new Thing("one", new ThingArgs { Any = (object)Task.FromResult(1) })));
        Assert.Contains("Output.Create(task)", Assert.Single(engine.Logs).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameterized_packages_are_registered_once_and_named_in_requests()
    {
        await using var engine = await FakeEngine.StartAsync();
        var package = new RegisterPackageRequest("base", "1.0.0", "", null, new RegisterPackageRequest.PackageParameterization("p", "2.0.0", [1]), null);
        await engine.SucceedAsync(() =>
        {
            _ = new CustomResource("p:index:A", "a", null, null, package);
            _ = new CustomResource("p:index:A", "b", null, null, package);
        });

        Assert.Single(engine.Packages);
        Assert.Equal("package-1", engine.Registered("b").PackageRef);
    }
}
