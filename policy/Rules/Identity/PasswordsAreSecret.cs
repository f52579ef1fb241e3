using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Passwords of users and secrets of clients stand nowhere in clear.</summary>
internal sealed class PasswordsAreSecret : ResourcePolicy
{
    private static readonly ImmutableArray<(ResourceTypePattern Type, string Path)> Places =
    [
        (IdentityTypes.KeycloakUser, "initialPassword.value"),
        (IdentityTypes.KeycloakClient, "clientSecret"),
        (IdentityTypes.Auth0User, "password"),
        (IdentityTypes.Auth0Credentials, "clientSecret"),
    ];

    private static readonly Switch Temporary = Switch.On(
        IdentityTypes.KeycloakUser, "initialPassword.temporary", "whoever set the password can go on using it");

    public override string Id => "identity-no-literal-passwords";

    public override string Title => "Passwords of users and secrets of clients are secrets, and first passwords are temporary";

    public override string Rationale =>
        "What a program holds in clear stands in its source, in the state and in every log of a deployment. A "
        + "first password that stays is known to whoever set it.";

    public override string Remediation =>
        "Generate the value with RandomPassword, or take it from an encrypted setting, so that it is marked "
        + "secret. Set initialPassword.temporary to true.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
        new(PolicyControl.Requirement, "A3"),
        new(PolicyControl.Requirement, "B5"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. Places.Select(place => place.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var path = Places.First(place => place.Type.Matches(resource.Type)).Path;
        var password = resource.Read(path);
        yield return password switch
        {
            { State: PropertyState.Missing } or { IsSecret: true } => PolicyVerdict.Pass,
            { State: PropertyState.Unknown } => PolicyVerdict.Undecided(password.Path),

            // Not even here: what is in clear by mistake is a password all the same.
            _ => PolicyVerdict.Violation(password.Path, $"{resource} has a value in clear here; it must be a secret."),
        };
        if (resource.Is(IdentityTypes.KeycloakUser) && password.State != PropertyState.Missing)
        {
            foreach (var verdict in Temporary.Judge(resource))
            {
                yield return verdict;
            }
        }
    }
}
