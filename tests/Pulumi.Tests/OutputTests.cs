using System.Collections.Immutable;
using System.Text.Json;
using Pulumi.Utilities;

namespace Pulumi.Tests;

public class OutputTests
{
    [Fact]
    public async Task Apply_runs_on_known_values_and_keeps_secretness()
    {
        var data = await Output.CreateSecret(2).Apply(value => value + 1).DataTask;
        Assert.Equal((3, true, true), (data.Value, data.IsKnown, data.IsSecret));
    }

    [Fact]
    public async Task Apply_does_not_run_on_unknown_values()
    {
        var ran = false;
        var data = await Output.Unknown<int>(isSecret: true).Apply(value =>
        {
            ran = true;
            return value;
        }).DataTask;
        Assert.False(ran);
        Assert.Equal((false, true), (data.IsKnown, data.IsSecret));
    }

    [Fact]
    public async Task All_forms_of_apply_give_the_value()
    {
        var one = Output.Create(1);
        Assert.Equal("1", await ValueAsync(one.Apply(value => $"{value}")));
        Assert.Equal("1", await ValueAsync(one.Apply(value => Task.FromResult($"{value}"))));
        Assert.Equal("1", await ValueAsync(one.Apply(value => Output.Create($"{value}"))));
        Assert.Equal("1", await ValueAsync(one.Apply(value => (Input<string>)$"{value}")));
        Assert.Null(await ValueAsync(one.Apply(Output<string>? (_) => null)));
        var ran = 0;
        await one.Apply(async value =>
        {
            await Task.Yield();
            ran = value;
        }).DataTask;
        Assert.Equal(1, ran);
    }

    [Fact]
    public async Task An_inner_output_adds_its_unknownness_and_secretness()
    {
        var data = await Output.Create(1).Apply(_ => Output.Unknown<int>(isSecret: true)).DataTask;
        Assert.Equal((false, true), (data.IsKnown, data.IsSecret));
    }

    [Fact]
    public async Task All_and_tuple_are_unknown_and_secret_where_a_part_is()
    {
        var all = await Output.All(Output.Create(1), Output.CreateSecret(2)).DataTask;
        Assert.Equal([1, 2], all.Value.ToArray());
        Assert.Equal((true, true), (all.IsKnown, all.IsSecret));

        var mixed = await Output.Tuple(Output.Create(1), Output.Unknown<string>()).DataTask;
        Assert.Equal((false, false), (mixed.IsKnown, mixed.IsSecret));
        Assert.Empty(await ValueAsync(Output.All(Array.Empty<Input<int>>())));
    }

    [Fact]
    public async Task Tuples_have_two_to_eight_items_of_inputs_or_outputs()
    {
        Assert.Equal((1, "a"), await ValueAsync(Output.Tuple<int, string>(1, "a")));
        Assert.Equal((1, 2, 3), await ValueAsync(Output.Tuple<int, int, int>(1, 2, 3)));
        Assert.Equal((1, 2, 3, 4), await ValueAsync(Output.Tuple<int, int, int, int>(1, 2, 3, 4)));
        Assert.Equal((1, 2, 3, 4, 5), await ValueAsync(Output.Tuple<int, int, int, int, int>(1, 2, 3, 4, 5)));
        Assert.Equal((1, 2, 3, 4, 5, 6), await ValueAsync(Output.Tuple<int, int, int, int, int, int>(1, 2, 3, 4, 5, 6)));
        Assert.Equal((1, 2, 3, 4, 5, 6, 7), await ValueAsync(Output.Tuple<int, int, int, int, int, int, int>(1, 2, 3, 4, 5, 6, 7)));
        var o = Output.Create(1);
        Assert.Equal((1, 1, 1, 1, 1, 1, 1, 1), await ValueAsync(Output.Tuple(o, o, o, o, o, o, o, o)));
    }

    [Fact]
    public async Task Format_takes_outputs_inputs_and_plain_values_in_the_invariant_culture()
    {
        Input<string> input = "in";
        var data = await Output.Format($"{Output.CreateSecret("out")}-{input}-{1.5:0.00}-{(string?)null}-{{}}").DataTask;
        Assert.Equal(("out-in-1.50--{}", true), (data.Value, data.IsSecret));
        Assert.False((await Output.Format($"{Output.Unknown<string>()}").DataTask).IsKnown);
    }

    [Fact]
    public async Task Secrets_are_marked_unmarked_and_asked_for()
    {
        Assert.True(await Output.IsSecretAsync(Output.CreateSecret(Output.Create(1))));
        Assert.True(await Output.IsSecretAsync(Output.CreateSecret(Task.FromResult(1))));
        Assert.False(await Output.IsSecretAsync(Output.Unsecret(Output.CreateSecret(1))));
    }

    [Fact]
    public void ToString_is_an_explanation_and_never_the_value()
    {
        Assert.DoesNotContain("canary", $"{Output.CreateSecret("canary")}", StringComparison.Ordinal);
        Assert.Contains("Apply", $"{Output.Create(1)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_waits_for_outputs_within_the_value()
    {
        var value = Output.Create(new Holder { Plain = 1, Later = Task.Delay(10).ContinueWith(_ => "x", TaskScheduler.Default).ToOutput() });
        Assert.Equal("""{"Plain":1,"Later":"x"}""", await ValueAsync(Output.JsonSerialize(value)));

        var secret = await Output.JsonSerialize(Output.Create(new Holder { Later = Output.CreateSecret("x") })).DataTask;
        Assert.True(secret.IsSecret);
        var unknown = await Output.JsonSerialize(Output.Create(new Holder { Later = Output.Unknown<string>() })).DataTask;
        Assert.False(unknown.IsKnown);
    }

    [Fact]
    public async Task Json_obeys_options_and_is_read_back()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        Assert.Equal("""{"plain":1,"later":null}""", await ValueAsync(Output.JsonSerialize(Output.Create(new Holder { Plain = 1 }), options)));
        var read = await ValueAsync(Output.JsonDeserialize<Holder>(Output.Create("""{"plain":2,"later":"y"}"""), options));
        Assert.Equal(2, read.Plain);
        Assert.Equal("y", await ValueAsync(read.Later!));
    }

    [Fact]
    public async Task A_chain_of_many_thousand_applies_does_not_exhaust_the_stack()
    {
        var source = new TaskCompletionSource<int>();
        var output = Output.Create(source.Task);
        for (var index = 0; index < 50_000; index++)
        {
            output = output.Apply(value => value + 1);
        }

        source.SetResult(0);
        Assert.Equal(50_000, await ValueAsync(output));
    }

    [Fact]
    public async Task A_deferred_output_becomes_what_it_is_resolved_with_once()
    {
        var deferred = new DeferredOutput<int>();
        var doubled = deferred.Output.Apply(value => value * 2);
        deferred.Resolve(Output.CreateSecret(4));
        var data = await doubled.DataTask;
        Assert.Equal((8, true), (data.Value, data.IsSecret));
        Assert.Throws<InvalidOperationException>(() => deferred.Resolve(Output.Create(1)));
    }

    [Fact]
    public async Task Utilities_look_inside_outputs()
    {
        var unknown = OutputUtilities.CreateUnknown("hint");
        Assert.False(await OutputUtilities.GetIsKnownAsync(unknown));
        Assert.Equal("hint", await OutputUtilities.GetValueAsync(unknown));
        Assert.Equal(3, await OutputUtilities.GetValueAsync(OutputUtilities.CreateUnknown(() => Task.FromResult(3))));
        var resource = new DependencyResource("urn:pulumi:s::p::t:t:T::n");
        Assert.Equal([resource], await OutputUtilities.GetDependenciesAsync(OutputUtilities.WithDependency(Output.Create(1), resource)));
    }

    [Fact]
    public async Task Short_forms_for_lists_and_unions()
    {
        var list = Output.Create(ImmutableArray.Create("a", "b"));
        Assert.Equal("a", await ValueAsync(list.First()));
        Assert.Equal("b", await ValueAsync(list.GetAt(1)));
        Assert.Equal(2, await ValueAsync(list.Length()));
        var union = Output.Create<Union<int, string>>("x");
        Assert.True(await ValueAsync(union.IsT1()));
        Assert.False(await ValueAsync(union.IsT0()));
        Assert.Equal("x", await ValueAsync(union.AsT1()));
        Assert.Equal("x", await ValueAsync(union.Value()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ValueAsync(union.AsT0()));
    }

    [Fact]
    public void Unions_match_map_and_compare()
    {
        Union<int, string> number = 1;
        Union<int, string> text = "a";
        Assert.Equal("1", number.Match(value => $"{value}", value => value));
        Assert.Equal(2, number.MapT0(value => value + 1).AsT0);
        Assert.Equal(1, text.MapT1(value => value.Length).AsT1);
        Assert.Equal(1, text.Bimap(value => 0L, value => value.Length).AsT1);
        Assert.True(text.TryPickT1(out var picked, out _) && picked == "a");
        Assert.False(text.TryPickT0(out _, out var rest));
        Assert.Equal("a", rest);
        Assert.True(number == Union<int, string>.FromT0(1));
        Assert.True(number != text);
        Assert.NotEqual(Union<string, string>.FromT0("a"), Union<string, string>.FromT1("a"));
    }

    [Fact]
    public async Task A_run_waits_for_outputs_that_nobody_looks_at()
    {
        await using var engine = await FakeEngine.StartAsync();
        var finished = false;
        await engine.SucceedAsync(() => Output.Create(Task.Delay(200)).Apply(async delay =>
        {
            await delay;
            finished = true;
        }));
        Assert.True(finished);
    }

    private static Task<T> ValueAsync<T>(Output<T> output) => OutputUtilities.GetValueAsync(output);

    private sealed class Holder
    {
        public int Plain { get; set; }

        public Output<string>? Later { get; set; }
    }
}

internal static class TaskOutputs
{
    public static Output<T> ToOutput<T>(this Task<T> task) => Output.Create(task);
}
