using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>A client of Keycloak is for people or for a machine, and proves who it is.</summary>
internal sealed class ClientsHaveOnePurpose : ResourcePolicy
{
    private static readonly ImmutableArray<IPropertyCheck> Checks =
    [
        Switch.Off(IdentityTypes.KeycloakClient, "oauth2DeviceAuthorizationGrantEnabled", "a person can be talked into signing in a stranger's device"),
        Switch.Off(IdentityTypes.KeycloakClient, "useRefreshTokensClientCredentials", "a machine keeps a session beside its secret, which outlives the secret"),
        Choice.Of(
            IdentityTypes.KeycloakClient,
            "clientAuthenticatorType",
            ["client-secret", "client-jwt", "client-secret-jwt", "client-x509", "federated-jwt"],
            "client-secret",
            "it need not prove who it is"),
    ];

    public override string Id => "keycloak-client-one-purpose";

    public override string Title => "Clients of Keycloak are for people or for a machine";

    public override string Rationale =>
        "A client that both signs people in and has an account of its own gives whoever has its secret the rights of both, and nothing tells "
        + "afterwards which it was. Grants that nobody uses are ways in that nobody watches.";

    public override string Remediation =>
        "Turn on either standardFlowEnabled (people) or serviceAccountsEnabled (a machine), not both; leave the device grant and "
        + "useRefreshTokensClientCredentials off, and clientAuthenticatorType at client-secret or a signed token.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        IdentityTypes.KeycloakClient,
        Good: """{"accessType": "CONFIDENTIAL", "serviceAccountsEnabled": true, "standardFlowEnabled": false}""",
        Bad: """{"accessType": "CONFIDENTIAL", "serviceAccountsEnabled": true, "standardFlowEnabled": true}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A1"),
        new(PolicyControl.Requirement, "B2"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [IdentityTypes.KeycloakClient];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var machine = resource.Read("serviceAccountsEnabled");
        var people = resource.Read("standardFlowEnabled");
        yield return (machine.ToFlag(whenMissing: false), people.ToFlag(whenMissing: false)) switch
        {
            (false, _) or (_, false) => PolicyVerdict.Pass,
            (null, _) => PolicyVerdict.Undecided(machine.Path),
            (_, null) => PolicyVerdict.Undecided(people.Path),

            // With authorization on, Keycloak needs the account to answer who may do what.
            _ when resource.Read("authorization").State == PropertyState.Known => PolicyVerdict.Pass,
            _ => PolicyVerdict.Violation(machine.Path, $"{resource} is for people (standardFlowEnabled) and for a machine (serviceAccountsEnabled)."),
        };
        foreach (var verdict in Checks.SelectMany(check => check.Judge(resource)))
        {
            yield return verdict;
        }
    }
}
