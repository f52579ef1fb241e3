using CantonInfra.Protocol.Properties;

namespace CantonInfra.Protocol.Tests;

public class PropertyValueTests
{
    [Fact]
    public void Values_are_compared_by_what_they_hold()
    {
        var one = new MapValue([new("list", PropertyValue.Of(1, "x")), new("secret", PropertyValue.Secret(true))]);
        var other = new MapValue([new("secret", PropertyValue.Secret(true)), new("list", PropertyValue.Of(1, "x"))]);

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, one.With("list", PropertyValue.Of(1, "y")));
    }

    [Fact]
    public void Unwrapping_goes_below_every_mark()
    {
        var value = new SecretValue(new OutputValue(new SecretValue(5), isSecret: false, []));

        Assert.Equal(PropertyValue.Of(5), value.Unwrapped);
        Assert.True(value.IsSecret);
        Assert.False(value.IsUnknown);
    }

    [Fact]
    public void An_output_without_an_element_is_unknown() =>
        Assert.True(new SecretValue(new OutputValue(null, isSecret: false, [])).IsUnknown);

    [Fact]
    public void A_part_that_is_secret_does_not_make_the_whole_secret()
    {
        var map = new MapValue([new("a", PropertyValue.Secret(1))]);

        Assert.False(map.IsSecret);
        Assert.True(map.ContainsSecrets);
    }

    [Fact]
    public void A_secret_is_not_marked_twice() =>
        Assert.Equal(new SecretValue(1), PropertyValue.Secret(PropertyValue.Secret(1)));
}
