using CantonInfra.Protocol.Properties;

namespace CantonInfra.Protocol.Tests;

public sealed class PropertyReadingTests
{
    private static readonly PropertyValue Nothing = PropertyValue.Null;
    private static readonly PropertyValue Unknown = PropertyValue.Unknown;

    public static TheoryData<PropertyValue, bool?, bool?, bool?> Cases => new()
    {
        // The value; whether it is on where missing means off; whether there is a text; whether there is nothing.
        { Nothing, false, false, true },
        { true, true, null, null },
        { false, false, null, null },
        { PropertyValue.Secret(true), true, null, null },
        { "text", null, true, null },
        { " ", null, false, null },
        { PropertyValue.Secret("text"), null, true, null },
        { 1, null, null, null },
        { Unknown, null, null, null },
        { PropertyValue.Secret(Unknown), null, null, null },
        { PropertyValue.Of(Array.Empty<PropertyValue>()), null, null, true },
        { PropertyValue.Of(Unknown), null, null, false },
        { MapValue.Empty, null, null, true },
        { MapValue.Empty.With("key", Nothing), null, null, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Readings_answer_yes_no_or_not_known(PropertyValue value, bool? flag, bool? text, bool? nothing)
    {
        var reading = PropertyPath.Parse("a").Read(MapValue.Empty.With("a", value));

        Assert.Equal((flag, text, nothing), (reading.ToFlag(whenMissing: false), reading.IsTextGiven(), reading.IsNothing()));
    }

    [Fact]
    public void What_a_missing_flag_means_is_up_to_its_reader() =>
        Assert.True(PropertyPath.Parse("a").Read(MapValue.Empty).ToFlag(whenMissing: true));

    [Fact]
    public void A_path_through_something_else_is_not_known() =>
        Assert.Null(PropertyPath.Parse("a.b").Read(MapValue.Empty.With("a", "text")).IsNothing());
}
