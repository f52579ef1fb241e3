using System.Text;
using CantonInfra.Protocol.Grpc;
using FsCheck;
using FsCheck.Fluent;

namespace CantonInfra.Protocol.Tests;

public class GrpcHeadersTests
{
    [Theory]
    [InlineData("1H", 3600_000)]
    [InlineData("2M", 120_000)]
    [InlineData("3S", 3_000)]
    [InlineData("250m", 250)]
    [InlineData("5000u", 5)]
    [InlineData("7000000n", 7)]
    public void Deadlines_are_read_in_every_unit(string header, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), GrpcHeaders.DecodeTimeout(header));

    [Theory]
    [InlineData(null)]
    [InlineData("S")]
    [InlineData("-1S")]
    [InlineData("1x")]
    [InlineData("123456789S")]
    public void What_is_no_deadline_counts_as_none(string? header) => Assert.Null(GrpcHeaders.DecodeTimeout(header));

    [Fact]
    public void A_deadline_is_never_sent_shorter_than_it_is() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), seconds =>
        {
            var timeout = TimeSpan.FromMilliseconds(seconds.Get * 1.5);
            return GrpcHeaders.DecodeTimeout(GrpcHeaders.EncodeTimeout(timeout)) >= timeout;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Messages_come_back_whatever_they_hold() =>
        Prop.ForAll(ArbMap.Default.ArbFor<UnicodeString>(), message =>
        {
            // Half a surrogate pair has no UTF-8, so it cannot travel.
            var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(message.Get));
            var header = GrpcHeaders.EncodeMessage(text);
            return header.All(character => character is >= ' ' and <= '~') && GrpcHeaders.DecodeMessage(header) == text;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("not base64!")]
    [InlineData("////")]
    public void Details_that_cannot_be_read_count_as_none(string header) => Assert.Empty(GrpcHeaders.DecodeDetails(header));
}
