using System.Text;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Protocol.Tests;

public class SecretMaskTests
{
    private const string Canary = "Canary+51/f0 c2=?\"é";

    public static TheoryData<string> Forms => new(
        Canary,
        Canary.ToUpperInvariant(),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary)).TrimEnd('='),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Canary)),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Canary)),
        Uri.EscapeDataString(Canary),
        System.Net.WebUtility.UrlEncode(Canary),
        System.Net.WebUtility.HtmlEncode(Canary),
        System.Text.Json.JsonSerializer.Serialize(Canary).Trim('"'));

    // Basic authentication is base64 of "user:password": nothing that the password's own base64 is a part of.
    [Theory]
    [InlineData("", "@host")]
    [InlineData("u", "")]
    [InlineData("us", "@host")]
    [InlineData("user:", "?")]
    public void A_secret_within_what_is_in_base64_is_masked(string before, string after)
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Canary + after));

        foreach (var written in new[] { text, text.Replace('+', '-').Replace('/', '_') })
        {
            var masked = SecretMask.None.With(Canary).Apply(written);

            Assert.Contains(PropertyJson.SecretMark, masked, StringComparison.Ordinal);
            var left = masked.Replace(PropertyJson.SecretMark, "", StringComparison.Ordinal);
            Assert.True(left.Length <= ((before.Length + after.Length) * 8 / 6) + 8, masked);
        }
    }

    [Fact]
    public void Few_digits_within_base64_are_left_alone() =>
        Assert.Equal("YWJjZGVmZw==", SecretMask.None.With("bcdef").Apply("YWJjZGVmZw=="));

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_secret_is_masked_in_every_usual_form(string form) =>
        Assert.Equal("<[secret]>", SecretMask.None.With(PropertyValue.Secret(Canary)).Apply($"<{form}>"));

    [Fact]
    public void Secrets_are_found_at_every_depth_and_nothing_else_is()
    {
        var value = new MapValue(
        [
            new("plain", "visible-text"),
            new("list", PropertyValue.Of(PropertyValue.Secret(PropertyValue.Of(new MapValue([new("deep", "hidden-1")]))))),
            new("output", new OutputValue("hidden-2", isSecret: true, [])),
            new("number", PropertyValue.Secret(1234567)),
            new("asset", PropertyValue.Secret(new AssetValue(AssetSource.Text, "hidden-3"))),
        ]);

        Assert.Equal(
            "visible-text [secret] [secret] [secret] [secret]",
            SecretMask.None.With(value).Apply("visible-text hidden-1 hidden-2 hidden-3 1234567"));
    }

    [Fact]
    public void The_longer_of_two_secrets_goes_first() =>
        Assert.Equal("[secret]", SecretMask.None.With("abcdef").With("abcdefghi").Apply("abcdefghi"));

    [Fact]
    public void Unknowns_and_short_texts_are_no_secrets_to_look_for() =>
        Assert.Same(SecretMask.None, SecretMask.None.With(Signatures.Unknown).With("true").With(PropertyValue.Of("public")));
}
