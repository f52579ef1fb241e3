using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Mutations.Tests.Classifying;
using CantonInfra.Mutations.Tests.Mutating;
using CantonInfra.PolicySdk.Testing;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Mutations.Tests;

/// <summary>Which mutations there are, and what each leaves of the resource.</summary>
public sealed class MutatorTests
{
    [Theory]
    [InlineData("""{"a": true}""", "delete, flip")]
    [InlineData("""{"a": "True"}""", "delete, flip")]
    [InlineData("""{"a": "Enabled"}""", "delete, swap")]
    [InlineData("""{"a": "10.0.0.0/24"}""", "delete, open")]
    [InlineData("""{"a": "0.0.0.0/0"}""", "delete")]
    [InlineData("""{"a": "text"}""", "delete")]
    [InlineData("""{"a": {"[secret]": "text"}}""", "delete, plain")]
    [InlineData("""{"a": []}""", "delete")]
    public void The_kind_of_a_value_suggests_how_to_make_it_worse(string inputs, string names) =>
        Assert.Equal(names, string.Join(", ", Mutate("a: r", inputs).Select(mutation => mutation.Kind.Name)));

    [Fact]
    public void Lists_lose_each_part_and_all_and_get_everything() => Assert.Equal(
        ["a delete", "a empty", "a widen", "a[*] delete", "a[*] delete"],
        Mutate("'a[*]': r", """{"a": ["x", "y"]}""").Select(mutation => $"{mutation.Kind.Place} {mutation.Kind.Name}"));

    [Fact]
    public void A_map_is_as_bad_to_lose_as_what_is_in_it_but_not_where_that_is_excluded()
    {
        Assert.Equal(
            ["a delete r|s", "a.b delete r", "a.c delete s"],
            Mutate("a.b: r\n      a.c: s", """{"a": {"b": "1", "c": "2", "d": "3"}}""").Select(mutation => $"{mutation.Kind.Place} {mutation.Kind.Name} {string.Join('|', mutation.Rules)}"));
        Assert.Empty(Mutate("a.b: {rule: r, unless: {delete: 'It is safe.'}}", """{"a": {"b": "1"}}"""));
    }

    [Fact]
    public void Values_of_ones_own_are_tried_but_not_the_one_that_is_there() => Assert.Equal(
        ["delete", "= \"worse\""], Mutate("a: {rule: r, try: [worse, fine]}", """{"a": "fine"}""").Select(mutation => mutation.Kind.Name));

    [Fact]
    public void What_is_excluded_is_listed_with_the_reason()
    {
        var (mutations, exclusions) = Mutator("a: {rule: r, unless: {flip: 'It is safe.'}}").Mutate(Things.Thing("""{"a": true}"""));

        Assert.Equal("delete", Assert.Single(mutations).Kind.Name);
        Assert.Equal(new Exclusion(new MutationKind(Things.Type, "a", "flip"), "It is safe."), Assert.Single(exclusions));
    }

    [Fact]
    public void Whole_resources_go_and_protection_is_lifted()
    {
        var thing = Things.Thing("{}") with { Options = new ResourceOptions { Protect = true } };
        var mutations = Mutator("a: r", "    removal: {rule: gone, on: parent}\n    protect: {rule: lifted}").Mutate(thing).Mutations;

        Assert.Equal(["(resource) remove gone parent", "(protect) lift lifted itself"], mutations.Select(
            mutation => $"{mutation.Kind.Place} {mutation.Kind.Name} {Assert.Single(mutation.Rules)} {Assert.Single(mutation.On)}"));
        Assert.Null(mutations[0].Result);
        Assert.False(mutations[1].Result!.Options.Protect);
        Assert.Single(Mutator("a: r", "    removal: {rule: gone, on: parent}\n    protect: {rule: lifted}").Mutate(Things.Thing("{}")).Mutations);
    }

    [Theory]
    [InlineData("a.b[1]", null, """{"a": {"b": [1]}, "c": 3}""")]
    [InlineData("a.b[0]", 9, """{"a": {"b": [9, 2]}, "c": 3}""")]
    [InlineData("a", null, """{"c": 3}""")]
    [InlineData("a.nosuch", 9, """{"a": {"b": [1, 2]}, "c": 3}""")]
    public void An_edit_changes_one_value(string path, int? value, string after)
    {
        var edited = PropertyEdit.Apply(
            Things.Thing("""{"a": {"b": [1, 2]}, "c": 3}"""), PropertyPath.Parse(path), value is { } number ? PropertyValue.Of(number) : null);

        Assert.Equal(PropertyNotation.Read(after), edited.Inputs);
        Assert.Equal(PropertyNotation.Read(after), edited.Outputs);
    }

    [Fact]
    public void A_secret_stays_one_when_what_is_in_it_changes() => Assert.Equal(
        PropertyNotation.Read("""{"a": {"[secret]": {"b": 9}}}"""),
        PropertyEdit.Apply(Things.Thing("""{"a": {"[secret]": {"b": 1}}}"""), PropertyPath.Parse("a.b"), PropertyValue.Of(9)).Inputs);

    [Fact]
    public void What_is_written_out_comes_from_no_other_resource_any_more()
    {
        var thing = Things.Thing("""{"a": "[unknown]", "b": "[unknown]", "c": ["[unknown]", "[unknown]"]}""").From("a", "one", "two").From("b", "two").From("c", "three");

        var literal = PropertyEdit.Apply(thing, PropertyPath.Parse("a"), PropertyValue.Of("/id"));
        Assert.False(literal.PropertyDependencies.ContainsKey("a"));
        Assert.Equal(["three", "two"], literal.Dependencies.Order(StringComparer.Ordinal));

        var partly = PropertyEdit.Apply(thing, PropertyPath.Parse("c[0]"), PropertyValue.Of("/id"));
        Assert.Equal("three", Assert.Single(partly.PropertyDependencies["c"]));
    }

    private static ImmutableArray<Mutation> Mutate(string guarded, string inputs) => Mutator(guarded).Mutate(Things.Thing(inputs)).Mutations;

    private static Mutator Mutator(string guarded, string whole = "") => new(ClassificationFile.Parse($$"""
        reasons: {}
        everywhere: {}
        types:
          {{Things.Type}}:
            guarded:
              {{guarded}}
        """.Replace("\r\n", "\n", StringComparison.Ordinal) + "\n" + whole + "\n"));
}
