using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>Services reach the keys that they encrypt with.</summary>
internal sealed class KeyVaultTrustedServices() : PropertyRule(
    Choice.Of("azure-native:keyvault:Vault", "properties.networkAcls.bypass", ["AzureServices"], "AzureServices", Cut),
    Choice.Of("azure-native:keyvault:ManagedHsm", "properties.networkAcls.bypass", ["AzureServices"], "AzureServices", Cut),
    Choice.Of("azure:keyvault/keyVault:KeyVault", "networkAcls.bypass", ["AzureServices"], "AzureServices", Cut),
    Choice.Of("azure:keyvault/managedHardwareSecurityModule:ManagedHardwareSecurityModule", "networkAcls.bypass", ["AzureServices"], "AzureServices", Cut))
{
    private const string Cut = "databases, disks and storage cannot reach their keys in it";

    public override string Id => "keyvault-trusted-services";

    public override string Title => "Azure's own services reach the keys that they encrypt with";

    public override string Rationale =>
        "Databases, disks and storage accounts come to their keys as trusted services, past the firewall of the "
        + "vault, also where the public network is off. Without that they cannot unwrap, and within an hour what they "
        + "hold is out of reach.";

    public override string Remediation =>
        "Leave networkAcls.bypass unset or set it to AzureServices. Who may use a key is still decided by roles.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:keyvault:Vault",
        Good: """{"properties": {"networkAcls": {"defaultAction": "Deny", "bypass": "AzureServices"}}}""",
        Bad: """{"properties": {"networkAcls": {"defaultAction": "Deny", "bypass": "None"}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-8"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A13"),
        new(PolicyControl.Requirement, "A18"),
    ];
}
