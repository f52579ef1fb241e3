using System.Text.Json;
using Pulumi;
using Pulumi.Utilities;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>
/// Finds a provider's endpoints in its discovery document (A5). A preview reads nothing: it shows what is expected, or unknown.
/// </summary>
/// <param name="isPreview">Whether this is a preview.</param>
/// <param name="read">Reads the document at an address.</param>
internal sealed class OidcDiscovery(bool isPreview, Func<Uri, Task<string>> read)
{
    /// <summary>The endpoints of an issuer.</summary>
    /// <param name="issuer">The issuer, letter by letter.</param>
    /// <param name="expected">Where they are expected.</param>
    public OidcEndpoints Find(string issuer, ExpectedEndpoints expected)
    {
        if (isPreview)
        {
            return new OidcEndpoints(KnownOrNot(expected.Token), KnownOrNot(expected.Jwks));
        }

        var found = Output.Create(ReadAsync(issuer));
        return new OidcEndpoints(found.Apply(endpoints => endpoints.Token), found.Apply(endpoints => endpoints.Jwks));
    }

    private static Output<string> KnownOrNot(string? value) =>
        value is null ? OutputUtilities.CreateUnknown("") : Output.Create(value);

    private static string Endpoint(JsonElement document, string name, Uri address) =>
        document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttps
            ? value.GetString()!
            : throw new InvalidOperationException($"{address} gives no https address as '{name}', so nobody can sign in there.");

    private async Task<(string Token, string Jwks)> ReadAsync(string issuer)
    {
        var address = new Uri($"{issuer.TrimEnd('/')}/.well-known/openid-configuration");
        JsonElement document;
        try
        {
            using var parsed = JsonDocument.Parse(await read(address).ConfigureAwait(false));
            document = parsed.RootElement.Clone();
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or TaskCanceledException)
        {
            throw new InvalidOperationException(
                $"{address} cannot be read as a description of the issuer: {failure.Message}"
                + " Check the issuer in canton-infra:identity, and that it can be reached from here.",
                failure);
        }

        // Canton and the user interfaces compare letter by letter, a slash at the end included.
        var said = document.ValueKind == JsonValueKind.Object && document.TryGetProperty("issuer", out var value)
            ? value.ToString()
            : "nothing";
        return said == issuer
            ? (Endpoint(document, "token_endpoint", address), Endpoint(document, "jwks_uri", address))
            : throw new InvalidOperationException(
                $"{address} says that the issuer is '{said}', and the settings say '{issuer}'; they must be equal letter by letter.");
    }
}
