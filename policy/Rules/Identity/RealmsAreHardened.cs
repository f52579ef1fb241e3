using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>A realm that does not let itself be guessed or overheard.</summary>
internal sealed partial class RealmsAreHardened : ResourcePolicy
{
    private const int ShortestPassword = 12;
    private const string Guessed = "passwords can be guessed on and on";
    private const string Defence = "securityDefenses.bruteForceDetection.";

    private static readonly ImmutableArray<IPropertyCheck> Checks =
    [
        Switch.Off(IdentityTypes.KeycloakRealm, "registrationAllowed", "anybody can make an account"),
        Choice.Of(
            IdentityTypes.KeycloakRealm,
            "defaultSignatureAlgorithm",
            ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"],
            "RS256",
            "whoever checks its tokens can make them, or anybody can"),
    ];

    // What the provider takes where the block is there and a number is not.
    private static readonly ImmutableArray<IPropertyCheck> Defences =
    [
        new Bounded(IdentityTypes.KeycloakRealm, PropertyPath.Parse(Defence + "maxLoginFailures"), 1, 30, 30, Guessed),
        Bounded.AtLeast(IdentityTypes.KeycloakRealm, Defence + "waitIncrementSeconds", 10, 60, Guessed),
        Bounded.AtLeast(IdentityTypes.KeycloakRealm, Defence + "maxFailureWaitSeconds", 60, 900, Guessed),
        Bounded.AtLeast(IdentityTypes.KeycloakRealm, Defence + "failureResetTimeSeconds", 600, 43200, Guessed),
    ];

    public override string Id => "keycloak-realm-hardened";

    public override string Title => "Realms require TLS, slow down guessing and have a password policy";

    public override string Rationale =>
        "Out of the box a realm takes plain http from private addresses, lets passwords be tried without end "
        + "and accepts any password. Whoever signs in as an operator moves money.";

    public override string Remediation =>
        "Set sslRequired to 'all', securityDefenses.bruteForceDetection with maxLoginFailures, and "
        + "passwordPolicy with length(12) or more; turn registrationAllowed off, and leave defaultSignatureAlgorithm at RS256.";

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
            true => JudgeLength(resource, policy),
            false => PolicyVerdict.Violation(policy.Path, $"{resource} has no password policy, so any password will do."),
        };
        var defences = resource.Read("securityDefenses.bruteForceDetection").State == PropertyState.Known ? Defences : [];
        foreach (var verdict in Checks.Concat(defences).SelectMany(check => check.Judge(resource)))
        {
            yield return verdict;
        }
    }

    private static PolicyVerdict JudgeLength(ResourceView realm, PropertyReading policy)
    {
        var length = policy.TryGetText(out var text) && Length().Match(text) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return length >= ShortestPassword
            ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(policy.Path, string.Create(
                CultureInfo.InvariantCulture, $"{realm} has {policy} here, and passwords may be shorter than {ShortestPassword} characters."));
    }

    [GeneratedRegex(@"\blength\((\d{1,4})\)")]
    private static partial Regex Length();

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
