using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>A tenant of Auth0 lets in whom it is for, with a second factor, and slows down whoever guesses.</summary>
internal sealed class Auth0SignInsProtected : ResourcePolicy
{
    private const string Connection = "auth0:index/connection:Connection";
    private const string Attacks = "auth0:index/attackProtection:AttackProtection";
    private const string Factors = "auth0:index/guardian:Guardian";
    private const string OwnUsers = "auth0";
    private const string Guessing = "passwords can be tried without end";
    private const string Unnamed = "a client or a person whom nobody named gets tokens for it";
    private const string Endless = "a refresh token that leaks is good for ever";

    private static readonly ImmutableArray<IPropertyCheck> Checks =
    [
        Switch.On(Attacks, "bruteForceProtection.enabled", Guessing, byDefault: true),
        Switch.On(Attacks, "suspiciousIpThrottling.enabled", Guessing, byDefault: true),
        Choice.Of(Factors, "policy", "all-applications", "people are not always asked for a second factor"),
        Choice.Of(IdentityTypes.Auth0Api, "subjectTypeAuthorization.client.policy", ["require_client_grant", "deny_all"], "require_client_grant", Unnamed),
        Choice.Of(IdentityTypes.Auth0Api, "subjectTypeAuthorization.user.policy", ["require_client_grant", "deny_all"], "require_client_grant", Unnamed),
        Switch.Off(IdentityTypes.Auth0Client, "refreshToken.infiniteTokenLifetime", Endless),
        Switch.Off(IdentityTypes.Auth0Client, "refreshToken.infiniteIdleTokenLifetime", Endless),
    ];

    // Only where the users are the tenant's own: others come with the defences of the place that they come from.
    private static readonly ImmutableArray<IPropertyCheck> OfOwnUsers =
    [
        Switch.On(Connection, "options.disableSignup", "whoever finds the page makes an account"),
        Switch.On(Connection, "options.bruteForceProtection", Guessing, byDefault: true),
        Choice.Of(Connection, "options.passwordPolicy", ["good", "excellent"], "good", "passwords may be short and plain"),
    ];

    private static readonly ImmutableArray<IPropertyCheck> OfRefreshTokens =
    [
        Choice.Of(IdentityTypes.Auth0Client, "refreshToken.expirationType", ["expiring"], "non-expiring", Endless),
        Choice.Of(IdentityTypes.Auth0Client, "refreshToken.rotationType", ["rotating"], "non-rotating", "nobody notices that a refresh token is used twice"),
    ];

    private static readonly PropertyPath Grants = PropertyPath.Parse("grantTypes[*]");

    public override string Id => "auth0-sign-ins-protected";

    public override string Title => "Auth0 lets in whom it is for, with a second factor";

    public override string Rationale =>
        "By its defaults a database of users in Auth0 is open to whoever signs up, asks for a password alone, and gives pages refresh tokens that "
        + "never end. Whoever signs in here moves money.";

    public override string Remediation =>
        "Set options.disableSignup of connections with the strategy auth0, leave bruteForceProtection on and passwordPolicy at good or excellent; declare "
        + "a Guardian with the policy all-applications; give applications with the grant refresh_token a refreshToken with rotationType rotating and "
        + "expirationType expiring; and APIs a subjectTypeAuthorization with require_client_grant or deny_all.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Connection,
        Good: """{"strategy": "auth0", "options": {"disableSignup": true, "passwordPolicy": "good"}}""",
        Bad: """{"strategy": "auth0", "options": {"passwordPolicy": "good"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-6"),
        new(PolicyControl.CloudSecurityBenchmark, "IM-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A3"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [Connection, Attacks, Factors, IdentityTypes.Auth0Api, IdentityTypes.Auth0Client];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var verdicts = Judge(Checks, resource);
        return resource.Is(Connection) ? JudgeConnection(resource)
            : resource.Is(IdentityTypes.Auth0Client) ? verdicts.Concat(JudgeRefreshTokens(resource))
            : verdicts;
    }

    private static IEnumerable<PolicyVerdict> JudgeConnection(ResourceView connection)
    {
        var strategy = connection.Read("strategy");
        return strategy.State != PropertyState.Missing && !strategy.TryGetText(out _) ? [PolicyVerdict.Undecided(strategy.Path)]
            : strategy.TryGetText(out var text) && text == OwnUsers ? Judge(OfOwnUsers, connection)
            : [PolicyVerdict.NotApplicable("Its users sign in elsewhere.")];
    }

    private static IEnumerable<PolicyVerdict> JudgeRefreshTokens(ResourceView client)
    {
        var grants = client.Select(Grants).Where(grant => grant.State != PropertyState.Missing).ToList();
        return grants.Exists(grant => grant.TryGetText(out var text) && text == "refresh_token") ? Judge(OfRefreshTokens, client)
            : grants.Find(grant => !grant.TryGetText(out _)) is { Path: { } unclear } ? [PolicyVerdict.Undecided(unclear)]
            : [];
    }

    private static IEnumerable<PolicyVerdict> Judge(ImmutableArray<IPropertyCheck> checks, ResourceView resource) =>
        checks.Where(check => check.Type.Matches(resource.Type)).SelectMany(check => check.Judge(resource));
}
