using CantonInfra.Protocol.Properties;
using FsCheck;
using FsCheck.Fluent;

namespace CantonInfra.Protocol.Tests;

public sealed class PropertyPathTests
{
    private static readonly MapValue Properties = new(
    [
        new("location", "eastus2"),
        new("nothing", PropertyValue.Null),
        new("later", PropertyValue.Unknown),
        new("password", PropertyValue.Secret("hunter2-canary")),
        new("hidden", PropertyValue.Secret(new MapValue([new("part", "hunter2-canary"), new("later", PropertyValue.Unknown)]))),
        new("x.y", new MapValue([new("z", 1)])),
        new("regions", PropertyValue.Of(
            new MapValue([new("name", "centralus")]), PropertyValue.Unknown, new MapValue([new("other", true)]))),
        new("output", new OutputValue("known", isSecret: true, [])),
    ]);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("a[0].b[*].c")]
    [InlineData("[\"x.y\"].z")]
    [InlineData("a[\"quote\\\"backslash\\\\\"]")]
    [InlineData("[0]")]
    [InlineData("a[\"\"]")]
    public void Canonical_text_is_read_and_written_as_it_is(string text) => Assert.Equal(text, PropertyPath.Parse(text).ToString());

    [Theory]
    [InlineData("a.*", "a[*]")]
    [InlineData("[\"a\"].b", "a.b")]
    [InlineData("[\"a\\b\"]", "[\"a\\\\b\"]")]
    public void Other_spellings_mean_the_same(string text, string canonical) =>
        Assert.Equal(canonical, PropertyPath.Parse(text).ToString());

    [Theory]
    [InlineData(".a", "expected a name at character 1")]
    [InlineData("a.", "expected a name at character 3")]
    [InlineData("a..b", "expected a name at character 3")]
    [InlineData("a[", "expected ']' at character 3")]
    [InlineData("a[]", "expected an index")]
    [InlineData("a[-1]", "expected an index")]
    [InlineData("a[99999999999]", "expected an index")]
    [InlineData("a[\"b", "expected '\"]'")]
    [InlineData("a[\"b\"", "expected '\"]'")]
    [InlineData("a[\"b\\\"]", "expected '\"]'")]
    [InlineData("a]b", "expected '.' or '['")]
    [InlineData("a[0]b", "expected '.' or '['")]
    public void What_is_no_path_is_refused_with_its_place(string text, string why)
    {
        Assert.Contains(why, Assert.Throws<FormatException>(() => PropertyPath.Parse(text)).Message, StringComparison.Ordinal);
        Assert.False(PropertyPath.TryParse(text, out _));
    }

    [Fact]
    public void Every_path_survives_its_text_form()
    {
        var element = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(key => PropertyPathElement.Of(key.Get)),
            Gen.Elements(".", "[", "]", "\"", "\\", "*", "\\\"", "a\\").Select(PropertyPathElement.Of),
            Gen.Choose(0, int.MaxValue - 1).Select(PropertyPathElement.Of),
            Gen.Constant(PropertyPathElement.Wildcard));
        var paths = element.ListOf().Select(elements => new PropertyPath([.. elements])).ToArbitrary();

        Prop.ForAll(paths, path =>
        {
            var parsed = PropertyPath.Parse(path.ToString());
            return parsed == path && parsed.GetHashCode() == path.GetHashCode();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_makes_the_parser_fail_otherwise_than_by_saying_so() =>
        Prop.ForAll<NonNull<string>>(text => !PropertyPath.TryParse(text.Get, out var path) || PropertyPath.Parse(path.ToString()) == path)
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("location", PropertyState.Known, "\"eastus2\"", false, "location")]
    [InlineData("[\"x.y\"].z", PropertyState.Known, "1", false, "[\"x.y\"].z")]
    [InlineData("absent.deeper", PropertyState.Missing, "(missing)", false, "absent.deeper")]
    [InlineData("nothing.deeper", PropertyState.Missing, "(missing)", false, "nothing.deeper")]
    [InlineData("later.deeper[3]", PropertyState.Unknown, "[unknown]", false, "later")]
    [InlineData("password", PropertyState.Known, "[secret]", true, "password")]
    [InlineData("hidden.part", PropertyState.Known, "[secret]", true, "hidden.part")]
    [InlineData("hidden.later", PropertyState.Unknown, "[secret]", true, "hidden.later")]
    [InlineData("password.deeper", PropertyState.WrongKind, "[secret]", true, "password")]
    [InlineData("location.deeper", PropertyState.WrongKind, "\"eastus2\"", false, "location")]
    [InlineData("regions.name", PropertyState.WrongKind, null, false, "regions")]
    [InlineData("regions[7]", PropertyState.Missing, "(missing)", false, "regions[7]")]
    [InlineData("regions[1].name", PropertyState.Unknown, "[unknown]", false, "regions[1]")]
    [InlineData("output", PropertyState.Known, "[secret]", true, "output")]
    public void Reading_tells_missing_unknown_secret_and_mismatch_apart(
        string path, PropertyState state, string? shown, bool secret, string at)
    {
        var reading = PropertyPath.Parse(path).Read(Properties);

        Assert.Equal(state, reading.State);
        Assert.Equal(secret, reading.IsSecret);
        Assert.Equal(at, reading.Path.ToString());
        Assert.Equal(shown ?? reading.ToString(), reading.ToString());
    }

    [Fact]
    public void The_text_of_a_secret_can_be_compared_but_does_not_print()
    {
        var reading = PropertyPath.Parse("password").Read(Properties);

        Assert.True(reading.TryGetText(out var text));
        Assert.Equal("hunter2-canary", text);
        Assert.DoesNotContain("hunter2", $"{reading}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("regions[*].name", "regions[0].name=Known regions[1]=Unknown regions[2].name=Missing")]
    [InlineData("absent[*].name", "")]
    [InlineData("later[*].name", "later=Unknown")]
    [InlineData("location[*]", "location=WrongKind")]
    [InlineData("hidden[*]", "hidden.later=Unknown hidden.part=Known")]
    public void A_wildcard_selects_every_part(string path, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', PropertyPath.Parse(path).Select(Properties).Select(reading => $"{reading.Path}={reading.State}")));

    [Fact]
    public void Reading_one_value_by_a_wildcard_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => PropertyPath.Parse("a[*]").Read(Properties));
}
