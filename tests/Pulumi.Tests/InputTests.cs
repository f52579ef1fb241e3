using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Pulumi.Utilities;

namespace Pulumi.Tests;

public class InputTests
{
    [Fact]
    public async Task Lists_are_made_of_everything_the_official_ones_are_made_of()
    {
        InputList<string>[] lists =
        [
            "a",
            Output.Create("a"),
            (Input<string>)"a",
            new[] { "a" },
            new[] { Output.Create("a") },
            new Input<string>[] { "a" },
            new List<string> { "a" },
            new List<Output<string>> { Output.Create("a") },
            new List<Input<string>> { "a" },
            ImmutableArray.Create("a"),
            ImmutableArray.Create(Output.Create("a")),
            ImmutableArray.Create<Input<string>>("a"),
            Output.Create(new[] { "a" }),
            Output.Create(new List<string> { "a" }),
            Output.Create<IEnumerable<string>>(["a"]),
            Output.Create(ImmutableArray.Create("a")),
            new() { "a" },
        ];
        foreach (var list in lists)
        {
            Assert.Equal(["a"], await ItemsAsync(list));
        }
    }

    [Fact]
    public async Task Lists_are_added_to_and_joined_without_changing_the_other()
    {
        InputList<string> first = new() { "a" };
        InputList<string> second = Output.Create(ImmutableArray.Create("b", "c"));
        var both = first.Concat(second);
        first.Add("x", "y");
        first.AddRange(second);
        Assert.Equal(["a", "b", "c"], await ItemsAsync(both));
        Assert.Equal(["a", "x", "y", "b", "c"], await ItemsAsync(first));
        Assert.Equal(["b", "c"], await ItemsAsync(second));
        var items = new List<string>();
        await foreach (var item in first)
        {
            items.Add(await OutputUtilities.GetValueAsync(item.ToOutput()));
        }

        Assert.Equal(["a", "x", "y", "b", "c"], items);
        Assert.Throws<NotSupportedException>(() => ((System.Collections.IEnumerable)first).GetEnumerator());
    }

    [Fact]
    public async Task Maps_are_made_of_everything_the_official_ones_are_made_of()
    {
        InputMap<string>[] maps =
        [
            new Dictionary<string, string> { ["a"] = "b" },
            ImmutableDictionary<string, string>.Empty.Add("a", "b"),
            Output.Create(new Dictionary<string, string> { ["a"] = "b" }),
            Output.Create<IDictionary<string, string>>(new Dictionary<string, string> { ["a"] = "b" }),
            Output.Create(ImmutableDictionary<string, string>.Empty.Add("a", "b")),
            new() { { "a", "b" } },
            new() { ["a"] = "b" },
        ];
        foreach (var map in maps)
        {
            Assert.Equal("b", (await EntriesAsync(map))["a"]);
        }
    }

    [Fact]
    public async Task A_key_may_be_added_twice_with_the_same_value_only()
    {
        Assert.Single(await EntriesAsync(new InputMap<string> { { "a", "b" }, { "a", "b" } }));
        InputMap<string> different = new() { { "a", "b" }, { "a", "c" } };
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => EntriesAsync(different));
        Assert.Contains("'a'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merging_lets_the_second_map_win_and_adding_a_map_does_not()
    {
        InputMap<string> first = new() { { "a", "1" }, { "b", "1" } };
        InputMap<string> second = new() { { "b", "2" }, { "c", "2" } };
        var merged = await EntriesAsync(InputMap<string>.Merge(first, second));
        Assert.Equal(["a=1", "b=2", "c=2"], merged.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}={entry.Value}"));
        first.Add(second);
        await Assert.ThrowsAsync<ArgumentException>(() => EntriesAsync(first));
    }

    [Fact]
    public async Task Lists_and_maps_of_unions_take_either_type()
    {
        InputList<Union<int, string>> list = new() { (Input<int>)1, (Input<string>)"a" };
        Assert.Equal([1, "a"], (await ItemsAsync(list)).Select(item => item.Value));
        InputMap<Union<int, string>> map = new() { { "a", (Input<int>)1 }, { "b", (Input<string>)"x" } };
        Assert.Equal("x", (await EntriesAsync(map))["b"].AsT1);
    }

    [Fact]
    public async Task Unions_and_json_are_made_of_everything()
    {
        InputUnion<int, string>[] unions =
        [
            1, "a", Union<int, string>.FromT0(1), Output.Create(1), Output.Create("a"), (Input<int>)1, (Input<string>)"a",
            Output.Create<Union<int, string>>(1),
        ];
        foreach (var union in unions)
        {
            Assert.NotNull((await OutputUtilities.GetValueAsync(union.ToOutput())).Value);
        }

        using var document = JsonDocument.Parse("""{"a":1}""");
        InputJson[] jsons =
        [
            """{"a":1}""", document, document.RootElement, Output.Create("""{"a":1}"""), Output.Create(document), Output.Create(document.RootElement),
        ];
        foreach (var json in jsons)
        {
            Assert.Equal(1, (await OutputUtilities.GetValueAsync(json.ToOutput())).GetProperty("a").GetInt32());
        }
    }

    [Fact]
    public async Task No_input_counts_as_the_default()
    {
        Input<int>? none = null;
        Assert.Equal(0, await OutputUtilities.GetValueAsync(none.ToOutput()));
        Assert.Equal(1, await OutputUtilities.GetValueAsync(none.Apply(value => value + 1)));
    }

    [Fact]
    public void Lists_hold_what_was_added_in_order() => Prop.ForAll<string[], string[]>((first, second) =>
    {
        InputList<string> list = first;
        list.AddRange(second);
        return ItemsAsync(list).GetAwaiter().GetResult().SequenceEqual(first.Concat(second));
    }).QuickCheckThrowOnFailure();

    private static async Task<T[]> ItemsAsync<T>(InputList<T> list) => [.. await OutputUtilities.GetValueAsync(list.ToOutput())];

    private static Task<ImmutableDictionary<string, T>> EntriesAsync<T>(InputMap<T> map) => OutputUtilities.GetValueAsync(map.ToOutput());
}
