using System.Collections.Immutable;
using CantonInfra.Mutations.Tests.Classifying;
using CantonInfra.Policy.Files;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Mutations.Tests;

/// <summary>What the file may say, and what is told to whoever writes something else.</summary>
public sealed class ClassificationFileTests
{
    [Theory]
    [InlineData("a: {rule: r, triy: [1]}", ":8:", "unknown key 'triy'; known are rule, free, try, unless")]
    [InlineData("a: {try: [1]}", ":8:", "lacks 'rule'")]
    [InlineData("a: {rule: r, unless: {vanish: refused}}", ":8:", "'vanish' is no mutation; known are delete, flip")]
    [InlineData("a: {rule: r, unless: {delete: nosuch}}", ":1:", "'nosuch' is none of the reasons at the top")]
    [InlineData("'a[': r", ":8:", "'a[' is no path of a property")]
    [InlineData("a: [r, s", ":", "This is not valid YAML")]
    public void What_is_malformed_is_told_with_its_line(string guarded, string line, string message)
    {
        var error = Assert.Throws<MalformedFileException>(() => ClassificationFile.Parse(File(guarded)));

        Assert.Contains(Classification.Path + line, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("its head says what it looks like", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("policy pack", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_what_YAML_takes_them_for()
    {
        var entry = Assert.IsType<Guarded>(Assert.Single(Read("a: {rule: [r, s], try: [1, true, 'true', text, [x], {k: v}]}")));

        PropertyValue[] values =
        [
            PropertyValue.Of(1), PropertyValue.Of(true), PropertyValue.Of("true"), PropertyValue.Of("text"),
            PropertyValue.Of([PropertyValue.Of("x")]), new MapValue([KeyValuePair.Create("k", PropertyValue.Of("v"))]),
        ];

        Assert.Equal("r s", string.Join(' ', entry.Rules));
        Assert.Equal(values, entry.Try);
    }

    [Fact]
    public void Reasons_without_a_space_are_the_shared_ones()
    {
        var entry = Assert.IsType<Guarded>(Assert.Single(Read("a: {rule: r, unless: {delete: refused, flip: 'It is so.'}}")));

        Assert.Equal("Azure refuses it.", entry.Unless["delete"]);
        Assert.Equal("It is so.", entry.Unless["flip"]);
        Assert.Equal("itself", Assert.Single(entry.On));
    }

    [Theory]
    [InlineData("stacks: 'subscription-*'", "subscription-prod", true)]
    [InlineData("stacks: 'subscription-*'", "mainnet", false)]
    [InlineData("stacks: [devnet, mainnet]", "mainnet", true)]
    [InlineData("named: 'idp-*'", "mainnet", false)]
    [InlineData("named: [other, thing]", "mainnet", true)]
    [InlineData("when: {b: 'x*'}", "mainnet", true)]
    [InlineData("when: {b: y}", "mainnet", false)]
    [InlineData("when: {b: 'true'}", "mainnet", false)]
    [InlineData("when: {flag: 'true'}", "mainnet", true)]
    [InlineData("when: {b: 'x*', flag: 'false'}", "mainnet", false)]
    public void Conditions_tell_resources_apart(string condition, string stack, bool holds)
    {
        var entry = Assert.Single(Read("a: {rule: r, " + condition + "}"));
        var resource = Things.Thing("""{"a": 1, "b": "xyz", "flag": true}""", stack);

        Assert.Equal(holds, entry.Condition.Holds(resource, PropertyPlace.Of(resource.Inputs).First()));
    }

    [Fact]
    public void A_wildcard_in_a_condition_is_that_of_the_value()
    {
        var type = ReadType("'logs[*].on': {rule: r, when: {'logs[*].name': audit}}");
        var resource = Things.Thing("""{"logs": [{"name": "audit", "on": true}, {"name": "metrics", "on": true}]}""");
        var found = PropertyPlace.Of(resource.Inputs).Where(place => type.Find(resource, place) is Guarded).Select(place => place.Path.ToString());

        Assert.Equal(["logs[0].on"], found);
    }

    [Fact]
    public void Longer_paths_win_and_then_those_that_come_first()
    {
        var type = ReadType("""
            a: whole
                  a.b: [{rule: first, when: {c: "no"}}, {rule: second}, {rule: third}]
            """);
        var resource = Things.Thing("""{"a": {"b": 1, "d": 2}, "c": "yes"}""");
        var rules = PropertyPlace.Of(resource.Inputs).Where(place => place.IsLeaf)
            .Select(place => (type.Find(resource, place) as Guarded)?.Rules.Single() ?? "none");

        Assert.Equal(["second", "whole", "none"], rules);
    }

    private static ImmutableArray<Classified> Read(string guarded) => ReadType(guarded).Properties;

    private static TypeClassification ReadType(string guarded) => ClassificationFile.Parse(File(guarded)).Types[Things.Type];

    private static string File(string guarded) => $$"""
        reasons:
          refused: Azure refuses it.
        everywhere:
          free: {}
        types:
          {{Things.Type}}:
            guarded:
              {{guarded}}
        """.Replace("\r\n", "\n", StringComparison.Ordinal);
}
