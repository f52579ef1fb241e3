using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>What is deleted from a vault or hardware module can be restored for a time that nobody can cut short.</summary>
internal sealed class KeyVaultPurgeProtection : ResourcePolicy
{
    private const string Purged = "one purge destroys its keys for good, and with them every disk and database that they encrypt";
    private const string Deleted = "a deleted key cannot be restored";

    private static readonly ImmutableArray<Switch> Switches =
    [
        Switch.On("azure-native:keyvault:Vault", "properties.enablePurgeProtection", Purged),
        Switch.On("azure-native:keyvault:Vault", "properties.enableSoftDelete", Deleted, byDefault: true),

        // For the hardware module the service's interface names 'true' as the default of both.
        Switch.On("azure-native:keyvault:ManagedHsm", "properties.enablePurgeProtection", Purged, byDefault: true),
        Switch.On("azure-native:keyvault:ManagedHsm", "properties.enableSoftDelete", Deleted, byDefault: true),

        // The classic provider knows no way to turn soft delete off.
        Switch.On("azure:keyvault/keyVault:KeyVault", "purgeProtectionEnabled", Purged),
        Switch.On("azure:keyvault/managedHardwareSecurityModule:ManagedHardwareSecurityModule", "purgeProtectionEnabled", Purged),
    ];

    public override string Id => "keyvault-purge-protection";

    public override string Title => "Key vaults and hardware modules are protected from purging";

    public override string Rationale =>
        "Keys encrypt the ledger's databases and disks, and some are the identity of a node. Without purge protection, whoever "
        + "may delete a vault or key can also purge it at once, by mistake or as an attack, and all that it encrypts is lost.";

    public override string Remediation =>
        "Set properties.enablePurgeProtection to true and leave properties.enableSoftDelete unset or true. It cannot be undone; "
        + "a vault that is deleted keeps its name until the retention time is over.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "azure-native:keyvault:Vault",
        Good: """{"properties": {"enablePurgeProtection": true}}""",
        Bad: """{"properties": {"enableSoftDelete": true}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A13"),
        new(PolicyControl.Requirement, "A18"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [.. Switches.Select(each => each.Type).Distinct()];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        Switches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource));
}
