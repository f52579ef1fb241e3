using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Sessions and codes of a realm end, and a refresh token is good once.</summary>
internal sealed class RealmSessionsEnd() : PropertyRule(
    Bounded.AtMost(Realm, "ssoSessionIdleTimeout", 12 * Hour, 30 * Minute, Abandoned),
    Bounded.AtMost(Realm, "ssoSessionMaxLifespan", 24 * Hour, 10 * Hour, Abandoned),
    Bounded.AtMost(Realm, "clientSessionIdleTimeout", 12 * Hour, 0, Abandoned),
    Bounded.AtMost(Realm, "clientSessionMaxLifespan", 24 * Hour, 0, Abandoned),
    Bounded.AtMost(Realm, "offlineSessionIdleTimeout", 60 * Day, 30 * Day, Offline),
    Switch.On(Realm, "offlineSessionMaxLifespanEnabled", Offline),
    Bounded.AtMost(Realm, "offlineSessionMaxLifespan", 60 * Day, 60 * Day, Offline),
    Bounded.AtMost(Realm, "accessCodeLifespan", 10 * Minute, Minute, Code),
    Bounded.AtMost(Realm, "accessCodeLifespanLogin", Hour, 30 * Minute, Code),
    Bounded.AtMost(Realm, "accessCodeLifespanUserAction", Hour, 5 * Minute, Code),
    Bounded.AtMost(Realm, "actionTokenGeneratedByUserLifespan", Hour, 5 * Minute, Link),
    Bounded.AtMost(Realm, "actionTokenGeneratedByAdminLifespan", 3 * Day, 12 * Hour, Link),
    Switch.On(Realm, "revokeRefreshToken", Copied),
    Bounded.AtMost(Realm, "refreshTokenMaxReuse", 0, 0, Copied),
    Switch.Off(Realm, "rememberMe", Abandoned))
{
    private const string Realm = IdentityTypes.KeycloakRealm;
    private const double Minute = 60;
    private const double Hour = 3600;
    private const double Day = 86400;
    private const string Abandoned = "a browser that somebody left stays signed in";
    private const string Offline = "a token that leaked is renewed without end";
    private const string Code = "a code that was overheard can be used";
    private const string Link = "a link in an old mail changes a password";
    private const string Copied = "a copy of a refresh token works beside the real one, unseen";

    public override string Id => "keycloak-sessions-end";

    public override string Title => "Sessions, codes and links of realms end, and refresh tokens are good once";

    public override string Rationale =>
        "Short access tokens are worth little where what renews them lives for ever. A refresh token that is good once shows that it was copied: "
        + "the second use ends the session.";

    public override string Remediation =>
        "Leave the lifetimes at Keycloak's defaults or shorter than what is told; turn offlineSessionMaxLifespanEnabled and revokeRefreshToken on, "
        + "rememberMe off, and set refreshTokenMaxReuse to 0.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        Realm,
        Good: """{"revokeRefreshToken": true, "offlineSessionMaxLifespanEnabled": true, "ssoSessionIdleTimeout": "30m0s"}""",
        Bad: """{"revokeRefreshToken": true, "offlineSessionMaxLifespanEnabled": true, "ssoSessionMaxLifespan": "2400h0m0s"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
    ];
}
