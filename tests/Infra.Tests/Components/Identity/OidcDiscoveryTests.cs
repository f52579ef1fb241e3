using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Identity;

/// <summary>A5: endpoints come from the discovery document, and a preview reads nothing.</summary>
public sealed class OidcDiscoveryTests
{
    private const string Issuer = "https://id.example.com/canton";
    private const string Document =
        """{"issuer": "https://id.example.com/canton", "token_endpoint": "https://id.example.com/t", "jwks_uri": "https://id.example.com/k"}""";

    private static readonly ExpectedEndpoints Expected = new("https://expected/t", "https://expected/k");

    [Fact]
    public async Task A_deployment_takes_what_the_document_says()
    {
        Uri? asked = null;
        var found = await FindAsync(Issuer, address =>
        {
            asked = address;
            return Task.FromResult(Document);
        });

        Assert.Equal(("https://id.example.com/t", "https://id.example.com/k"), found);
        Assert.Equal("https://id.example.com/canton/.well-known/openid-configuration", asked!.AbsoluteUri);
    }

    [Fact]
    public async Task A_preview_reads_nothing_and_shows_what_is_expected()
    {
        string? token = null, keys = null;
        await CloudMocks.RunAsync(() =>
        {
            var found = new OidcDiscovery(isPreview: true, _ => throw new InvalidOperationException("read")).Find(Issuer, Expected);
            found.Token.Apply(value => token = value);
            found.Jwks.Apply(value => keys = value);
        });

        Assert.Equal(("https://expected/t", "https://expected/k"), (token, keys));
    }

    [Fact]
    public async Task What_nothing_tells_is_unknown_in_a_preview()
    {
        var wasKnown = false;
        await CloudMocks.RunAsync(() => new OidcDiscovery(isPreview: true, _ => throw new InvalidOperationException("read"))
            .Find(Issuer, new ExpectedEndpoints(null, null)).Token.Apply(_ => wasKnown = true));

        Assert.False(wasKnown);
    }

    [Theory]
    [InlineData("https://id.example.com/canton/", Document, "says that the issuer is 'https://id.example.com/canton', and the settings say 'https://id.example.com/canton/'")]
    [InlineData(Issuer, """{"issuer": "https://id.example.com/canton", "token_endpoint": "http://id.example.com/t"}""", "no https address as 'token_endpoint'")]
    [InlineData(Issuer, """{"issuer": "https://id.example.com/canton", "token_endpoint": "https://id.example.com/t"}""", "no https address as 'jwks_uri'")]
    [InlineData(Issuer, "[]", "says that the issuer is 'nothing'")]
    [InlineData(Issuer, "<html>", "cannot be read as a description of the issuer")]
    public async Task A_document_that_does_not_fit_stops_the_deployment(string issuer, string document, string message)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => FindAsync(issuer, _ => Task.FromResult(document)));

        Assert.Contains(message, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_reached_stops_the_deployment()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => FindAsync(Issuer, _ => throw new HttpRequestException("no route")));

        Assert.Contains("no route Check the issuer in canton-infra:identity", failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(string? Token, string? Jwks)> FindAsync(string issuer, Func<Uri, Task<string>> read)
    {
        string? token = null, keys = null;
        await CloudMocks.RunAsync(() =>
        {
            var found = new OidcDiscovery(isPreview: false, read).Find(issuer, Expected);
            found.Token.Apply(value => token = value);
            found.Jwks.Apply(value => keys = value);
        });
        return (token, keys);
    }
}
