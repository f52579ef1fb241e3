using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CantonInfra.Canton.Ledger;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CantonInfra.Tools.Issuers;

/// <summary>Holds a live issuer against what Canton and its user interfaces need of one.</summary>
/// <param name="expected">What it is held against.</param>
/// <param name="secrets">Learns secrets and tokens.</param>
/// <param name="clock">The clock.</param>
internal sealed class IssuerVerification(IssuerExpectations expected, KnownSecrets secrets, TimeProvider clock) : IDisposable
{
    private const int LeastKeyBits = 2048;
    private const int MaxDocument = 1024 * 1024;

    // The participant's own limit in Splice's image, and what Canton recommends.
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan GoodLifetime = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(5);

    private static readonly string[] TokenChecks =
        ["token", "token-signature", "token-iss", "token-sub", "token-aud", "token-lifetime", "token-scope"];

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(15),
        MaxResponseContentBufferSize = MaxDocument,
    };

    /// <summary>Runs all checks.</summary>
    /// <param name="request">Gets a token of a machine client from a token endpoint; null where there is no client.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ImmutableArray<IssuerCheck>> RunAsync(Func<Uri, Task<string>>? request, CancellationToken cancellation)
    {
        var (document, trouble) = await ReadAsync(expected.Discovery, cancellation);
        var discovery = IssuerCheck.Of(
            "discovery",
            document is not null,
            document is not null ? expected.Discovery.ToString() : trouble,
            "The issuer must serve its discovery document at <issuer>/.well-known/openid-configuration, without a redirect. Compare host, realm and base path (Keycloak: /auth).");
        if (document is null)
        {
            string[] rest = ["issuer", "endpoints", "jwks", "rs256", "pkce", "client-credentials", .. TokenChecks];
            return [discovery, .. rest.Select(id => IssuerCheck.Skipped(id, "no discovery document"))];
        }

        var (jwks, keys) = await CheckKeysAsync(document, cancellation);
        return
        [
            discovery,
            CheckIssuer(document),
            CheckEndpoints(document),
            jwks,
            CheckAlgorithm(document, keys),
            CheckList(document, "pkce", "code_challenge_methods_supported", "S256", isAssumed: false,
                "The wallet and name service are public clients and sign in with PKCE: enable the challenge method S256."),
            CheckList(document, "client-credentials", "grant_types_supported", "client_credentials", isAssumed: true,
                "The validator and the services get tokens by client credentials: enable the grant."),
            .. await CheckTokenAsync(document, keys, request),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private IssuerCheck CheckIssuer(JsonObject document)
    {
        var issuer = Text(document, "issuer");
        return IssuerCheck.Of(
            "issuer",
            issuer == expected.IssuerText,
            issuer.Length > 0 ? issuer : "none",
            $"The document must name exactly the issuer that is configured, '{expected.IssuerText}', with or without the same trailing slash: tokens are compared letter by letter.");
    }

    private static IssuerCheck CheckEndpoints(JsonObject document)
    {
        string[] names = ["authorization_endpoint", "token_endpoint", "jwks_uri"];
        var bad = names.Where(name => Address(document, name) is not { } address || !LedgerConnection.IsConfidential(address)).ToArray();
        return IssuerCheck.Of(
            "endpoints",
            bad.Length == 0,
            bad.Length == 0 ? string.Join(", ", names) : $"missing or without TLS: {string.Join(", ", bad)}",
            "All endpoints must be there and use https: browsers, participant and validator reach them under the same addresses. Keycloak: set hostname and proxy headers.");
    }

    private async Task<(IssuerCheck Check, JsonWebKeySet? Keys)> CheckKeysAsync(JsonObject document, CancellationToken cancellation)
    {
        const string Fix = "The key set must be reachable without a redirect under the same address from participant, validator and browsers; the participant keeps it for five minutes.";
        if (Address(document, "jwks_uri") is not { } address)
        {
            return (IssuerCheck.Of("jwks", isMet: false, "the document names no jwks_uri", Fix), null);
        }

        var (keys, trouble) = await ReadAsync(address, cancellation);
        try
        {
            var set = keys is null ? null : new JsonWebKeySet(keys.ToJsonString());
            var count = (set?.Keys.Count ?? 0).ToString(CultureInfo.InvariantCulture);
            return (IssuerCheck.Of("jwks", set is { Keys.Count: > 0 }, set is null ? trouble : $"{count} keys at {address}", Fix), set);
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            return (IssuerCheck.Of("jwks", isMet: false, $"{address} is no key set", Fix), null);
        }
    }

    private static IssuerCheck CheckAlgorithm(JsonObject document, JsonWebKeySet? keys)
    {
        const string Fix = "Splice accepts RS256 only: give the issuer an RSA key of at least 2048 bits with a 'kid' for signatures, and sign with RS256.";
        if (keys is null)
        {
            return IssuerCheck.Skipped("rs256", "no key set");
        }

        var usable = keys.Keys.Where(IsUsable).ToArray();
        var offered = Texts(document, "id_token_signing_alg_values_supported");
        var isOffered = offered.Count == 0 || offered.Contains(SecurityAlgorithms.RsaSha256);
        var kinds = keys.Keys.Select(key => $"{key.Kty} {key.Alg ?? "any"} {key.KeySize.ToString(CultureInfo.InvariantCulture)} bits").Distinct();
        return IssuerCheck.Of(
            "rs256",
            usable.Length > 0 && isOffered,
            usable.Length == 0 ? $"no such key among: {string.Join(", ", kinds)}"
                : isOffered ? $"{usable.Length.ToString(CultureInfo.InvariantCulture)} RSA keys" : $"offered are: {string.Join(", ", offered)}",
            Fix);
    }

    private static bool IsUsable(JsonWebKey key) =>
        key is { Kty: JsonWebAlgorithmsKeyTypes.RSA, KeySize: >= LeastKeyBits, Kid.Length: > 0 }
        && key.Use is null or "" or "sig"
        && key.Alg is null or "" or SecurityAlgorithms.RsaSha256;

    // What a document does not list, the standard may still assume.
    private static IssuerCheck CheckList(JsonObject document, string id, string name, string wanted, bool isAssumed, string fix)
    {
        var listed = Texts(document, name);
        return listed.Count == 0 && isAssumed
            ? new IssuerCheck(id, CheckState.Skipped, $"the document has no {name}")
            : IssuerCheck.Of(id, listed.Contains(wanted), listed.Count > 0 ? string.Join(", ", listed) : $"no {name}", fix);
    }

    private async Task<ImmutableArray<IssuerCheck>> CheckTokenAsync(JsonObject document, JsonWebKeySet? keys, Func<Uri, Task<string>>? request)
    {
        if (request is null || Address(document, "token_endpoint") is not { } endpoint)
        {
            var why = request is null ? "no client is named: --client-id and its secret" : "no token endpoint";
            return [.. TokenChecks.Select(id => IssuerCheck.Skipped(id, why))];
        }

        try
        {
            var text = await request(endpoint);
            var token = new JsonWebToken(text);
            return
            [
                IssuerCheck.Ok("token", $"a JWT from {endpoint}"),
                await CheckSignatureAsync(token, keys),
                IssuerCheck.Of(
                    "token-iss",
                    token.Issuer == expected.IssuerText,
                    token.Issuer.Length > 0 ? token.Issuer : "none",
                    $"Tokens must name exactly the issuer '{expected.IssuerText}'. Entra ID: tokens of version 1 name another; set requestedAccessTokenVersion to 2."),
                CheckSubject(token),
                CheckAudience(token),
                CheckLifetime(token),
                CheckScope(token),
            ];
        }
        catch (LedgerException exception)
        {
            return
            [
                new IssuerCheck("token", CheckState.Failed, secrets.Mask(exception.Message), "Correct what the message names."),
                .. TokenChecks.Skip(1).Select(id => IssuerCheck.Skipped(id, "no token")),
            ];
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            return
            [
                new IssuerCheck("token", CheckState.Failed, "the token is no readable JWT", "Canton reads JWTs only: have the API's tokens issued as signed JWTs, not opaque or encrypted."),
                .. TokenChecks.Skip(1).Select(id => IssuerCheck.Skipped(id, "no token")),
            ];
        }
    }

    private static async Task<IssuerCheck> CheckSignatureAsync(JsonWebToken token, JsonWebKeySet? keys)
    {
        const string Fix = "Tokens must be signed with RS256 by a key of the key set, named in 'kid'. Behind several servers, all must sign with the same keys.";
        if (keys is null)
        {
            return IssuerCheck.Skipped("token-signature", "no key set");
        }

        if (token.Alg != SecurityAlgorithms.RsaSha256 || keys.Keys.All(key => key.Kid != token.Kid))
        {
            return IssuerCheck.Of(
                "token-signature", isMet: false, token.Alg != SecurityAlgorithms.RsaSha256 ? $"signed with {token.Alg}" : "its 'kid' is not in the key set", Fix);
        }

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],

            // Each has a check of its own, with its own advice.
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return IssuerCheck.Of("token-signature", result.IsValid, result.IsValid ? SecurityAlgorithms.RsaSha256 : "the signature does not match its key", Fix);
    }

    private IssuerCheck CheckSubject(JsonWebToken token)
    {
        var subject = token.Subject ?? "";
        return IssuerCheck.Of(
            "token-sub",
            subject.Length > 0 && (expected.Subject is null || subject == expected.Subject),
            subject.Length > 0 ? subject : "none",
            "'sub' is the id of the Canton user, and there is no other claim for it. Keycloak: give the client the scope 'basic', and name the"
            + " service account's UUID; Auth0: <client id>@clients; Entra ID: the service principal's object id.");
    }

    private IssuerCheck CheckAudience(JsonWebToken token)
    {
        var found = string.Join(", ", token.Audiences);
        return expected.Audience is null
            ? new IssuerCheck("token-aud", CheckState.Skipped, $"{found}: name what it must be with --expected-audience")
            : IssuerCheck.Of(
                "token-aud",
                token.Audiences.Contains(expected.Audience),
                found.Length > 0 ? found : "none",
                $"Tokens must be for '{expected.Audience}', the participant's auth.targetAudience. Keycloak: an audience mapper in the client's scope; Auth0: the"
                + " API's identifier as audience; Entra ID: the ledger application's id; Okta: the authorization server's audience.");
    }

    private IssuerCheck CheckLifetime(JsonWebToken token)
    {
        if (token.ValidTo == DateTime.MinValue)
        {
            return IssuerCheck.Of("token-lifetime", isMet: false, "no 'exp'", "Tokens must expire: set the access token's lifetime, best 5 to 15 minutes.");
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (token.ValidFrom != DateTime.MinValue && token.ValidFrom > now + Leeway)
        {
            return IssuerCheck.Of("token-lifetime", isMet: false, "not valid yet", "The clocks of the issuer and of this machine differ: the participant allows no leeway by default. Synchronise them.");
        }

        var left = token.ValidTo - now;
        var found = $"{Math.Round(left.TotalMinutes, 1).ToString(CultureInfo.InvariantCulture)} min";
        return left > LongestLifetime ? IssuerCheck.Of("token-lifetime", isMet: false, found, "The participant refuses tokens of more than 30 days: shorten the access token's lifetime to 5 to 15 minutes.")
            : left <= TimeSpan.Zero ? IssuerCheck.Of("token-lifetime", isMet: false, found, "The token has expired already: see the clocks of the issuer and of this machine.")
            : left > GoodLifetime + Leeway ? new IssuerCheck("token-lifetime", CheckState.Warning, found, "A stolen token serves as long as it lives: 5 to 15 minutes are recommended.")
            : left < ShortestLifetime ? new IssuerCheck("token-lifetime", CheckState.Warning, found, "Tokens that live less than a minute expire under way: 5 to 15 minutes are recommended.")
            : IssuerCheck.Ok("token-lifetime", found);
    }

    private IssuerCheck CheckScope(JsonWebToken token)
    {
        if (expected.Scope.Length == 0)
        {
            return IssuerCheck.Skipped("token-scope", "none is needed");
        }

        var scope = token.TryGetPayloadValue<string>("scope", out var text) ? text : "";
        return IssuerCheck.Of(
            "token-scope",
            scope.Split(' ').Contains(expected.Scope),
            scope.Length > 0 ? scope : "no claim 'scope'",
            $"Tokens need '{expected.Scope}' in the claim 'scope', a text. Keycloak: a default client scope with 'include in token scope'; Auth0: a permission of"
            + " the API, granted to the client; Okta: a default scope. Entra ID has no such claim: pass --required-scope '' while the participant checks the audience.");
    }

    private async Task<(JsonObject? Document, string Trouble)> ReadAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var response = await _client.GetAsync(address, cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return (null, $"{address} was answered with {((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)}");
            }

            return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation)) is JsonObject document
                ? (document, "")
                : (null, $"{address} is no JSON object");
        }
        catch (JsonException)
        {
            return (null, $"{address} is no JSON");
        }
        catch (HttpRequestException exception)
        {
            return (null, $"{address} cannot be reached: {exception.GetBaseException().Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"{address} gave no answer within {_client.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");
        }
    }

    private static Uri? Address(JsonObject document, string name) => Uri.TryCreate(Text(document, name), UriKind.Absolute, out var address) ? address : null;

    private static string Text(JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static List<string> Texts(JsonObject document, string name) =>
        [.. (document[name] as JsonArray ?? []).OfType<JsonValue>().Select(value => value.TryGetValue<string>(out var text) ? text : "")];
}
