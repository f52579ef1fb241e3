using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Tokens carry the roles that their client needs.</summary>
internal sealed class ClientsHaveNoFullScope : ResourcePolicy
{
    private static readonly Switch FullScope = Switch.Off(
        IdentityTypes.KeycloakClient, "fullScopeAllowed", "its tokens carry every role of who uses it", byDefault: true);

    public override string Id => "keycloak-no-full-scope";

    public override string Title => "Clients do not carry all roles of who uses them";

    public override string Rationale =>
        "With full scope, which is the default, a client's tokens carry every role of the person or service "
        + "account, those of administrators of the realm included: one page that leaks a token gives away all of "
        + "it. The audience 'account' comes with it.";

    public override string Remediation =>
        "Set fullScopeAllowed to false, and let each client scope carry the roles that it needs with "
        + "GenericRoleMapper.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        IdentityTypes.KeycloakClient,
        Good: """{"fullScopeAllowed": false}""",
        Bad: """{}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A1"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [IdentityTypes.KeycloakClient];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) => FullScope.Judge(resource);
}
