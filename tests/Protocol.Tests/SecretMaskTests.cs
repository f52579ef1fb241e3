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
