using System.Globalization;
using System.Text.Json.Nodes;

namespace CantonInfra.ParticipantStandIn;

/// <summary>A user as the participant keeps it.</summary>
public sealed class StoredUser
{
    public required string Id { get; init; }

    public string PrimaryParty { get; set; } = "";

    public bool IsDeactivated { get; set; }

    public string IdentityProviderId { get; set; } = "";

    public SortedDictionary<string, string> Annotations { get; } = new(StringComparer.Ordinal);

    public int Version { get; set; } = 1;

    /// <summary>The rights, as <c>CanReadAsAnyParty</c> or <c>CanActAs=party</c>.</summary>
    public SortedSet<string> Rights { get; } = new(StringComparer.Ordinal);

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["primaryParty"] = PrimaryParty,
        ["isDeactivated"] = IsDeactivated,
        ["metadata"] = new JsonObject
        {
            ["resourceVersion"] = Version.ToString(CultureInfo.InvariantCulture),
            ["annotations"] = new JsonObject(Annotations.Select(note => KeyValuePair.Create(note.Key, (JsonNode?)note.Value))),
        },
        ["identityProviderId"] = IdentityProviderId,
    };
}

/// <summary>The participant's users and parties, and the lies that it tells about them.</summary>
public sealed class UserStore
{
    private readonly SortedDictionary<string, StoredUser> _users = new(StringComparer.Ordinal);

    public Lock Lock { get; } = new();

    /// <summary>The parties.</summary>
    public List<string> Parties { get; } = ["daml-autopilot::1220aa", "bridge-operator::1220bb"];

    /// <summary>How many rights a user may have.</summary>
    public int MaxRights { get; set; } = 1000;

    /// <summary>The largest page.</summary>
    public int MaxPage { get; set; } = 1000;

    /// <summary>Lie: grants are answered as done and are not.</summary>
    public bool GrantsInWordsOnly { get; set; }

    /// <summary>Lie: the next page of a listing is the one that was asked for.</summary>
    public bool PagesInCircles { get; set; }

    /// <summary>Lie: users are answered under another id.</summary>
    public bool MixesUsersUp { get; set; }

    /// <summary>Whether the filter of parties is not known and ignored.</summary>
    public bool IgnoresPartyFilter { get; set; }

    /// <summary>Somebody else changes a user each time that it is read, so often.</summary>
    public int ChangesAfterRead { get; set; }

    public StoredUser Add(string id, params IEnumerable<string> rights)
    {
        lock (Lock)
        {
            var user = new StoredUser { Id = id };
            user.Rights.UnionWith(rights);
            return _users[id] = user;
        }
    }

    public StoredUser? Find(string id)
    {
        lock (Lock)
        {
            return _users.GetValueOrDefault(id);
        }
    }

    public bool Remove(string id)
    {
        lock (Lock)
        {
            return _users.Remove(id);
        }
    }

    /// <summary>The rights of a user, in order.</summary>
    public IReadOnlyList<string> RightsOf(string id)
    {
        lock (Lock)
        {
            return [.. _users[id].Rights];
        }
    }

    public IReadOnlyList<StoredUser> All()
    {
        lock (Lock)
        {
            return [.. _users.Values];
        }
    }
}
