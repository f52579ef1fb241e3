using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Clients do not see passwords, and tokens do not travel in addresses.</summary>
internal sealed class NoImplicitOrPasswordGrants : ResourcePolicy
{
    private static readonly PropertyPath GrantTypes = PropertyPath.Parse("grantTypes[*]");

    private static readonly ImmutableArray<Switch> Switches =
    [
        Switch.Off(IdentityTypes.KeycloakClient, "implicitFlowEnabled", "tokens stand in addresses and logs"),
        Switch.Off(IdentityTypes.KeycloakClient, "directAccessGrantsEnabled", "it sees people's passwords and asks for no second factor"),
    ];

    public override string Id => "oidc-no-implicit-or-password-grant";

    public override string Title => "No client has the implicit grant or the password grant";

    public override string Rationale =>
        "With the password grant a client sees people's passwords and there is no second factor; with the "
        + "implicit grant tokens stand in addresses, histories and logs. Current practice forbids both.";

    public override string Remediation =>
        "Turn implicitFlowEnabled and directAccessGrantsEnabled off, or take implicit and password out of "
        + "grantTypes. Pages use authorization_code with PKCE, machines client_credentials.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        IdentityTypes.KeycloakClient,
        Good: """{"implicitFlowEnabled": false}""",
        Bad: """{"directAccessGrantsEnabled": true}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-6"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
        new(PolicyControl.Requirement, "A3"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [IdentityTypes.KeycloakClient, IdentityTypes.Auth0Client];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) => resource.Is(IdentityTypes.Auth0Client)
        ? resource.Select(GrantTypes).Where(reading => reading.State != PropertyState.Missing).Select(reading => Judge(resource, reading))
        : Switches.SelectMany(each => each.Judge(resource));

    private static PolicyVerdict Judge(ResourceView client, PropertyReading grant)
    {
        if (!grant.TryGetText(out var text))
        {
            return PolicyVerdict.Undecided(grant.Path);
        }

        return text == "implicit" || text.Contains("password", StringComparison.Ordinal)
            ? PolicyVerdict.Violation(grant.Path, $"{client} has {grant} here, a grant that gives tokens or passwords away.")
            : PolicyVerdict.Pass;
    }
}
