using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace CantonInfra.ParticipantStandIn;

/// <summary>One request of the JSON Ledger API v2: user management, parties, version.</summary>
internal sealed partial class LedgerApi(
    UserStore store, string subject, string method, string path, IQueryCollection query, string body)
{
    private static readonly string[] PartyKinds = ["CanActAs", "CanReadAs", "CanExecuteAs"];
    private static readonly string[] OtherKinds = ["CanReadAsAnyParty", "CanExecuteAsAnyParty", "ParticipantAdmin", "IdentityProviderAdmin"];

    public Reply Answer()
    {
        lock (store.Lock)
        {
            return Route();
        }
    }

    private Reply Route()
    {
        var segments = path.Split('/')[1..];
        if (segments is not ["v2", .. var rest] || segments.Any(segment => segment.Length == 0))
        {
            return NotHere();
        }

        foreach (var segment in rest.Where(segment => !PathSegment().IsMatch(segment)))
        {
            throw Refusal.Unreadable($"the path segment '{segment}' is not percent-encoded");
        }

        string[] parts = [.. rest.Select(Uri.UnescapeDataString)];
        return (method, parts) switch
        {
            ("GET", ["version"]) => Version(),
            ("GET", ["authenticated-user"]) => UserReply(Existing(subject)),
            ("GET", ["users"]) => ListUsers(),
            ("POST", ["users"]) => CreateUser(),
            ("GET", ["users", var id]) => ReadUser(id),
            ("PATCH", ["users", var id]) => UpdateUser(id),
            ("DELETE", ["users", var id]) => DeleteUser(id),
            ("GET", ["users", var id, "rights"]) => ListRights(id),
            ("POST", ["users", var id, "rights"]) => Grant(id),
            ("PATCH", ["users", var id, "rights"]) => Revoke(id),
            ("GET", ["parties"]) => ListParties(),
            ("GET", ["parties", var party]) => ReadParty(party),
            (_, ["version"] or ["authenticated-user"] or ["users"] or ["users", _] or ["users", _, "rights"] or ["parties"]) =>
                new Reply(HttpStatusCode.MethodNotAllowed, "text/plain", "Method not allowed"),
            _ => NotHere(),
        };
    }

    private static Reply NotHere() => new(HttpStatusCode.NotFound, "text/plain", "The requested resource could not be found.");

    private static Reply Version() => Reply.Json(new JsonObject
    {
        ["version"] = "3.4.12",
        ["features"] = new JsonObject
        {
            ["userManagement"] = new JsonObject { ["supported"] = true, ["maxRightsPerUser"] = 1000, ["maxUsersPageSize"] = 1000 },
            ["partyManagement"] = new JsonObject { ["maxPartiesPageSize"] = 10000 },
        },
    });

    private Reply CreateUser()
    {
        RequireAdmin();
        var request = Body(["user", "rights"], ["user"]);
        var given = Object(request["user"], ["id", "primaryParty", "isDeactivated", "metadata", "identityProviderId"], ["id"]);
        var id = (string)given["id"]!;
        if (!UserId().IsMatch(id))
        {
            throw Refusal.Argument($"User ID \"{id}\" does not match the expected form");
        }

        if (((string?)(given["metadata"] as JsonObject)?["resourceVersion"] ?? "") != "")
        {
            throw Refusal.Argument("user.metadata.resource_version is not empty");
        }

        if (store.Find(id) is not null)
        {
            return Refusal.Of(HttpStatusCode.Conflict, "USER_ALREADY_EXISTS", $"creating user failed, as user \"{id}\" already exists", 6);
        }

        var rights = Rights(request["rights"]);
        RequireFew(rights.Count);
        var user = store.Add(id, rights);
        user.PrimaryParty = (string?)given["primaryParty"] ?? "";
        user.IsDeactivated = (bool?)given["isDeactivated"] ?? false;
        user.IdentityProviderId = (string?)given["identityProviderId"] ?? "";
        Annotate(user, given);
        return UserReply(user);
    }

    private Reply ReadUser(string id)
    {
        RequireSelfOrAdmin(id);
        var user = Existing(id);
        if (user.IdentityProviderId != query["identity-provider-id"].ToString())
        {
            throw NotFound(id);
        }

        var reply = UserReply(user);
        if (store.ChangesAfterRead > 0)
        {
            store.ChangesAfterRead--;
            user.Version++;
        }

        return reply;
    }

    private Reply UpdateUser(string id)
    {
        RequireAdmin();
        var request = Body(["user", "updateMask"], ["user", "updateMask"]);
        var given = Object(request["user"], ["id", "primaryParty", "isDeactivated", "metadata", "identityProviderId"], ["id"]);
        var mask = Object(request["updateMask"], ["paths", "unknownFields"], ["paths", "unknownFields"]);
        RequireSame(id, (string)given["id"]!);
        var user = Existing(id);
        var version = (string?)(given["metadata"] as JsonObject)?["resourceVersion"] ?? "";
        if (version.Length > 0 && version != user.Version.ToString(CultureInfo.InvariantCulture))
        {
            return Refusal.Of(HttpStatusCode.Conflict, "CONCURRENT_USER_UPDATE_DETECTED", $"Update operation for user '{id}' failed due to a concurrent update", 10);
        }

        var paths = mask["paths"]!.AsArray().Select(each => (string)each!).ToArray();
        if (paths.Length == 0)
        {
            throw Refusal.Argument("The update mask contains no entries");
        }

        foreach (var each in paths)
        {
            switch (each)
            {
                case "primary_party":
                    user.PrimaryParty = (string?)given["primaryParty"] ?? "";
                    break;
                case "is_deactivated":
                    user.IsDeactivated = (bool?)given["isDeactivated"] ?? false;
                    break;
                case "metadata.annotations":
                    Annotate(user, given);
                    break;
                default:
                    throw Refusal.Argument($"The update path '{each}' points to an unknown field");
            }
        }

        user.Version++;
        return UserReply(user);
    }

    private Reply DeleteUser(string id)
    {
        RequireAdmin();
        Existing(id);
        if (id == subject)
        {
            throw Refusal.Argument("Requesting user cannot delete itself");
        }

        store.Remove(id);
        return Reply.Json([]);
    }

    private Reply ListRights(string id)
    {
        RequireSelfOrAdmin(id);
        var rights = Existing(id).Rights;

        // Arrays are optional in answers.
        return Reply.Json(rights.Count == 0 ? [] : new JsonObject { ["rights"] = Json(rights) });
    }

    private Reply Grant(string id)
    {
        var (user, rights) = RightsRequest(id);
        var news = rights.Where(right => !user.Rights.Contains(right)).ToArray();
        RequireFew(user.Rights.Count + news.Length);
        if (!store.GrantsInWordsOnly)
        {
            user.Rights.UnionWith(news);
        }

        return Reply.Json(new JsonObject { ["newlyGrantedRights"] = Json(news) });
    }

    private Reply Revoke(string id)
    {
        var (user, rights) = RightsRequest(id);
        var olds = rights.Where(user.Rights.Contains).ToArray();
        if (id == subject && olds.Contains("ParticipantAdmin"))
        {
            throw Refusal.Argument("Requesting user cannot revoke its own admin right");
        }

        user.Rights.ExceptWith(olds);
        return Reply.Json(new JsonObject { ["newlyRevokedRights"] = Json(olds) });
    }

    private (StoredUser User, IReadOnlyList<string> Rights) RightsRequest(string id)
    {
        RequireAdmin();
        var request = Body(["userId", "rights", "identityProviderId"], ["userId", "identityProviderId"]);
        RequireSame(id, (string)request["userId"]!);
        return (Existing(id), Rights(request["rights"]));
    }

    private Reply ListUsers()
    {
        RequireAdmin();
        return Page("users", [.. store.All().Select(user => (user.Id, (JsonNode)user.ToJson()))], "identity-provider-id");
    }

    private Reply ListParties()
    {
        RequireAdmin();
        var filter = store.IgnoresPartyFilter ? "" : query["filter-party"].ToString();
        return Page(
            "partyDetails",
            [.. store.Parties.Where(party => party.StartsWith(filter, StringComparison.Ordinal)).Select(party => (party, (JsonNode)PartyJson(party)))],
            "filter-party");
    }

    private Reply ReadParty(string party)
    {
        RequireAdmin();
        return Reply.Json(store.Parties.Contains(party) ? new JsonObject { ["partyDetails"] = new JsonArray(PartyJson(party)) } : []);
    }

    private static JsonObject PartyJson(string party) => new JsonObject
    {
        ["party"] = party,
        ["isLocal"] = true,
        ["localMetadata"] = new JsonObject { ["resourceVersion"] = "0", ["annotations"] = new JsonObject() },
        ["identityProviderId"] = "",
    };

    private Reply Page(string name, (string Key, JsonNode Item)[] items, params string[] parameters)
    {
        foreach (var key in query.Keys.Where(key => key is not ("pageSize" or "pageToken") && !parameters.Contains(key)))
        {
            throw Refusal.Unreadable($"the query parameter '{key}' is not known");
        }

        var size = int.TryParse(query["pageSize"], CultureInfo.InvariantCulture, out var asked) && asked > 0 ? Math.Min(asked, store.MaxPage) : store.MaxPage;
        var token = query["pageToken"].ToString();
        var page = items.Where(item => string.CompareOrdinal(item.Key, token) > 0).Take(size).ToArray();
        var isLast = page.Length == 0 || page[^1].Key == items[^1].Key;
        return Reply.Json(new JsonObject
        {
            [name] = new JsonArray([.. page.Select(item => item.Item)]),
            ["nextPageToken"] = store.PagesInCircles ? "again" : isLast ? "" : page[^1].Key,
        });
    }

    private Reply UserReply(StoredUser user)
    {
        var json = user.ToJson();
        if (store.MixesUsersUp)
        {
            json["id"] = "somebody-else";
        }

        return Reply.Json(new JsonObject { ["user"] = json });
    }

    private static void Annotate(StoredUser user, JsonObject given)
    {
        if (given["metadata"] is null)
        {
            return;
        }

        var metadata = Object(given["metadata"], ["resourceVersion", "annotations"], []);
        foreach (var (key, value) in metadata["annotations"] as JsonObject ?? [])
        {
            if ((string)value! == "")
            {
                user.Annotations.Remove(key);
            }
            else
            {
                user.Annotations[key] = (string)value!;
            }
        }
    }

    private StoredUser Existing(string id) => store.Find(id) ?? throw NotFound(id);

    private static RefusalException NotFound(string id) =>
        new(Refusal.Of(HttpStatusCode.NotFound, "USER_NOT_FOUND", $"getting user failed for unknown user \"{id}\"", 5));

    private static void RequireSame(string inPath, string inBody)
    {
        if (inPath != inBody)
        {
            throw Refusal.Argument($"The user id of the path, '{inPath}', is not that of the body, '{inBody}'");
        }
    }

    private void RequireFew(int rights)
    {
        if (rights > store.MaxRights)
        {
            throw new RefusalException(Refusal.Of(
                HttpStatusCode.BadRequest, "TOO_MANY_USER_RIGHTS", $"A maximum of {store.MaxRights} user rights can be granted", 9));
        }
    }

    private void RequireAdmin()
    {
        if (store.Find(subject) is not { IsDeactivated: false } user || !user.Rights.Contains("ParticipantAdmin"))
        {
            throw new RefusalException(Refusal.Of(HttpStatusCode.Forbidden, "NA", "A security-sensitive error has been received", 7));
        }
    }

    private void RequireSelfOrAdmin(string id)
    {
        if (id != subject)
        {
            RequireAdmin();
        }
    }

    private JsonObject Body(string[] allowed, string[] required)
    {
        // The content type is not looked at: the official client sends JSON as text/plain.
        try
        {
            return Object(JsonNode.Parse(body), allowed, required);
        }
        catch (JsonException)
        {
            throw Refusal.Unreadable("no JSON");
        }
    }

    private static JsonObject Object(JsonNode? node, string[] allowed, string[] required)
    {
        if (node is not JsonObject value)
        {
            throw Refusal.Unreadable("expected an object");
        }

        foreach (var (name, _) in value.Where(field => !allowed.Contains(field.Key)))
        {
            throw Refusal.Unreadable($"Unexpected field at '{name}'");
        }

        foreach (var name in required.Where(name => value[name] is null))
        {
            throw Refusal.Unreadable($"Missing required field at '{name}'");
        }

        return value;
    }

    private static List<string> Rights(JsonNode? node)
    {
        var rights = new List<string>();
        foreach (var item in node as JsonArray ?? [])
        {
            var kinds = Object(Object(item, ["kind"], ["kind"])["kind"], [.. PartyKinds, .. OtherKinds, "Empty"], []);
            var (kind, content) = kinds.Single();
            var value = Object(content, ["value"], ["value"])["value"];
            if (PartyKinds.Contains(kind))
            {
                var party = (string)Object(value, ["party"], ["party"])["party"]!;
                rights.Add(party.Contains("::", StringComparison.Ordinal) ? $"{kind}={party}" : throw Refusal.Argument($"invalid party '{party}'"));
            }
            else if (kind == "Empty")
            {
                throw Refusal.Argument("unknown kind of right");
            }
            else
            {
                Object(value, [], []);
                rights.Add(kind);
            }
        }

        return rights;
    }

    private static JsonArray Json(IEnumerable<string> rights) => new([.. rights.Select(JsonNode (right) =>
    {
        var parts = right.Split('=', 2);
        return new JsonObject
        {
            ["kind"] = new JsonObject
            {
                [parts[0]] = new JsonObject { ["value"] = parts.Length > 1 ? new JsonObject { ["party"] = parts[1] } : new JsonObject() },
            },
        };
    })]);

    [GeneratedRegex("^(?:[A-Za-z0-9._~!'()*-]|%[0-9A-Fa-f]{2})+$")]
    private static partial Regex PathSegment();

    [GeneratedRegex(@"^[a-zA-Z0-9@^$.!`\-#+'~_|:()]{1,128}$")]
    private static partial Regex UserId();
}
