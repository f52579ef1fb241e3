using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Reachability.Tests;

public sealed class SelectorTests
{
    [Fact]
    public void A_witness_is_there_for_each_way_to_meet_a_selector()
    {
        Assert.Equal([""], Witnesses());
        Assert.Equal(["app=a", "app=b"], Witnesses(In("app", "a", "b")));
        Assert.Equal(["app=a,tier=x", "app=a,tier=y"], Witnesses(In("app", "a"), In("tier", "x", "y")));
        Assert.Equal(["app=b"], Witnesses(In("app", "a", "b"), new("app", SelectorOperator.NotIn, ["a"])));
        Assert.Equal(["app=b"], Witnesses(In("app", "a", "b"), In("app", "b", "c")));
        Assert.Equal(["app=any1"], Witnesses(new("app", SelectorOperator.Exists, []), new("app", SelectorOperator.NotIn, ["any0"])));
        Assert.Equal([""], Witnesses(new("app", SelectorOperator.NotIn, ["a"]), new("tier", SelectorOperator.DoesNotExist, [])));
    }

    [Fact]
    public void There_is_none_for_what_nobody_can_be_or_is_not_known()
    {
        Assert.Empty(Witnesses(In("app", "a"), In("app", "b")));
        Assert.Empty(Witnesses(In("app")));
        Assert.Empty(Witnesses(In("app", "a"), new("app", SelectorOperator.DoesNotExist, [])));
        Assert.Empty(Witnesses(new SelectorRequirement("app", SelectorOperator.In, [null])));
        Assert.Empty(Witnesses(new SelectorRequirement(null, SelectorOperator.In, ["a"])));
        Assert.Empty(Selector.Unknown.Witnesses());
    }

    // Four to the power of thirty ways: nobody would live to see the proof.
    [Fact]
    public void Of_very_many_ways_there_are_as_many_as_it_takes_for_every_value()
    {
        var selector = Enumerable.Range(0, 30).Select(label => In($"l{label:00}", "a", "b", "c", "d")).ToArray();

        var whole = new Selector([.. selector]);
        var witnesses = whole.Witnesses();

        Assert.False(whole.HasWitnessOfEachWay);
        Assert.True(new Selector([.. selector.Take(4)]).HasWitnessOfEachWay);
        Assert.Equal(4, witnesses.Length);
        Assert.All(selector, label => Assert.All(label.Values, value => Assert.Contains(witnesses, set => set.ValueOf(label.Key!) == value)));
    }

    private static SelectorRequirement In(string key, params string[] values) => new(key, SelectorOperator.In, [.. values]);

    private static IEnumerable<string> Witnesses(params SelectorRequirement[] requirements) =>
        new Selector([.. requirements]).Witnesses().Select(set => set.ToString());
}
