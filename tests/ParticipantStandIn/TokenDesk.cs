using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CantonInfra.ParticipantStandIn;

/// <summary>The identity provider: gives tokens by client credentials and knows those that it gave.</summary>
public sealed class TokenDesk
{
    private readonly ConcurrentDictionary<string, string> _subjects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Secret, string Subject)> _clients = new(StringComparer.Ordinal);
    private int _given;

    public TokenDesk() => AddClient(Participant.ClientId, Secret, Participant.Admin);

    /// <summary>The secret of the validator's client; a canary that no output may show.</summary>
    public string Secret { get; } = "Canary/5ecret+value &42";

    /// <summary>How many tokens were given.</summary>
    public int Given => _given;

    /// <summary>How long tokens are said to live.</summary>
    public int? ExpiresIn { get; set; } = 300;

    /// <summary>Whether tokens are opaque, as some identity providers make them where no audience is asked for.</summary>
    public bool GivesOpaqueTokens { get; set; }

    public void AddClient(string id, string secret, string subject) => _clients[id] = (secret, subject);

    /// <summary>Makes a token for a subject without asking for anything.</summary>
    public string Give(string subject)
    {
        var number = Interlocked.Increment(ref _given);
        var claims = new JsonObject { ["sub"] = subject, ["jti"] = $"canary-token-{number}", ["aud"] = Participant.Audience };
        var token = $"{Encode("""{"alg":"RS256"}""")}.{Encode(claims.ToJsonString())}.{Encode("signature")}";
        _subjects[token] = subject;
        return token;
    }

    /// <summary>Accepts no token that was given so far.</summary>
    public void ForgetAll() => _subjects.Clear();

    internal string? SubjectOf(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? _subjects.GetValueOrDefault(authorization["Bearer ".Length..]) : null;

    internal Reply Answer(HttpRequest request, string body)
    {
        if (request.Method != "POST" || request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) != true)
        {
            return Refuse(HttpStatusCode.UnsupportedMediaType, "invalid_request");
        }

        var form = QueryHelpers.ParseQuery(body);
        if (form.GetValueOrDefault("grant_type") != "client_credentials")
        {
            return Refuse(HttpStatusCode.BadRequest, "unsupported_grant_type");
        }

        if (!_clients.TryGetValue(form.GetValueOrDefault("client_id").ToString(), out var client) || form.GetValueOrDefault("client_secret") != client.Secret)
        {
            // As careless servers do, it tells what it was sent.
            return Refuse(HttpStatusCode.Unauthorized, "invalid_client", $"Wrong secret {form.GetValueOrDefault("client_secret")}");
        }

        if (form.TryGetValue("audience", out var audience) && audience != Participant.Audience)
        {
            return Refuse(HttpStatusCode.BadRequest, "invalid_target");
        }

        var answer = new JsonObject
        {
            ["access_token"] = GivesOpaqueTokens ? "opaque" : Give(client.Subject),
            ["token_type"] = "Bearer",
        };
        if (ExpiresIn is { } seconds)
        {
            answer["expires_in"] = seconds;
        }

        return Reply.Json(answer);
    }

    private static Reply Refuse(HttpStatusCode status, string error, string description = "") => new(
        status, "application/json", new JsonObject { ["error"] = error, ["error_description"] = description }.ToJsonString());

    private static string Encode(string text) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(text));
}
