using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using FsCheck;
using FsCheck.Fluent;
using Pulumi.Utilities;
using Result = CantonInfra.Protocol.Wire.Result;

namespace Pulumi.Tests;

public class ResourceTests
{
    [Fact]
    public async Task Outputs_of_every_kind_are_read()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.IsDryRun = false;
        Answer(engine, "one", Wires.Of(
            ("text", "a"), ("number", 1.5), ("count", 3d), ("flag", true), ("list", Wires.List("x", "y")),
            ("map", Wires.Map(("k", "v"), ("__hidden", "h"))),
            ("part", Wires.Map(("name", "p"), ("size", 2d), ("inner", Wires.Map(("name", "q"))))),
            ("parts", Wires.List(Wires.Map(("name", "r")))), ("colour", "red"), ("port", "http"),
            ("any", Wires.Map(("n", 1d), ("l", Wires.List(true, PropertyValue.Null)))), ("json", Wires.Map(("a", 1d))),
            ("asset", new AssetValue(AssetSource.Text, "content"))));
        Thing one = null!;
        await engine.SucceedAsync(() => one = new Thing("one"));

        Assert.Equal("one-id", await ValueAsync(one.Id));
        Assert.Equal("a", await ValueAsync(one.Text));
        Assert.Equal(1.5, await ValueAsync(one.Number));
        Assert.Equal(3, await ValueAsync(one.Count));
        Assert.True(await ValueAsync(one.Flag));
        Assert.Equal(["x", "y"], (await ValueAsync(one.List)).ToArray());
        Assert.Equal(["k"], (await ValueAsync(one.Map))!.Keys);
        var part = (await ValueAsync(one.Part))!;
        Assert.Equal(("p", 2, "q", null), (part.Name, part.Size, part.Inner!.Name, part.Inner.Size));
        Assert.Equal("r", (await ValueAsync(one.Parts))[0].Name);
        Assert.Equal(Colour.Red, await ValueAsync(one.Colour));
        Assert.Equal("http", (await ValueAsync(one.Port)).AsT1);
        var any = (ImmutableDictionary<string, object?>)(await ValueAsync(one.Any))!;
        Assert.Equal(1d, any["n"]);
        Assert.Equal([true, null], ((ImmutableArray<object?>)any["l"]!).ToArray());
        Assert.Equal(1, (await ValueAsync(one.Json)).GetProperty("a").GetInt32());
        Assert.IsType<StringAsset>(await ValueAsync(one.Asset));
        Assert.Equal([one], await OutputUtilities.GetDependenciesAsync(one.Text));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_missing_output_is_unknown_in_a_preview_and_a_known_default_in_an_update(bool isDryRun, bool isKnown)
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.IsDryRun = isDryRun;
        Thing one = null!;
        await engine.SucceedAsync(() => one = new Thing("one"));
        Assert.Equal(isKnown, await OutputUtilities.GetIsKnownAsync(one.Text));
        Assert.Equal(isKnown, await OutputUtilities.GetIsKnownAsync(one.Count));
        Assert.Equal(isKnown, await OutputUtilities.GetIsKnownAsync(one.Id));
        Assert.True(await OutputUtilities.GetIsKnownAsync(one.Urn));
        Assert.Null(await ValueAsync(one.Text));
    }

    [Theory]
    [InlineData(Result.Fail, false)]
    [InlineData(Result.Skip, false)]
    [InlineData(Result.Success, true)]
    public async Task A_resource_that_failed_was_skipped_or_is_unknown_leaves_the_program_going(Result result, bool unknown)
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.IsDryRun = false;
        engine.OnRegister = request =>
        {
            if (request.Name != "one")
            {
                return Task.FromResult<RegisterResourceResponse?>(null);
            }

            var response = engine.Echo(request);
            response.Result = result;
            response.Unknown = unknown;
            return Task.FromResult<RegisterResourceResponse?>(response);
        };
        Thing one = null!;
        await engine.SucceedAsync(() => one = new Thing("one"));
        Assert.False(await OutputUtilities.GetIsKnownAsync(one.Id));
        Assert.False(await OutputUtilities.GetIsKnownAsync(one.Text));
    }

    [Fact]
    public async Task An_unknown_or_secret_anywhere_makes_the_whole_property_so()
    {
        await using var engine = await FakeEngine.StartAsync();
        Answer(engine, "one", Wires.Of(
            ("list", Wires.List("x", PropertyValue.Unknown)), ("map", Wires.Map(("a", PropertyValue.Secret("canary")))), ("text", "plain")));
        Thing one = null!;
        await engine.SucceedAsync(() => one = new Thing("one"));
        Assert.False(await OutputUtilities.GetIsKnownAsync(one.List));
        var map = await one.Map.DataTask;
        Assert.Equal((true, true, "canary"), (map.IsKnown, map.IsSecret, map.Value!["a"]));
        Assert.False(await Output.IsSecretAsync(one.Text));
    }

    [Fact]
    public async Task A_value_of_the_wrong_shape_is_a_warning_with_its_path_and_the_default()
    {
        await using var engine = await FakeEngine.StartAsync();
        Answer(engine, "one", Wires.Of(
            ("text", PropertyValue.Secret(Wires.Map(("canary", "canary")))), ("count", "canary"),
            ("parts", Wires.List(Wires.Map(("name", "n"), ("size", "canary")))), ("port", true)));
        Thing one = null!;
        await engine.SucceedAsync(() => one = new Thing("one"));

        Assert.Null(await ValueAsync(one.Text));
        Assert.Equal(0, await ValueAsync(one.Count));
        Assert.Equal("n", (await ValueAsync(one.Parts))[0].Name);
        var warnings = engine.Messages(LogSeverity.Warning).Order().ToArray();
        Assert.Equal(4, warnings.Length);
        Assert.All(warnings, warning => Assert.Contains("'one' (test:index:Thing)", warning, StringComparison.Ordinal));
        Assert.All(warnings, warning => Assert.DoesNotContain("canary", warning, StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("'parts[0].size' is a string where the program expects a number", StringComparison.Ordinal));
        Assert.All(engine.Logs, log => Assert.Equal(engine.UrnOf("one"), log.Urn));
    }

    [Fact]
    public async Task A_reference_becomes_the_resource_it_names()
    {
        await using var engine = await FakeEngine.StartAsync();
        const string Urn = "urn:pulumi:dev::proj::test:index:Thing::found";
        Answer(engine, "one", Wires.Of(("other", new ResourceReferenceValue(Urn, ""))));
        engine.OnInvoke = _ => new ResourceInvokeResponse
        {
            Return = Wires.Of(("urn", Urn), ("id", "found-id"), ("state", Wires.Map(("text", "hello")))),
        };
        Thing one = null!;
        await engine.SucceedAsync(() => one = new Thing("one"));
        var other = (await ValueAsync(one.Other))!;
        Assert.Equal(("hello", "found-id", Urn), (await ValueAsync(other.Text), await ValueAsync(other.Id), await ValueAsync(other.Urn)));
        Assert.Equal("pulumi:pulumi:getResource", Assert.Single(engine.Invokes).Tok);
    }

    [Fact]
    public async Task Getting_a_resource_reads_it_and_an_unknown_id_declares_it()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.OnRead = request => new ReadResourceResponse
        {
            Urn = FakeEngine.UrnOf(request.Parent, request.Type, request.Name), Properties = Wires.Of(("text", "read")),
        };
        Thing one = null!;
        await engine.SucceedAsync(() =>
        {
            one = Thing.Get("one", "the-id", new CustomResourceOptions { Version = "1.0.0", AdditionalSecretOutputs = { "text" } });
            _ = Thing.Get("two", new Thing("three").Id);
        });
        var read = Assert.Single(engine.Reads);
        Assert.Equal(("the-id", "test:index:Thing", "one", "1.0.0", true), (read.Id, read.Type, read.Name, read.Version, read.AcceptSecrets));
        Assert.Equal(["text"], read.AdditionalSecretOutputs);
        Assert.Equal(("read", "the-id"), (await ValueAsync(one.Text), await ValueAsync(one.Id)));
        Assert.NotNull(engine.Registered("two"));
    }

    [Fact]
    public async Task A_stack_reference_reads_outputs_with_their_secretness()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.OnRead = request => new ReadResourceResponse
        {
            Urn = FakeEngine.UrnOf(request.Parent, request.Type, request.Name),
            Properties = Wires.Of(
                ("name", "org/p/s"), ("outputs", Wires.Map(("plain", "p"), ("hidden", PropertyValue.Secret("canary")))),
                ("secretOutputNames", Wires.List("hidden"))),
        };
        StackReference reference = null!;
        await engine.SucceedAsync(() => reference = new StackReference("ref", new StackReferenceArgs { Name = "org/p/s" }));

        var read = Assert.Single(engine.Reads);
        Assert.Equal(("org/p/s", "pulumi:pulumi:StackReference", "ref"), (read.Id, read.Type, read.Name));
        Assert.Equal("org/p/s", read.Properties.Fields["name"].StringValue);
        var plain = await reference.GetOutput("plain").DataTask;
        Assert.Equal(("p", false), (plain.Value, plain.IsSecret));
        var hidden = await reference.RequireOutput("hidden").DataTask;
        Assert.Equal(("canary", true), (hidden.Value, hidden.IsSecret));
        Assert.Null(await ValueAsync(reference.GetOutput("none")));
        var missing = await Assert.ThrowsAsync<KeyNotFoundException>(() => ValueAsync(reference.RequireOutput("none")));
        Assert.Contains("'none'", missing.Message, StringComparison.Ordinal);
        Assert.Equal("p", await reference.GetValueAsync("plain"));
        Assert.Equal("p", await reference.RequireValueAsync("plain"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => reference.GetValueAsync("hidden"));
        var details = await reference.GetOutputDetailsAsync("hidden");
        Assert.Equal((null, "canary"), (details.Value, details.SecretValue));
    }

    [Fact]
    public async Task Stack_outputs_are_published_with_resources_as_references_and_without_nulls()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() =>
        {
            var one = new Thing("one");
            return new Dictionary<string, object?>
            {
                ["plain"] = "p",
                ["null"] = null,
                ["secret"] = Output.CreateSecret("s"),
                ["unknown"] = one.Id,
                ["thing"] = one,
                ["group"] = new Group("group"),
                ["nested"] = new Dictionary<string, object?> { ["urn"] = one.Urn },
            };
        });

        var outputs = engine.StackOutputs();
        Assert.Equal(
            Wires.Map(
                ("plain", "p"), ("secret", PropertyValue.Secret("s")), ("unknown", PropertyValue.Unknown),
                ("thing", new ResourceReferenceValue(engine.UrnOf("one"), "")),
                ("group", new ResourceReferenceValue(engine.UrnOf("group"), null)),
                ("nested", Wires.Map(("urn", engine.UrnOf("one"))))),
            outputs);
    }

    [Fact]
    public async Task A_component_publishes_its_output_properties()
    {
        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() => _ = new Group("group", null, self => self.Label = Output.Create("hello")));
        var published = engine.Outputs.Single(request => request.Urn == engine.UrnOf("group"));
        Assert.Equal(Wires.Map(("label", "hello")), PropertyDecoding.Decode(published.Outputs));
        Assert.Empty(engine.Registered("group").Object.Fields);
    }

    [Fact]
    public async Task A_stack_class_publishes_its_output_properties()
    {
        await using var engine = await FakeEngine.StartAsync();
        var code = await engine.RunStackAsync(() =>
        {
            var stack = new GoodStack();
            stack.RegisterPropertyOutputs();
            return stack;
        });
        Assert.Equal(0, code);
        Assert.Equal(Wires.Map(("Address", "a"), ("named", "b")), engine.StackOutputs());
    }

    [Theory]
    [InlineData(typeof(ForgetfulStack), "'Address'")]
    [InlineData(typeof(PlainStack), "must therefore be an Output<T>")]
    [InlineData(typeof(ReadOnlyStack), "must therefore have a setter")]
    public async Task A_stack_class_with_wrong_outputs_is_an_error_that_names_them(System.Type type, string expected)
    {
        await using var engine = await FakeEngine.StartAsync();
        var code = await engine.RunStackAsync(() =>
        {
            var stack = (Stack)Activator.CreateInstance(type)!;
            stack.RegisterPropertyOutputs();
            return stack;
        });
        Assert.Equal(32, code);
        var message = Assert.Single(engine.Messages(LogSeverity.Error));
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(type.Name, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_registration_is_one_error_about_that_resource()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.OnRegister = request => request.Name == "one"
            ? throw new RpcException(StatusCode.InvalidArgument, "not like this")
            : Task.FromResult<RegisterResourceResponse?>(null);
        var code = await engine.RunAsync(() => _ = new Thing("two", new ThingArgs { Text = new Thing("one").Text.Apply(text => text!) }));
        Assert.Equal(32, code);
        Assert.Equal("Declaring the resource 'one' (test:index:Thing) failed: not like this", Assert.Single(engine.Messages(LogSeverity.Error)));
    }

    [Fact]
    public async Task Names_and_types_are_required()
    {
        await using var engine = await FakeEngine.StartAsync();
        Assert.Equal(32, await engine.RunAsync(() => _ = new Thing("")));
        Assert.Contains("test:index:Thing needs a name", Assert.Single(engine.Logs).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_without_the_signal_counts_as_finished()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.OnSignal = () => throw new RpcException(StatusCode.Unimplemented, "no");
        await engine.SucceedAsync(() => { });
    }

    [Fact]
    public async Task Log_messages_arrive_in_order_with_the_resource()
    {
        await using var engine = await FakeEngine.StartAsync();
        engine.OnRegister = async request =>
        {
            await Task.Delay(request.Custom ? 50 : 0);
            return null;
        };
        await engine.SucceedAsync(() =>
        {
            var one = new Thing("one");
            Log.Info("first", one, 3, true);
            Log.Warn("second");
            Log.Debug("third");
        });
        Assert.Equal(["first", "second", "third"], engine.Logs.Select(log => log.Message));
        var first = engine.Logs.First();
        Assert.Equal((engine.UrnOf("one"), 3, true, LogSeverity.Info), (first.Urn, first.StreamId, first.Ephemeral, first.Severity));
    }

    [Fact]
    public async Task Urns_are_made_as_the_engine_makes_them()
    {
        Assert.Equal(new UrnParts("s", "p", "a:b:C$d:e:F", "n::m"), UrnParts.Parse("urn:pulumi:s::p::a:b:C$d:e:F::n::m"));
        Assert.Equal("d:e:F", UrnParts.Parse("urn:pulumi:s::p::a:b:C$d:e:F::n").Type);
        Assert.Throws<FormatException>(() => UrnParts.Parse("urn:other:s"));
        Assert.True(new Urn("a") == new Urn("a") && new Urn("a") != new Urn("b"));
        Assert.Equal("a", (string)new Urn("a"));

        await using var engine = await FakeEngine.StartAsync();
        await engine.SucceedAsync(() => new Dictionary<string, object?>
        {
            ["plain"] = Urn.Create("n", "a:b:C"),
            ["given"] = Urn.Create("n", "a:b:C", project: "p", stack: "s"),
            ["child"] = Urn.Create("n", "a:b:C", new Group("group")),
            ["childOfUrn"] = Urn.Create("n", "a:b:C", parentUrn: "urn:pulumi:s::p::pulumi:pulumi:Stack::p-s"),
        });
        Assert.Equal(
            Wires.Map(
                ("plain", "urn:pulumi:dev::proj::a:b:C::n"), ("given", "urn:pulumi:s::p::a:b:C::n"),
                ("child", "urn:pulumi:dev::proj::test:index:Group$a:b:C::n"), ("childOfUrn", "urn:pulumi:s::p::a:b:C::n")),
            engine.StackOutputs());
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var shapes = new Pulumi.Serialization.TypeShapes();
        var context = new Pulumi.Serialization.ReadContext(shapes, (_, _) => null);
        Prop.ForAll<string, int, NormalFloat>((text, number, real) =>
        {
            if (text is null)
            {
                return;
            }

            RoundTrip(text);
            RoundTrip(number);
            RoundTrip(number > 0);
            RoundTrip(real.Get);
            RoundTrip<Union<int, string>>(text);
            Assert.Equal([text, text], RoundTripOf(ImmutableArray.Create(text, text)).ToArray());
            Assert.Equal(number, RoundTripOf(ImmutableDictionary<string, int>.Empty.Add("k" + text, number))["k" + text]);
            var part = RoundTripOf(Part.Create(text, number, Part.Create("inner")));
            Assert.Equal((text, number, "inner", null), (part.Name, part.Size, part.Inner!.Name, part.Inner.Size));
        }).QuickCheckThrowOnFailure();
        RoundTrip(Colour.Red);
        RoundTrip(Level.High);
        RoundTrip(DayOfWeek.Friday);
        RoundTrip<Colour?>(Colour.Red);
        Assert.Equal("x", ((StringAsset)RoundTripOf<Asset>(new StringAsset("x"))).Text);
        Assert.Equal("x", ((FileArchive)RoundTripOf<Archive>(new FileArchive("x"))).Path);
        Assert.Single(((AssetArchive)RoundTripOf<Archive>(new AssetArchive(new Dictionary<string, AssetOrArchive> { ["a"] = new RemoteAsset("u") }))).Assets);
        using var json = JsonDocument.Parse("""{"a":[1,true,"x"]}""");
        Assert.Equal("""{"a":[1,true,"x"]}""", RoundTripOf(json.RootElement).GetRawText());
        Assert.Empty(context.Problems);

        void RoundTrip<T>(T value) => Assert.Equal(value, RoundTripOf(value));

        T RoundTripOf<T>(T value)
        {
            var serializer = new Pulumi.Serialization.Serializer(shapes, "A test", default);
            var written = serializer.WriteAsync(value, new Pulumi.Serialization.InputPlace(null, "x")).AsTask().GetAwaiter().GetResult();
            var wire = PropertyDecoding.Decode(PropertyEncoding.Encode(written, EncodingOptions.Full));
            return (T)context.Read(typeof(T), wire)!;
        }
    }

    [Fact]
    public void Structured_outputs_take_odd_names_and_missing_parts()
    {
        var context = new Pulumi.Serialization.ReadContext(new Pulumi.Serialization.TypeShapes(), (_, _) => null);
        var names = (OddNames)context.Read(typeof(OddNames), Wires.Map(("default", "d"), ("dashed-name", "n"), ("extra", 1d)))!;
        Assert.Equal(("d", "n", true), (names.Default, names.DashedName, names.Items.IsDefault));
        Assert.Empty(context.Problems);
    }

    [Fact]
    public void A_union_of_objects_is_told_apart_by_its_discriminator()
    {
        var context = new Pulumi.Serialization.ReadContext(new Pulumi.Serialization.TypeShapes(), (_, _) => null);
        Assert.Equal(3, ((Dog)context.Read(typeof(IAnimal), Wires.Map(("kind", "dog"), ("age", 3d)))!).Age);
        Assert.IsType<Cat>(context.Read(typeof(IAnimal), Wires.Map(("kind", "cat"))));
        Assert.Null(context.Read(typeof(IAnimal), Wires.Map(("kind", "cow"))));
        Assert.Contains("'cat', 'dog'", Assert.Single(context.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_no_output_can_have_is_named()
    {
        var context = new Pulumi.Serialization.ReadContext(new Pulumi.Serialization.TypeShapes(), (_, _) => null);
        Assert.Contains("System.Int64", Assert.Throws<RunException>(() => context.Read(typeof(long), 1d)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_failures_found_at_once_are_all_shown_and_each_once()
    {
        await using var engine = await FakeEngine.StartAsync();
        var code = await engine.RunAsync(() =>
        {
            var failed = Output.Create(1).Apply(int (_) => throw new RunException("first"));
            _ = new Thing("one", new ThingArgs { Count = failed });
            _ = new Thing("two", new ThingArgs { Count = failed.Apply(value => value + 1) });
            throw new RunException("second");
        });
        Assert.Equal(32, code);
        Assert.Equal(["first", "second"], engine.Messages(LogSeverity.Error).Order());
    }

    [Fact]
    public async Task A_cancelled_task_fails_the_run()
    {
        await using var engine = await FakeEngine.StartAsync();
        var code = await engine.RunAsync(() => Output.Create(Task.FromCanceled<int>(new CancellationToken(canceled: true))));
        Assert.Equal(32, code);
        Assert.Single(engine.Messages(LogSeverity.Error));
    }

    [Fact]
    public async Task A_logged_exception_fails_the_run_and_the_program_goes_on()
    {
        await using var engine = await FakeEngine.StartAsync();
        Assert.Equal(1, await engine.RunAsync(() =>
        {
            Log.Exception(new InvalidOperationException("odd"));
            _ = new Thing("one");
        }));
        Assert.Contains("odd", Assert.Single(engine.Messages(LogSeverity.Error)), StringComparison.Ordinal);
        Assert.NotNull(engine.Registered("one"));
    }

    [Fact]
    public async Task A_malformed_answer_is_an_error_about_that_resource()
    {
        await using var engine = await FakeEngine.StartAsync();
        Answer(engine, "one", new Google.Protobuf.WellKnownTypes.Struct
        {
            Fields = { ["text"] = Google.Protobuf.WellKnownTypes.Value.ForStruct(new() { Fields = { [Signatures.Key] = Google.Protobuf.WellKnownTypes.Value.ForString("nonsense") } }) },
        });
        Assert.Equal(32, await engine.RunAsync(() => _ = new Thing("one")));
        var message = Assert.Single(engine.Messages(LogSeverity.Error));
        Assert.Contains("'one' (test:index:Thing)", message, StringComparison.Ordinal);
        Assert.Contains("'text'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_has_one_stack()
    {
        await using var engine = await FakeEngine.StartAsync();
        Assert.Equal(32, await engine.RunAsync(() => _ = new GoodStack()));
        Assert.Contains("second stack", Assert.Single(engine.Messages(LogSeverity.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public void Resources_outside_a_run_are_an_error() =>
        Assert.Contains("RunAsync", Assert.Throws<InvalidOperationException>(() => new Thing("one")).Message, StringComparison.Ordinal);

    private static void Answer(FakeEngine engine, string name, Google.Protobuf.WellKnownTypes.Struct outputs) => engine.OnRegister = request =>
    {
        if (request.Name != name)
        {
            return Task.FromResult<RegisterResourceResponse?>(null);
        }

        var response = engine.Echo(request);
        response.Object = outputs;
        return Task.FromResult<RegisterResourceResponse?>(response);
    };

    private static Task<T> ValueAsync<T>(Output<T> output) => OutputUtilities.GetValueAsync(output);

    private sealed class GoodStack : Stack
    {
        public GoodStack()
        {
            Address = Output.Create("a");
            Named = Output.Create("b");
        }

        [Output]
        public Output<string> Address { get; private set; }

        [Output("named")]
        public Output<string> Named { get; set; }
    }

    private sealed class ForgetfulStack : Stack
    {
        [Output]
        public Output<string> Address { get; private set; } = null!;
    }

    private sealed class PlainStack : Stack
    {
        [Output]
        public string Address { get; private set; } = "";
    }

    private sealed class ReadOnlyStack : Stack
    {
        [Output]
        public Output<string> Address { get; } = Output.Create("");
    }
}
