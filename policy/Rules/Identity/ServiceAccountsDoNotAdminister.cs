using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Machines use ledgers, they do not manage realms.</summary>
internal sealed class ServiceAccountsDoNotAdminister : ResourcePolicy
{
    private const string ClientRole = "keycloak:openid/clientServiceAccountRole:ClientServiceAccountRole";
    private const string RealmRole = "keycloak:openid/clientServiceAccountRealmRole:ClientServiceAccountRealmRole";

    // The roles of realm-management that change something, and those of the realm that all others are in. Which client a role
    // is of, a preview does not know.
    private static readonly ImmutableHashSet<string> Administering =
        ["admin", "create-client", "create-realm", "impersonation", "realm-admin"];

    public override string Id => "keycloak-service-account-no-admin";

    public override string Title => "Service accounts have no roles that administer the realm";

    public override string Rationale =>
        "Whoever has the secret of a service account that may manage users or clients makes itself an "
        + "administrator, a wallet user, or any service.";

    public override string Remediation =>
        "Remove the role. Let a deployment administer the realm with credentials of its own, and give what only "
        + "reads a role such as view-users.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "keycloak:openid/clientServiceAccountRole:ClientServiceAccountRole",
        Good: """{"role": "view-users"}""",
        Bad: """{"role": "realm-admin"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A1"),
        new(PolicyControl.Requirement, "B8"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [ClientRole, RealmRole];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var role = resource.Read("role");
        yield return role.State == PropertyState.Missing || !role.TryGetText(out var name)
            ? PolicyVerdict.Undecided(role.Path)
            : Administering.Contains(name) || name.StartsWith("manage-", StringComparison.Ordinal)
                ? PolicyVerdict.Violation(role.Path, $"{resource} gives a service account {role}, which administers the realm.")
                : PolicyVerdict.Pass;
    }
}
