using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CantonInfra.Canton.Ledger;

/// <summary>What a participant's refusals mean, and what to do about them.</summary>
internal static class LedgerAnswers
{
    // Enough for a cause; a whole page of a proxy helps nobody.
    private const int LongestQuote = 300;

    /// <summary>Statuses after which the same call may succeed.</summary>
    public static bool IsTransient(HttpStatusCode status) => status
        is HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable
        or HttpStatusCode.GatewayTimeout;

    /// <summary>Describes a refusal.</summary>
    /// <param name="call">The call, as messages name it.</param>
    /// <param name="status">The status.</param>
    /// <param name="mediaType">The body's type.</param>
    /// <param name="body">The body.</param>
    public static LedgerException Describe(string call, HttpStatusCode status, string mediaType, string body)
    {
        var error = mediaType == "application/json" ? Parse(body) : null;
        var code = Text(error, "code");
        var (failure, advice) = Judge(status, code, error);
        var number = ((int)status).ToString(CultureInfo.InvariantCulture);
        var cause = error is null ? Quote(body) : Quote(Text(error, "cause"));
        var trace = Text(error, "traceId") is { Length: > 0 } id ? $" (trace id {Quote(id)})" : "";
        var named = code is "" or "NA" ? number : $"{number} {Quote(code)}";
        return new LedgerException(failure, $"{call} was answered with {named}{(cause.Length > 0 ? $": {cause}" : "")}{trace}. {advice}");
    }

    private static (LedgerFailure Failure, string Advice) Judge(HttpStatusCode status, string code, JsonObject? error) => (status, code) switch
    {
        (_, "USER_ALREADY_EXISTS") => (
            LedgerFailure.UserExists, "Import the user, or let it be adopted (adopt: true)."),
        (_, "USER_NOT_FOUND") => (
            LedgerFailure.UserMissing, "Somebody deleted the user: run 'pulumi refresh' and then 'pulumi up', which makes it again."),
        (_, "TOO_MANY_USER_RIGHTS") => (
            LedgerFailure.TooManyRights,
            "A participant allows a user 1000 rights unless it is set up otherwise: use a right for any party, or several users."),
        (HttpStatusCode.Unauthorized, _) => (
            LedgerFailure.Unauthenticated,
            "The participant accepts no such token: compare its issuer, audience, expiry and signing keys with the participant's"
            + " ('canton-infra idp verify' does), and look for the trace id in the participant's log, which alone knows the reason."),
        (HttpStatusCode.Forbidden, _) => (
            LedgerFailure.Forbidden,
            "The token's user lacks ParticipantAdmin (or IdentityProviderAdmin of the user's identity provider), or the token is not"
            + " accepted: use the validator's own client, and look for the trace id in the participant's log."),
        (HttpStatusCode.Conflict, _) => (
            LedgerFailure.Conflict, "Somebody else changed the user meanwhile; run it again."),
        (HttpStatusCode.NotFound, _) when error is null => (
            LedgerFailure.Malformed, "There is no JSON Ledger API v2 at this address: check its host, port (7575) and path prefix."),
        (HttpStatusCode.NotFound, _) => (
            LedgerFailure.Refused, "What the request names does not exist on this participant."),
        (HttpStatusCode.BadRequest, _) when error is null => (
            LedgerFailure.Refused,
            "The participant cannot read the request, so it is of another version than this client: it must speak JSON Ledger API v2 (3.4 or 3.5)."),
        (HttpStatusCode.BadRequest, _) => (LedgerFailure.Refused, "Correct what the cause names."),
        ({ } other, _) when (int)other is >= 300 and < 400 => (
            LedgerFailure.Malformed, "The address redirects, and a token is not sent to where it was not meant for: use the final address."),
        ({ } other, _) when IsTransient(other) => (
            LedgerFailure.Unavailable, "It stayed so although it was tried again: see whether the participant runs and is healthy."),
        _ => (LedgerFailure.Unavailable, "See the participant's log."),
    };

    /// <summary>A text from outside as part of one line.</summary>
    public static string Quote(string text)
    {
        var line = string.Concat(text.Trim().Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length <= LongestQuote ? line : $"{line[..LongestQuote]}…";
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonObject? error, string name) =>
        error?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
