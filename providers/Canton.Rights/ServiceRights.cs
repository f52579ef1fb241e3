using System.Collections.Immutable;

namespace CantonInfra.Canton.Rights;

/// <summary>
/// The rights of one service's Canton user: the one table of them (B3), which the program declares, the provider grants and
/// <c>rights</c> compares with. A right for a single party is always for the bridge operator's, which the relayer acts as.
/// </summary>
public sealed record ServiceRights
{
    private ServiceRights(string name, string clientId, params ImmutableArray<ServiceNeed> needs)
    {
        Name = name;
        ClientId = clientId;
        Needs = needs;
    }

    /// <summary>Submits what users sign: prepares and executes for parties that register at any time.</summary>
    public static ServiceRights ApiServer { get; } = new(
        "api-server",
        "canton-mw-api-server",
        new ServiceNeed(
            RightKind.CanExecuteAsAnyParty,
            "prepares and executes interactive submissions of users' parties, which register while it runs and cannot be listed beforehand"),
        new ServiceNeed(
            RightKind.CanReadAsAnyParty,
            "reads as the parties that it prepares submissions for; executing does not include reading"),
        new ServiceNeed(
            RightKind.CanActAs,
            "registering a user creates a mapping with a command of the operator's party, which executing for any party does not cover",
            "user-registration"),
        new ServiceNeed(
            RightKind.IdentityProviderAdmin,
            "registering a user allocates a party, which is administration; it also lets the service change users of its identity"
            + " provider, so prefer the participant's limit of self-allocated parties where its version has one",
            "party-allocation"));

    /// <summary>Bridges: submits as one party.</summary>
    public static ServiceRights Relayer { get; } = new(
        "relayer",
        "canton-mw-relayer",
        new ServiceNeed(RightKind.CanActAs, "submits and reads as the bridge operator's party and as no other"));

    /// <summary>Follows all updates and submits nothing.</summary>
    public static ServiceRights Indexer { get; } = new(
        "indexer",
        "canton-mw-indexer",
        new ServiceNeed(
            RightKind.CanReadAsAnyParty,
            "follows the updates of all parties; without it, it misses events and says nothing"));

    /// <summary>All services.</summary>
    public static ImmutableArray<ServiceRights> All { get; } = [ApiServer, Relayer, Indexer];

    /// <summary>The names of what a setting may add.</summary>
    public static ImmutableArray<string> Extras { get; } =
        [.. All.SelectMany(service => service.Needs).Select(need => need.Extra).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The service's name.</summary>
    public string Name { get; }

    /// <summary>The id of its OAuth client.</summary>
    public string ClientId { get; }

    /// <summary>What it needs, extras included.</summary>
    public ImmutableArray<ServiceNeed> Needs { get; }

    /// <summary>The service of that name or client id, or null.</summary>
    public static ServiceRights? Find(string name) =>
        All.FirstOrDefault(service => service.Name == name || service.ClientId == name || $"canton-{service.Name}" == name);

    /// <summary>The needs with these extras.</summary>
    public IEnumerable<ServiceNeed> NeedsWith(IReadOnlyCollection<string> extras) =>
        Needs.Where(need => need.Extra is null || extras.Contains(need.Extra));

    /// <summary>Whether a right for the operator's party is among them.</summary>
    public bool NeedsParty(IReadOnlyCollection<string> extras) => NeedsWith(extras).Any(need => LedgerRight.NamesParty(need.Kind));

    /// <summary>The rights themselves.</summary>
    /// <param name="extras">Names of extras to add.</param>
    /// <param name="party">The operator's party; may be missing where no right needs it.</param>
    /// <exception cref="ArgumentException">A right needs the party and there is none.</exception>
    public ImmutableSortedSet<LedgerRight> With(IReadOnlyCollection<string> extras, string? party) =>
    [
        .. NeedsWith(extras).Select(need => !LedgerRight.NamesParty(need.Kind)
            ? new LedgerRight(need.Kind)
            : string.IsNullOrEmpty(party)
                ? throw new ArgumentException($"{Name} needs {need.Kind} for the operator's party, which is not given.", nameof(party))
                : new LedgerRight(need.Kind, party)),
    ];
}
