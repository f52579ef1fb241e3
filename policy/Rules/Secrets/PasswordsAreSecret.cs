using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Identity;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Secrets;

/// <summary>Passwords of users, servers and machines, secrets of clients and what vaults hold stand nowhere in clear.</summary>
internal sealed class PasswordsAreSecret : ResourcePolicy, IDecidedByStack
{
    private static readonly Switch Temporary = Switch.On(
        IdentityTypes.KeycloakUser, "initialPassword.temporary", "whoever set the password can go on using it");

    public override string Id => "identity-no-literal-passwords";

    public override string Title => "Passwords and secrets are marked secret, and first passwords are temporary";

    public override string Rationale =>
        "What a program holds in clear stands in its source, in the state and in every log of a deployment. A "
        + "first password that stays is known to whoever set it.";

    public override string Remediation =>
        "Generate the value with RandomPassword, or take it from an encrypted setting, so that it is marked "
        + "secret; RandomString does not mark it. Set initialPassword.temporary to true.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "azure-native:dbforpostgresql:Server",
        Good: """{"administratorLogin": "pgadmin"}""",
        Bad: """{"administratorLogin": "pgadmin", "administratorLoginPassword": "correct horse"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
        new(PolicyControl.Requirement, "A3"),
        new(PolicyControl.Requirement, "A11"),
        new(PolicyControl.Requirement, "B5"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [.. SecretPlaces.All.Select(place => place.Type).Distinct()];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var secrets = SecretPlaces.Of(resource).ToList();
        foreach (var secret in secrets)
        {
            yield return secret switch
            {
                { IsSecret: true } => PolicyVerdict.Pass,
                { State: PropertyState.Unknown } => PolicyVerdict.Undecided(secret.Path),

                // Not even here: what is in clear by mistake is a password all the same.
                _ => PolicyVerdict.Violation(secret.Path, $"{resource} has a value in clear here; it must be a secret."),
            };
        }

        if (resource.Is(IdentityTypes.KeycloakUser) && secrets.Count > 0)
        {
            foreach (var verdict in Temporary.Judge(resource))
            {
                yield return verdict;
            }
        }
    }

    public PolicyVerdict? Decide(UndecidedVerdict undecided, StackResourceView resource, StackView resources) =>
        resources.SourcesOf(resource, undecided.Path, SecretOrigins.Secret).Any() ? PolicyVerdict.Pass
        : resources.SourcesOf(resource, undecided.Path, SecretOrigins.Clear).FirstOrDefault() is { } origin
            ? PolicyVerdict.Violation(undecided.Path, $"{resource} takes this from {origin}, whose value is kept in clear.")
        : null;
}
