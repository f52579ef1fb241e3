using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CantonInfra.Canton.Rights;

namespace CantonInfra.Canton.Ledger;

/// <summary>Users, rights and parties of a participant, over the JSON Ledger API v2.</summary>
public sealed class LedgerClient : IDisposable
{
    private const int PageSize = 100;
    private const int MaxPages = 10_000;
    private const int MaxAnswer = 64 * 1024 * 1024;

    private readonly Uri _address;
    private readonly HttpClient _http;
    private readonly Transmission _transmission;
    private readonly TokenSource _tokens;
    private readonly KnownSecrets _secrets;

    /// <summary>A client; nothing is sent before the first call.</summary>
    /// <param name="connection">Where the participant is.</param>
    /// <param name="secrets">Learns the secrets that are used.</param>
    /// <param name="clock">The clock.</param>
    public LedgerClient(LedgerConnection connection, KnownSecrets secrets, TimeProvider clock)
    {
        _address = new Uri(connection.ApiUrl.AbsoluteUri.TrimEnd('/') + "/");
        _secrets = secrets;

        // No redirects: a token is not sent to where it was not meant for.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswer,
        };
        _transmission = new Transmission(_http, connection.Retries, clock, Random.Shared.NextDouble);
        _tokens = new TokenSource(connection.Credentials, _transmission, secrets, clock);
    }

    /// <summary>The user of that id, or null.</summary>
    public async Task<LedgerUser?> FindUserAsync(string id, string identityProviderId, CancellationToken cancellation)
    {
        try
        {
            var query = identityProviderId.Length > 0 ? $"?identity-provider-id={Uri.EscapeDataString(identityProviderId)}" : "";
            var body = await CallAsync(HttpMethod.Get, UserPath(id) + query, body: null, cancellation);
            return UserOf(body, UserPath(id), id);
        }
        catch (LedgerException exception) when (exception.Failure == LedgerFailure.UserMissing)
        {
            return null;
        }
    }

    /// <summary>The user that the token stands for.</summary>
    public async Task<LedgerUser> WhoAmIAsync(CancellationToken cancellation)
    {
        const string Path = "v2/authenticated-user";
        return UserOf(await CallAsync(HttpMethod.Get, Path, body: null, cancellation), Path, expectedId: null);
    }

    /// <summary>All users of the caller's identity provider, in the order of their ids.</summary>
    public async Task<ImmutableArray<LedgerUser>> ListUsersAsync(CancellationToken cancellation)
    {
        var users = await ListAsync("v2/users", "", "users", cancellation);
        return [.. users.Select(user => ReadUser(user, "v2/users")).OrderBy(user => user.Id, StringComparer.Ordinal)];
    }

    /// <summary>Creates a user with rights, in one step.</summary>
    public async Task<LedgerUser> CreateUserAsync(LedgerUser user, IReadOnlyCollection<LedgerRight> rights, CancellationToken cancellation)
    {
        var body = new JsonObject { ["user"] = JsonOf(user), ["rights"] = JsonOf(rights) };
        return UserOf(await CallAsync(HttpMethod.Post, "v2/users", body, cancellation), "v2/users", user.Id);
    }

    /// <summary>Changes some fields of a user, if it is still as it was read.</summary>
    /// <param name="user">The user with its new fields and the resource version that was read.</param>
    /// <param name="paths">The fields to change, as the ledger API's update mask names them.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<LedgerUser> UpdateUserAsync(LedgerUser user, ImmutableArray<string> paths, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["user"] = JsonOf(user),
            ["updateMask"] = new JsonObject
            {
                ["paths"] = new JsonArray([.. paths.Select(path => (JsonNode)path)]),
                ["unknownFields"] = new JsonObject { ["fields"] = new JsonObject() },
            },
        };
        return UserOf(await CallAsync(HttpMethod.Patch, UserPath(user.Id), body, cancellation), UserPath(user.Id), user.Id);
    }

    /// <summary>Deletes a user; one that is gone already counts as deleted.</summary>
    public async Task DeleteUserAsync(string id, CancellationToken cancellation)
    {
        try
        {
            await CallAsync(HttpMethod.Delete, UserPath(id), body: null, cancellation);
        }
        catch (LedgerException exception) when (exception.Failure == LedgerFailure.UserMissing)
        {
            // Gone is what was asked for.
        }
    }

    /// <summary>The rights of a user.</summary>
    public async Task<ImmutableSortedSet<LedgerRight>> ListRightsAsync(string userId, CancellationToken cancellation) =>
        RightsOf(await CallAsync(HttpMethod.Get, RightsPath(userId), body: null, cancellation), "rights", RightsPath(userId));

    /// <summary>Grants rights; those that the user has already are no mistake.</summary>
    /// <returns>The rights that it did not have before.</returns>
    public async Task<ImmutableSortedSet<LedgerRight>> GrantAsync(
        string userId, string identityProviderId, IReadOnlyCollection<LedgerRight> rights, CancellationToken cancellation) =>
        RightsOf(
            await CallAsync(HttpMethod.Post, RightsPath(userId), JsonOf(userId, identityProviderId, rights), cancellation),
            "newlyGrantedRights",
            RightsPath(userId));

    /// <summary>Revokes rights; those that the user does not have are no mistake.</summary>
    /// <returns>The rights that it had before.</returns>
    public async Task<ImmutableSortedSet<LedgerRight>> RevokeAsync(
        string userId, string identityProviderId, IReadOnlyCollection<LedgerRight> rights, CancellationToken cancellation) =>
        RightsOf(
            await CallAsync(HttpMethod.Patch, RightsPath(userId), JsonOf(userId, identityProviderId, rights), cancellation),
            "newlyRevokedRights",
            RightsPath(userId));

    /// <summary>The one party of a hint. A text with <c>::</c> is a party already and comes back as it is.</summary>
    /// <exception cref="LedgerException">The hint leads to no party, or to several.</exception>
    public async Task<string> ResolvePartyAsync(string partyOrHint, CancellationToken cancellation)
    {
        if (partyOrHint.Contains("::", StringComparison.Ordinal))
        {
            return partyOrHint;
        }

        // Filtered here as well: participants that do not know the filter give all parties.
        var prefix = $"{partyOrHint}::";
        var details = await ListAsync("v2/parties", $"filter-party={Uri.EscapeDataString(partyOrHint)}", "partyDetails", cancellation);
        var parties = details.Select(party => Text(party, "party"))
            .Where(party => party.StartsWith(prefix, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToArray();
        return parties switch
        {
            [var party] => party,
            [] => throw new LedgerException(
                LedgerFailure.PartyHint,
                $"The party hint '{partyOrHint}' leads to no party of the participant at {_address}. Allocate the party first, or correct the hint."),
            _ => throw new LedgerException(
                LedgerFailure.PartyHint,
                $"The party hint '{partyOrHint}' leads to {parties.Length.ToString(CultureInfo.InvariantCulture)} parties of the participant"
                + $" at {_address}: {string.Join(", ", parties.Take(5))}. Name the one that is meant in full."),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tokens.Dispose();
        _http.Dispose();
    }

    private static string UserPath(string id) => $"v2/users/{Uri.EscapeDataString(id)}";

    private static string RightsPath(string id) => $"{UserPath(id)}/rights";

    // Only fields that participants of 3.4 know: newer ones refuse what they do not know.
    private static JsonObject JsonOf(LedgerUser user) => new()
    {
        ["id"] = user.Id,
        ["primaryParty"] = user.PrimaryParty,
        ["isDeactivated"] = user.IsDeactivated,
        ["metadata"] = new JsonObject
        {
            ["resourceVersion"] = user.ResourceVersion,
            ["annotations"] = new JsonObject(user.Annotations.Select(note => KeyValuePair.Create(note.Key, (JsonNode?)note.Value))),
        },
        ["identityProviderId"] = user.IdentityProviderId,
    };

    private static JsonObject JsonOf(string userId, string identityProviderId, IEnumerable<LedgerRight> rights) => new()
    {
        ["userId"] = userId,
        ["rights"] = JsonOf(rights),
        ["identityProviderId"] = identityProviderId,
    };

    private static JsonArray JsonOf(IEnumerable<LedgerRight> rights) => new([.. rights.Select(JsonNode (right) => new JsonObject
    {
        ["kind"] = new JsonObject
        {
            [right.Kind.ToString()] = new JsonObject
            {
                ["value"] = right.Party is { } party ? new JsonObject { ["party"] = party } : new JsonObject(),
            },
        },
    })]);

    private LedgerUser UserOf(JsonObject body, string path, string? expectedId)
    {
        var user = body["user"] is JsonObject found ? ReadUser(found, path) : throw Malformed(path, "has no user");
        return expectedId is null || user.Id == expectedId
            ? user
            : throw new LedgerException(
                LedgerFailure.Contradiction,
                $"{_address}{path} was asked for the user '{expectedId}' and answered with '{LedgerAnswers.Quote(_secrets.Mask(user.Id))}'."
                + " See what stands between here and the participant.");
    }

    private LedgerUser ReadUser(JsonObject user, string path)
    {
        var id = Text(user, "id");
        if (id.Length == 0)
        {
            throw Malformed(path, "has a user without id");
        }

        var metadata = user["metadata"] as JsonObject;
        return new LedgerUser(id)
        {
            PrimaryParty = Text(user, "primaryParty"),
            IsDeactivated = user["isDeactivated"] is JsonValue flag && flag.TryGetValue<bool>(out var deactivated) && deactivated,
            ResourceVersion = metadata is null ? "" : Text(metadata, "resourceVersion"),
            Annotations = (metadata?["annotations"] as JsonObject ?? [])
                .Where(note => note.Value is JsonValue value && value.TryGetValue<string>(out _))
                .ToImmutableSortedDictionary(note => note.Key, note => note.Value!.GetValue<string>(), StringComparer.Ordinal),
            IdentityProviderId = Text(user, "identityProviderId"),
        };
    }

    private ImmutableSortedSet<LedgerRight> RightsOf(JsonObject body, string name, string path)
    {
        var rights = ImmutableSortedSet.CreateBuilder<LedgerRight>();
        foreach (var item in body[name] as JsonArray ?? [])
        {
            if (item?["kind"] is not JsonObject { Count: 1 } kinds)
            {
                throw Malformed(path, "has a right without a kind");
            }

            var (kindName, content) = kinds.First();
            if (kindName == "Empty")
            {
                continue;
            }

            var party = (content?["value"] ?? content) is JsonObject value ? Text(value, "party") : "";
            if (!LedgerRight.TryParseKind(kindName, out var kind) || LedgerRight.NamesParty(kind) != (party.Length > 0))
            {
                throw Malformed(path, $"has a right of the kind '{LedgerAnswers.Quote(_secrets.Mask(kindName))}', which this version does not know");
            }

            rights.Add(new LedgerRight(kind, party.Length > 0 ? party : null));
        }

        return rights.ToImmutable();
    }

    private async Task<ImmutableArray<JsonObject>> ListAsync(string path, string query, string name, CancellationToken cancellation)
    {
        var items = ImmutableArray.CreateBuilder<JsonObject>();
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        var token = "";
        do
        {
            var page = string.Join('&', ((string[])
                [query, $"pageSize={PageSize}", token.Length > 0 ? $"pageToken={Uri.EscapeDataString(token)}" : ""]).Where(part => part.Length > 0));
            var body = await CallAsync(HttpMethod.Get, $"{path}?{page}", body: null, cancellation);
            items.AddRange((body[name] as JsonArray ?? []).OfType<JsonObject>());
            token = Text(body, "nextPageToken");
            if (token.Length > 0 && (!tokens.Add(token) || tokens.Count > MaxPages))
            {
                throw Malformed(path, "goes round in circles: a page names one that was read already as the next");
            }
        }
        while (token.Length > 0);

        return items.ToImmutable();
    }

    private async Task<JsonObject> CallAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellation)
    {
        var call = $"{method} {_address}{path}";
        var json = body?.ToJsonString();
        string? token = null;
        for (var isSecond = false; ; isSecond = true)
        {
            var rejected = isSecond ? token : null;
            token = await _tokens.GetAsync(rejected, cancellation);
            var answer = await _transmission.SendAsync(call, _ => Task.FromResult(Request(method, path, json, token)), cancellation);
            if (answer.Status == HttpStatusCode.OK)
            {
                return Parse(answer.Body, path);
            }

            // A token may have been revoked, or the participant's clock be ahead: once more with a new one.
            if (answer.Status != HttpStatusCode.Unauthorized || isSecond || !_tokens.CanRenew)
            {
                throw LedgerAnswers.Describe(call, answer.Status, answer.MediaType, _secrets.Mask(answer.Body));
            }
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? json, string token)
    {
        var request = new HttpRequestMessage(method, new Uri(_address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        return request;
    }

    private JsonObject Parse(string body, string path)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw Malformed(path, "is no JSON object");
        }
        catch (JsonException)
        {
            throw Malformed(path, "is no JSON");
        }
    }

    private LedgerException Malformed(string path, string what) => new(
        LedgerFailure.Malformed,
        $"The answer of {_address}{path} {what}. This client knows the JSON Ledger API v2 of 3.4 and 3.5: check the address and the participant's version.");

    private static string Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
