using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CantonInfra.Canton.Ledger;

/// <summary>Gives tokens: keeps one as long as it is good, and gets a new one before it expires or when it is rejected.</summary>
internal sealed class TokenSource(
    LedgerCredentials credentials, Transmission transmission, KnownSecrets secrets, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(60);

    // What a token is good for where the identity provider does not say.
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private string? _token;
    private DateTimeOffset _renewal;

    /// <summary>Whether a token that is rejected can be replaced.</summary>
    public bool CanRenew => credentials is ClientCredentials;

    /// <summary>A token.</summary>
    /// <param name="rejected">A token that is not to be given again.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LedgerException">There is none to be had.</exception>
    public async Task<string> GetAsync(string? rejected, CancellationToken cancellation)
    {
        if (credentials is GivenToken given)
        {
            secrets.KeepToken(given.Token);
            return given.Token;
        }

        await _one.WaitAsync(cancellation);
        try
        {
            if (_token is null || _token == rejected || clock.GetUtcNow() >= _renewal)
            {
                _token = await RequestAsync((ClientCredentials)credentials, cancellation);
            }

            return _token;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<string> RequestAsync(ClientCredentials client, CancellationToken cancellation)
    {
        secrets.Keep(client.ClientSecret);
        var call = $"The token request of client '{client.ClientId}' to {client.TokenUrl}";
        var answer = await transmission.SendAsync(
            call,
            _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Post, client.TokenUrl) { Content = new FormUrlEncodedContent(Form(client)) }),
            cancellation);
        if (answer.Status != HttpStatusCode.OK)
        {
            // Masked before it is cut short, or a part of a secret would stay.
            answer = answer with { Body = secrets.Mask(answer.Body) };
            var error = Parse(answer);
            throw Failure(
                call,
                $"was answered with {(int)answer.Status} {LedgerAnswers.Quote(Text(error, "error"))}: "
                + LedgerAnswers.Quote(error is null ? answer.Body : Text(error, "error_description")),
                Advice(Text(error, "error"), answer.Status));
        }

        var body = Parse(answer);
        var token = Text(body, "access_token");
        secrets.KeepToken(token);
        if (token.Split('.').Length != 3)
        {
            throw Failure(
                call,
                token.Length == 0 ? "was answered without an access_token" : "gave a token that is no JWT, which Canton cannot read",
                "Some identity providers give a JWT only where the audience of an API, or a scope of it, is asked for: set audience or scope.");
        }

        var lifetime = Lifetime(body, token);
        var margin = lifetime / 5 < LongestMargin ? lifetime / 5 : LongestMargin;
        _renewal = clock.GetUtcNow() + lifetime - margin;
        return token;
    }

    private static Dictionary<string, string> Form(ClientCredentials client)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client.ClientId,
            ["client_secret"] = client.ClientSecret,
        };
        if (client.Audience is { Length: > 0 } audience)
        {
            form["audience"] = audience;
        }

        if (client.Scope is { Length: > 0 } scope)
        {
            form["scope"] = scope;
        }

        return form;
    }

    private static string Advice(string error, HttpStatusCode status) => error switch
    {
        "invalid_client" or "unauthorized_client" => "Check the client's id and secret, and that it may use the grant client_credentials.",
        "invalid_scope" => "Check the scope: Keycloak and Okta know daml_ledger_api where it is set up, Entra ID wants <resource>/.default.",
        "invalid_target" or "invalid_request" => "Check audience and scope: Auth0 needs an audience, Entra ID refuses one and needs a scope.",
        _ when LedgerAnswers.IsTransient(status) => "It stayed so although it was tried again: see whether the identity provider is healthy.",
        _ => "Check the token endpoint's address against the issuer's discovery document.",
    };

    private TimeSpan Lifetime(JsonObject? body, string token)
    {
        if (body?["expires_in"] is JsonValue value && value.TryGetValue<double>(out var seconds) && seconds is > 0 and < 1e9)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        try
        {
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])) as JsonObject;
            return claims?["exp"] is JsonValue expiry && expiry.TryGetValue<double>(out var at) && at is > 0 and < 1e11
                ? DateTimeOffset.FromUnixTimeSeconds((long)at) - clock.GetUtcNow()
                : UnknownLifetime;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return UnknownLifetime;
        }
    }

    private static LedgerException Failure(string call, string what, string advice) =>
        new(LedgerFailure.NoToken, $"{call} {what.TrimEnd(' ', ':')}. {advice}");

    private static JsonObject? Parse(TransmittedAnswer answer)
    {
        try
        {
            return JsonNode.Parse(answer.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonObject? body, string name) =>
        body?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
