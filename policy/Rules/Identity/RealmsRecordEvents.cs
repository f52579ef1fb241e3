using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Who signed in and who changed what can be told afterwards.</summary>
internal sealed class RealmsRecordEvents : StackPolicy
{
    private const string Log = "jboss-logging";

    private static readonly PropertyPath Listeners = PropertyPath.Parse("eventsListeners[*]");

    private static readonly ImmutableArray<Switch> Switches =
    [
        Switch.On(IdentityTypes.KeycloakRealmEvents, "eventsEnabled", "nothing tells who signed in"),
        Switch.On(IdentityTypes.KeycloakRealmEvents, "adminEventsEnabled", "nothing tells who changed what"),
        Switch.On(IdentityTypes.KeycloakRealmEvents, "adminEventsDetailsEnabled", "nothing tells what was changed to what"),
    ];

    // Nothing given is for ever.
    private static readonly Bounded Kept = Bounded.AtLeast(
        IdentityTypes.KeycloakRealmEvents, "eventsExpiration", 7 * 86400, double.MaxValue, "events are gone before anybody looks for them");

    public override string Id => "keycloak-realm-events";

    public override string Title => "Realms record sign-ins and changes and ship them";

    public override string Rationale =>
        "Without its events nobody can tell who signed in to a wallet, from where, or who changed a client. "
        + "Kept in the realm's database alone, they go with it.";

    public override string Remediation =>
        "Declare RealmEvents for the realm with eventsEnabled, adminEventsEnabled, adminEventsDetailsEnabled, an eventsExpiration of a week at least, and eventsListeners: "
        + "[jboss-logging].";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-3"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A26"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var events = resources.OfType(IdentityTypes.KeycloakRealmEvents).ToList();
        foreach (var realm in resources.OfType(IdentityTypes.KeycloakRealm))
        {
            var own = events.Where(each => IsOf(each, realm, resources)).ToList();
            if (own.Count == 0)
            {
                var unclear = events.FirstOrDefault(each => each.Read("realmId").State == PropertyState.Unknown
                    && resources.SourcesOf(each, "realmId").IsEmpty);
                yield return StackVerdict.On(realm, unclear is null
                    ? PolicyVerdict.Violation(PropertyPath.Root, $"{realm} has no RealmEvents, so nothing tells who signed in.")
                    : PolicyVerdict.Undecided(PropertyPath.Root, $"nothing tells whose the events '{unclear.Name}' are"));
            }

            foreach (var verdict in own.SelectMany(Judge))
            {
                yield return verdict;
            }
        }
    }

    private static bool IsOf(StackResourceView events, StackResourceView realm, StackView resources) =>
        resources.SourcesOf(events, "realmId").Any(source => source.Urn == realm.Urn)
        || (events.Read("realmId").TryGetText(out var id) && realm.Read("realm").TryGetText(out var name) && id == name);

    private static IEnumerable<StackVerdict> Judge(StackResourceView events)
    {
        foreach (var verdict in Switches.SelectMany(each => each.Judge(events)).Concat(Kept.Judge(events)))
        {
            yield return StackVerdict.On(events, verdict);
        }

        var listeners = events.Select(Listeners).ToList();
        var isShipped = listeners.Any(listener => listener.TryGetText(out var text) && text == Log);
        var unknown = listeners.FirstOrDefault(listener => listener.State == PropertyState.Unknown);
        yield return StackVerdict.On(events, isShipped ? PolicyVerdict.Pass
            : unknown.Path is not null ? PolicyVerdict.Undecided(unknown.Path)
            : PolicyVerdict.Violation(PropertyPath.Parse("eventsListeners"), $"{events} writes nothing to the log, from which events are shipped."));
    }
}
