using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Whoever signs in to a realm has a second factor.</summary>
internal sealed class RealmsAskSecondFactor : StackPolicy
{
    private const string Action = "keycloak:index/requiredAction:RequiredAction";
    private const string Flow = "browserFlow";

    private static readonly PropertyPath Asked = PropertyPath.Parse("requiredActions[*]");

    private static readonly ImmutableArray<string> Factors =
        ["CONFIGURE_TOTP", "webauthn-register", "webauthn-register-passwordless", "CONFIGURE_RECOVERY_AUTHN_CODES"];

    private static readonly ImmutableArray<Switch> Switches =
    [
        Switch.On(Action, "enabled", "nobody is asked for a second factor"),
        Switch.On(Action, "defaultAction", "people are not asked for a second factor when they come first"),
    ];

    private static readonly ImmutableArray<IPropertyCheck> Codes =
    [
        Switch.Off(IdentityTypes.KeycloakRealm, "otpPolicy.codeReusable", "a code that was overheard works a second time"),
        Bounded.AtLeast(IdentityTypes.KeycloakRealm, "otpPolicy.digits", 6, 6, "codes can be guessed"),
        Bounded.AtMost(IdentityTypes.KeycloakRealm, "otpPolicy.lookAheadWindow", 3, 1, "many codes are good at a time"),
        Bounded.AtMost(IdentityTypes.KeycloakRealm, "otpPolicy.period", 60, 30, "a code is good for long"),
    ];

    public override string Id => "keycloak-second-factor";

    public override string Title => "Whoever signs in to a realm has a second factor";

    public override string Rationale =>
        "Passwords are guessed, reused and given away on pages that look right. Whoever signs in here moves money; a code or a key that lies "
        + "somewhere else stops all three.";

    public override string Remediation =>
        "Declare a RequiredAction with the alias CONFIGURE_TOTP or webauthn-register, enabled and defaultAction, for the realm. A realm "
        + "with a browserFlow of its own asks for it there.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-6"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var actions = resources.OfType(Action)
            .Where(action => action.Read("alias").TryGetText(out var alias) && Factors.Contains(alias, StringComparer.OrdinalIgnoreCase))
            .ToList();
        var realms = resources.OfType(IdentityTypes.KeycloakRealm).ToList();
        var users = resources.OfType(IdentityTypes.KeycloakUser).Select(user => StackVerdict.On(user, JudgeUser(user))).ToList();
        return realms.Count == 0 && users.Count > 0 ? users
            : realms.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no realms of Keycloak."))]
            : realms.SelectMany(realm => Judge(realm, actions, resources)).Concat(users);
    }

    // A list of a user's own takes the place of what the realm asks for.
    private static PolicyVerdict JudgeUser(StackResourceView user)
    {
        var asked = user.Select(Asked).Where(action => action.State != PropertyState.Missing).ToList();
        return asked.Count == 0 || asked.Exists(action => action.TryGetText(out var name) && Factors.Contains(name, StringComparer.OrdinalIgnoreCase)) ? PolicyVerdict.Pass
            : asked.Find(action => !action.TryGetText(out _)) is { Path: { } unclear } ? PolicyVerdict.Undecided(unclear)
            : PolicyVerdict.Violation(
                PropertyPath.Parse("requiredActions"), $"{user} is asked for {string.Join(", ", asked)} only, and for no second factor. Add one, or leave the list to the realm.");
    }

    private static IEnumerable<StackVerdict> Judge(StackResourceView realm, List<StackResourceView> actions, StackView resources)
    {
        foreach (var code in Codes.SelectMany(check => check.Judge(realm)))
        {
            yield return StackVerdict.On(realm, code);
        }

        // A flow of its own is not seen here.
        var flow = realm.Read(Flow);
        if (flow.State != PropertyState.Missing && (!flow.TryGetText(out var name) || name != "browser"))
        {
            yield return StackVerdict.On(realm, PolicyVerdict.NotApplicable("The realm has a flow of its own for browsers."));
            yield break;
        }

        var own = actions.Where(action => IsOf(action, realm, resources)).ToList();
        if (own.Count == 0)
        {
            yield return StackVerdict.On(realm, PolicyVerdict.Violation(
                PropertyPath.Root, $"{realm} asks nobody for a second factor: no RequiredAction of it configures one."));
        }
        else if (!own.Exists(action => Switches.SelectMany(each => each.Judge(action)).All(verdict => verdict is PassVerdict)))
        {
            foreach (var verdict in Switches.SelectMany(each => each.Judge(own[0])))
            {
                yield return StackVerdict.On(own[0], verdict);
            }
        }
    }

    private static bool IsOf(StackResourceView action, StackResourceView realm, StackView resources) =>
        resources.SourcesOf(action, "realmId").Any(source => source.Urn == realm.Urn)
        || (action.Read("realmId").TryGetText(out var id) && realm.Read("realm").TryGetText(out var name) && id == name);
}
