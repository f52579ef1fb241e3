using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>A realm that does not let itself be guessed or overheard.</summary>
internal sealed class RealmsAreHardened : ResourcePolicy
{
    private static readonly Switch Registration =
        Switch.Off(IdentityTypes.KeycloakRealm, "registrationAllowed", "anybody can make an account");

    public override string Id => "keycloak-realm-hardened";

    public override string Title => "Realms require TLS, slow down guessing and have a password policy";

    public override string Rationale =>
        "Out of the box a realm takes plain http from private addresses, lets passwords be tried without end "
        + "and accepts any password. Whoever signs in as an operator moves money.";

    public override string Remediation =>
        "Set sslRequired to 'all', securityDefenses.bruteForceDetection with maxLoginFailures, and "
        + "passwordPolicy; turn registrationAllowed off.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        IdentityTypes.KeycloakRealm,
        Good: """{"sslRequired": "all", "passwordPolicy": "length(14)", "securityDefenses": {"bruteForceDetection": {"maxLoginFailures": 5}}}""",
        Bad: """{"sslRequired": "none"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-1"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [IdentityTypes.KeycloakRealm];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var tls = resource.Read("sslRequired");
        yield return tls.State switch
        {
            _ when tls.TryGetText(out var text) && text == "all" => PolicyVerdict.Pass,
            PropertyState.Unknown => PolicyVerdict.Undecided(tls.Path),
            _ => PolicyVerdict.Violation(tls.Path, $"{resource} has {tls} here, so that some may sign in without TLS; it must be 'all'."),
        };
        yield return Given(resource, "securityDefenses.bruteForceDetection", "lets passwords be guessed without end");
        var policy = resource.Read("passwordPolicy");
        yield return policy.IsTextGiven() switch
        {
            null => PolicyVerdict.Undecided(policy.Path),
            true => PolicyVerdict.Pass,
            false => PolicyVerdict.Violation(policy.Path, $"{resource} has no password policy, so any password will do."),
        };
        foreach (var verdict in Registration.Judge(resource))
        {
            yield return verdict;
        }
    }

    private static PolicyVerdict Given(ResourceView realm, string path, string consequence)
    {
        var reading = realm.Read(path);
        return reading.State switch
        {
            PropertyState.Known => PolicyVerdict.Pass,
            PropertyState.Missing => PolicyVerdict.Violation(reading.Path, $"{realm} does not set this and {consequence}."),
            _ => PolicyVerdict.Undecided(reading.Path),
        };
    }
}
