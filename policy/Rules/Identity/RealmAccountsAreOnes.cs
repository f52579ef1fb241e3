using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>An account of a realm stays that of the person it was made for.</summary>
internal sealed class RealmAccountsAreOnes() : PropertyRule(
    Switch.Off(Realm, "duplicateEmailsAllowed", "one person can take over what is sent to another"),
    Switch.Off(Realm, "editUsernameAllowed", "a person can take the name of another who has left"),
    Switch.Off(Realm, "resetPasswordAllowed", "whoever reads a person's mail signs in as that person"),
    Switch.Off(Realm, "userManagedAccess", "people give others what is theirs to use, past all roles"))
{
    private const string Realm = IdentityTypes.KeycloakRealm;

    public override string Id => "keycloak-accounts-own";

    public override string Title => "Accounts of realms stay those of the people they were made for";

    public override string Rationale =>
        "A validator's realm has a handful of people, whom an administrator knows. What lets accounts be changed by themselves serves portals with "
        + "thousands; here it is a way into a wallet.";

    public override string Remediation => "Turn duplicateEmailsAllowed, editUsernameAllowed, resetPasswordAllowed and userManagedAccess off.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(Realm, Good: """{"realm": "validator"}""", Bad: """{"resetPasswordAllowed": true}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-1"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
    ];
}
