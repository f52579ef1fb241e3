using CantonInfra.Engine.Plans;

namespace CantonInfra.Engine.Tests;

public class GoDurationTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("300s", 300)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("1500000000ns", 1.5)]
    [InlineData("250ms", 0.25)]
    [InlineData("5", 0)]
    [InlineData("5 s", 0)]
    [InlineData("abc", 0)]
    public void Durations_are_read_in_seconds(string text, double seconds) => Assert.Equal(seconds, GoDuration.Seconds(text), 9);
}
