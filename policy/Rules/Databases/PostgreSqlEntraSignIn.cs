using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>People who administer a database in an emergency sign in with Entra, as members of a group.</summary>
internal sealed class PostgreSqlEntraSignIn(ModeLimits limits) : ResourcePolicy
{
    // Azure calls it otherwise since the API version of 2025-08-01.
    private static readonly ImmutableArray<ResourceTypePattern> Administrators =
    [
        "azure-native:dbforpostgresql:AdministratorsMicrosoftEntra",
        "azure-native:dbforpostgresql:Administrator",
        "azure:postgresql/flexibleServerActiveDirectoryAdministrator:FlexibleServerActiveDirectoryAdministrator",
    ];

    private static readonly ImmutableArray<string> WhoSignsIn = ["authConfig", "authentication"];

    private static readonly Choice Native = Choice.Of(
        PostgreSqlTypes.Server, "authConfig.activeDirectoryAuth", ["Enabled"], "Disabled", "people have the password that all of them share");

    private static readonly Switch Classic = Switch.On(
        PostgreSqlTypes.ClassicServer, "authentication.activeDirectoryAuthEnabled", "people have the password that all of them share");

    public override string Id => "postgresql-entra-sign-in";

    public override string Title => "People sign in to PostgreSQL with Entra, as members of a group";

    public override string Rationale =>
        "The administrator's password belongs to the deployment. A person who has to look in an emergency signs in with a second factor, under a "
        + "name of their own, and no longer when they leave.";

    public override string Remediation =>
        "Set authConfig.activeDirectoryAuth to Enabled with the tenantId, and declare an AdministratorsMicrosoftEntra with principalType Group.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        PostgreSqlTypes.Server,
        Good: """{"authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Enabled", "tenantId": "t"}}""",
        Bad: """{"authConfig": {"passwordAuth": "Enabled"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-1"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A11"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [PostgreSqlTypes.Server, PostgreSqlTypes.ClassicServer, .. Administrators];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (resource.IsAny(Administrators))
        {
            return [JudgeAdministrator(resource)];
        }

        var check = Native.Type.Matches(resource.Type) ? Native : (IPropertyCheck)Classic;
        return PostgreSqlTypes.Exemption(limits.For(stack)) is { } exemption ? [exemption]
            : PostgreSqlTypes.IsReplica(resource) && WhoSignsIn.All(property => resource.Read(property).State == PropertyState.Missing)
                ? [PolicyVerdict.NotApplicable("A replica that says nothing of it is signed in to as its primary is.")]
            : check.Judge(resource);
    }

    private static PolicyVerdict JudgeAdministrator(ResourceView administrator)
    {
        var kind = administrator.Read("principalType");
        return kind.State == PropertyState.Missing
            ? PolicyVerdict.Violation(kind.Path, $"{administrator} does not say whether it is a group.")
            : !kind.TryGetText(out var text) ? PolicyVerdict.Undecided(kind.Path)
            : text.Equals("User", StringComparison.OrdinalIgnoreCase) || text.Equals("Unknown", StringComparison.OrdinalIgnoreCase)
                ? PolicyVerdict.Violation(kind.Path, $"{administrator} has {kind} here; people administer as members of a group.")
            : PolicyVerdict.Pass;
    }
}
