using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>Another tenant has little here for good, and more only for a time and with a second factor.</summary>
internal sealed class LighthouseLeastPrivilege : ResourcePolicy
{
    private const string Definition = "azure-native:managedservices:RegistrationDefinition";

    private static readonly PropertyPath Permanent = PropertyPath.Parse("properties.authorizations[*].roleDefinitionId");
    private static readonly PropertyPath Eligible = PropertyPath.Parse("properties.eligibleAuthorizations[*].roleDefinitionId");
    private static readonly PropertyPath SecondFactor =
        PropertyPath.Parse("properties.eligibleAuthorizations[*].justInTimeAccessPolicy.multiFactorAuthProvider");

    // Reader, Security Reader, Log Analytics Reader, Monitoring Reader, Sentinel Reader, and the role that ends a delegation.
    private static readonly ImmutableHashSet<string> Reading = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "acdd72a7-3385-48ef-bd42-f606fba81ae7",
        "39bc4728-0917-49c7-9d2c-d95423bc2eb4",
        "73c42c96-874c-492b-b04d-ab87d138a893",
        "43d0d8ad-25c7-4714-9337-8ba259a9fe05",
        "8d289c81-5878-46d4-8554-54e1e3d8b5cb",
        "91c1777a-f3dc-4fae-b103-61d183457e46");

    // Owner, Contributor, User Access Administrator, RBAC Administrator, Security Admin.
    private static readonly ImmutableHashSet<string> Never = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
        "b24988ac-6180-42a0-ab88-20f7382dd24c",
        "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
        "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
        "fb1c8493-542b-48eb-b624-b4c8fea62acd");

    public override string Id => "lighthouse-least-privilege";

    public override string Title => "Delegations to other tenants read for good and write for hours";

    public override string Rationale =>
        "Whoever breaks into the provider has whatever the delegation gives. Roles that read lose little; a role that writes is taken "
        + "for hours, by a person with a second factor, or not at all.";

    public override string Remediation =>
        "Keep authorizations to the readers (Reader, Security Reader, Log Analytics Reader, Monitoring Reader, Sentinel Reader) and the "
        + "role that ends the delegation. Move others to eligibleAuthorizations with multiFactorAuthProvider Azure; delegate "
        + "neither Owner, Contributor, Security Admin nor roles that give roles.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        Definition,
        Good: """{"properties": {"authorizations": [{"roleDefinitionId": "39bc4728-0917-49c7-9d2c-d95423bc2eb4"}]}}""",
        Bad: """{"properties": {"authorizations": [{"roleDefinitionId": "b24988ac-6180-42a0-ab88-20f7382dd24c"}]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-1"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-8"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A25"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Definition];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
    [
        .. resource.Select(Permanent).Select(role => Judge(
            role, RoleIds.Guid(role) is { } id ? Reading.Contains(id) : null, $"{resource} gives the role {role} for good, and it does more than read.")),
        .. resource.Select(Eligible).Select(role => Judge(
            role, RoleIds.Guid(role) is { } id ? !Never.Contains(id) : null, $"{resource} lets members take the role {role}, which nobody outside may have.")),
        .. resource.Select(SecondFactor).Select(factor => Judge(
            factor,
            factor.State == PropertyState.Missing ? false : factor.TryGetText(out var text) ? text.Equals("Azure", StringComparison.OrdinalIgnoreCase) : null,
            $"{resource} lets a role be taken without a second factor.")),
    ];

    private static PolicyVerdict Judge(PropertyReading reading, bool? isKept, string message) => isKept switch
    {
        null => PolicyVerdict.Undecided(reading.Path),
        true => PolicyVerdict.Pass,
        false => PolicyVerdict.Violation(reading.Path, message),
    };
}
