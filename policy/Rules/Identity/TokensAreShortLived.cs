using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>An access token that leaks is soon of no use.</summary>
internal sealed class TokensAreShortLived : ResourcePolicy
{
    private const double MostSeconds = 900;

    public override string Id => "oidc-token-lifetimes";

    public override string Title => "Access tokens are good for 15 minutes at most";

    public override string Rationale =>
        "Nothing takes an access token back: whoever has it may use it until it ends. Canton advises 5 to 15 "
        + "minutes.";

    public override string Remediation =>
        "Set accessTokenLifespan of realms, and of clients that have their own, to 15m0s or less; tokenLifetime "
        + "and tokenLifetimeForWeb of Auth0's resource servers to 900 or less.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        IdentityTypes.KeycloakRealm,
        Good: """{"accessTokenLifespan": "10m0s"}""",
        Bad: """{"accessTokenLifespan": "1h0m0s"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
        new(PolicyControl.Requirement, "A3"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [IdentityTypes.KeycloakRealm, IdentityTypes.KeycloakClient, IdentityTypes.Auth0Api];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (resource.Is(IdentityTypes.Auth0Api))
        {
            return [Judge(resource, "tokenLifetime", isRequired: true), Judge(resource, "tokenLifetimeForWeb", isRequired: true)];
        }

        // A realm that says nothing has 5 minutes, and a client its realm's.
        return [Judge(resource, "accessTokenLifespan", isRequired: false), Judge(resource, "accessTokenLifespanForImplicitFlow", isRequired: false)];
    }

    private static PolicyVerdict Judge(ResourceView resource, string path, bool isRequired)
    {
        var reading = resource.Read(path);
        if (reading.State == PropertyState.Missing)
        {
            return isRequired
                ? PolicyVerdict.Violation(reading.Path, $"{resource} does not set this, and tokens are good for hours by default.")
                : PolicyVerdict.Pass;
        }

        return Durations.Seconds(reading) switch
        {
            null => PolicyVerdict.Undecided(reading.Path),
            <= MostSeconds => PolicyVerdict.Pass,
            _ => PolicyVerdict.Violation(reading.Path, $"{resource} has {reading} here; 15 minutes are the most."),
        };
    }
}
