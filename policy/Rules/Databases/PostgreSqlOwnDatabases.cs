using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>The ledger's databases and the identity provider's are on servers of their own, and each is its owner's alone.</summary>
internal sealed class PostgreSqlOwnDatabases : StackPolicy
{
    private const string Public = "public";
    private const string Grant = "postgresql:index/grant:Grant";

    private static readonly ResourceTypePattern Database = "postgresql:index/database:Database";

    // Where a database says its name and its server.
    private static readonly ImmutableArray<(ResourceTypePattern Type, string Name, string Server)> Databases =
    [
        (Database, "name", ""),
        ("azure-native:dbforpostgresql:Database", "databaseName", "serverName"),
        ("azure:postgresql/flexibleServerDatabase:FlexibleServerDatabase", "name", "serverId"),
    ];

    private static readonly ImmutableArray<string> OfLedger = ["participant", "validator", "cantonnet"];
    private static readonly ImmutableArray<string> OfIdentity = ["keycloak"];

    public override string Id => "postgresql-own-databases";

    public override string Title => "Databases of the ledger and of sign-ins are apart, and each is its owner's alone";

    public override string Rationale =>
        "Who takes over the identity provider must not reach the ledger's data through a server that both use, and the other way round. Within a "
        + "server every role may connect to every database until that is taken away.";

    public override string Remediation =>
        "Declare two servers, one with keycloak and one with participant and validator; make a role of its own the owner of each database, grant to "
        + "that role and the administrator only, and revoke from public with a Grant of no privileges.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A11"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var databases = resources.Resources
            .SelectMany(resource => Databases.Where(type => type.Type.Matches(resource.Type)).Select(type => new Place(resource, KindOf(resource.Read(type.Name)), ServerOf(resource, type.Server, resources))))
            .Where(place => place.Kind is not null)
            .ToList();
        return databases.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no databases of the ledger or the identity provider."))]
            : databases.SelectMany(place => JudgeApart(place, databases).Concat(Database.Matches(place.Resource.Type) ? JudgeOwner(place, resources) : []))
                .DefaultIfEmpty(StackVerdict.OnStack(PolicyVerdict.Pass));
    }

    private static string? KindOf(PropertyReading name) =>
        !name.TryGetText(out var text) ? null
        : OfIdentity.Any(each => text.StartsWith(each, StringComparison.OrdinalIgnoreCase)) ? "sign-ins"
        : OfLedger.Any(each => text.StartsWith(each, StringComparison.OrdinalIgnoreCase)) ? "the ledger" : null;

    // A provider speaks to one server: where two get their host from one place, they are one.
    private static string? ServerOf(StackResourceView database, string property, StackView resources)
    {
        var holder = property.Length > 0 ? database : database.Provider is { } provider ? resources.Find(provider.Urn) : null;
        var path = property.Length > 0 ? property : "host";
        return holder is null ? database.Provider?.Urn
            : resources.SourcesOf(holder, path).Select(source => source.Urn).FirstOrDefault()
                ?? (holder.Read(path).TryGetText(out var text) ? text : database.Provider?.Urn);
    }

    private static IEnumerable<StackVerdict> JudgeApart(Place place, List<Place> all) =>
        all.Find(other => other.Server is not null && other.Server == place.Server && other.Kind != place.Kind) is { } neighbour
            ? [StackVerdict.On(place.Resource, PolicyVerdict.Violation(
                PropertyPath.Root, $"{place.Resource} of {place.Kind} is on the server of {neighbour.Resource} of {neighbour.Kind}."))]
            : [];

    private static IEnumerable<StackVerdict> JudgeOwner(Place place, StackView resources)
    {
        var database = place.Resource;
        var administrator = AdministratorOf(database, resources);
        var owner = database.Read("owner");
        if (!owner.TryGetText(out var name))
        {
            yield return StackVerdict.On(database, owner.State == PropertyState.Missing
                ? PolicyVerdict.Violation(owner.Path, $"{database} has no owner of its own, so it is the administrator's.")
                : PolicyVerdict.Undecided(owner.Path));
            yield break;
        }

        if (name.Equals(Public, StringComparison.OrdinalIgnoreCase) || name == administrator)
        {
            yield return StackVerdict.On(database, PolicyVerdict.Violation(owner.Path, $"{database} has {owner} as its owner, which is not a role of its own."));
        }

        var grants = resources.OfType(Grant).Where(grant => DatabasePart.IsOf(grant, database, resources)).ToList();
        foreach (var grant in grants)
        {
            var role = grant.Read("role");
            if (role.TryGetText(out var given) && given != name && given != administrator && !given.Equals(Public, StringComparison.OrdinalIgnoreCase))
            {
                yield return StackVerdict.On(grant, PolicyVerdict.Violation(role.Path, $"{grant} lets {role} into {database}, which is that of {owner}."));
            }
        }

        if (!grants.Exists(grant => grant.Read("role").TryGetText(out var role) && role.Equals(Public, StringComparison.OrdinalIgnoreCase)))
        {
            yield return StackVerdict.On(database, PolicyVerdict.Violation(
                PropertyPath.Root, $"{database} is open to every role of its server: no Grant takes that away from public."));
        }
    }

    private static string? AdministratorOf(StackResourceView database, StackView resources) =>
        database.Provider is { } provider && resources.Find(provider.Urn) is { } found && found.Read("username").TryGetText(out var name) ? name
        : database.Provider is { } own && PropertyPath.Parse("username").Read(own.Properties).TryGetText(out var given) ? given : null;

    /// <summary>A database.</summary>
    /// <param name="Resource">The resource.</param>
    /// <param name="Kind">What it is for; null where it is neither.</param>
    /// <param name="Server">What tells servers apart; null where that is not known.</param>
    private sealed record Place(StackResourceView Resource, string? Kind, string? Server);
}
