using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>Vaults and hardware modules are reached from inside the network only.</summary>
internal sealed class KeyVaultPrivate() : PropertyRule(
    Choice.Of("azure-native:keyvault:Vault", "properties.publicNetworkAccess", ["Disabled"], "Enabled", Public),
    Choice.Of("azure-native:keyvault:ManagedHsm", "properties.publicNetworkAccess", ["Disabled"], "Enabled", Public),
    Choice.Of("azure-native:keyvault:Vault", "properties.networkAcls.defaultAction", ["Deny"], "Deny", Opened),
    Choice.Of("azure:keyvault/keyVault:KeyVault", "networkAcls.defaultAction", ["Deny"], "Deny", Opened),
    Switch.Off("azure:keyvault/keyVault:KeyVault", "publicNetworkAccessEnabled", Public, byDefault: true),
    Switch.Off("azure:keyvault/managedHardwareSecurityModule:ManagedHardwareSecurityModule", "publicNetworkAccessEnabled", Public, byDefault: true))
{
    private const string Opened = "it is open to all networks once public access is on";
    private const string Public = "it answers on the internet";

    public override string Id => "keyvault-no-public-access";

    public override string Title => "Key vaults and hardware modules are not on the public network";

    public override string Rationale =>
        "Whoever steals a token of an identity that may use a key can use it from anywhere while the vault answers on "
        + "the internet. Behind a private endpoint he has to be in our network too.";

    public override string Remediation =>
        "Set properties.publicNetworkAccess to Disabled and give the vault a private endpoint with a private DNS "
        + "zone. Keep networkAcls.bypass at AzureServices, by which Azure's own services reach their keys.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:keyvault:Vault",
        Good: """{"properties": {"publicNetworkAccess": "Disabled"}}""",
        Bad: """{"properties": {"networkAcls": {"defaultAction": "Deny"}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-8"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A13"),
        new(PolicyControl.Requirement, "A18"),
    ];
}
