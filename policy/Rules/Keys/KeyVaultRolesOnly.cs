using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>Who may use what is in a vault is decided by roles alone.</summary>
internal sealed class KeyVaultRolesOnly : ResourcePolicy
{
    private const string Extended = "whoever may change the vault can give himself its keys and secrets by an access policy";

    private static readonly ImmutableArray<Switch> Switches =
    [
        Switch.On("azure-native:keyvault:Vault", "properties.enableRbacAuthorization", Extended),
        Switch.On("azure:keyvault/keyVault:KeyVault", "rbacAuthorizationEnabled", Extended)
            with { Older = PropertyPath.Parse("enableRbacAuthorization") },
    ];

    // There is no way to declare one that keeps the rule.
    private static readonly ImmutableArray<ResourceTypePattern> AccessPolicies =
        ["azure-native:keyvault:AccessPolicy", "azure:keyvault/accessPolicy:AccessPolicy"];

    public override string Id => "keyvault-roles-only";

    public override string Title => "Key vaults give access by roles only";

    public override string Rationale =>
        "An access policy is a property of the vault: any contributor of the resource group can add one and read every key and "
        + "secret, and no list of role assignments shows it. Roles on vaults and keys need rights to assign roles.";

    public override string Remediation =>
        "Set properties.enableRbacAuthorization to true, which is not the default in this version of Azure's interface, and replace "
        + "access policies by role assignments on the vault, or better on the key or secret.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:keyvault:Vault",
        Good: """{"properties": {"enableRbacAuthorization": true}}""",
        Bad: """{"properties": {"accessPolicies": []}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-8"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A13"),
        new(PolicyControl.Requirement, "A20"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [.. Switches.Select(each => each.Type), .. AccessPolicies];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        AccessPolicies.Any(type => type.Matches(resource.Type))
            ? [PolicyVerdict.Violation(PropertyPath.Root, $"{resource} gives access past all roles. Use a role assignment instead.")]
            : Switches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource));
}
