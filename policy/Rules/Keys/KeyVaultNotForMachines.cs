using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>Vaults do not hand out what they hold to machines and templates.</summary>
internal sealed class KeyVaultNotForMachines() : PropertyRule(
    Switch.Off(KeyTypes.Vault, "properties.enabledForDeployment", Machines),
    Switch.Off(KeyTypes.Vault, "properties.enabledForDiskEncryption", Disks),
    Switch.Off(KeyTypes.Vault, "properties.enabledForTemplateDeployment", Templates),
    Switch.Off(KeyTypes.ClassicVault, "enabledForDeployment", Machines),
    Switch.Off(KeyTypes.ClassicVault, "enabledForDiskEncryption", Disks),
    Switch.Off(KeyTypes.ClassicVault, "enabledForTemplateDeployment", Templates))
{
    private const string Machines = "whoever deploys a machine gets certificates of the vault onto it";
    private const string Disks = "whoever encrypts a machine's disk has the vault unwrap for it";
    private const string Templates = "whoever deploys a template reads the vault's secrets by it";

    public override string Id => "keyvault-not-for-machines";

    public override string Title => "Vaults give nothing to machines and templates past their roles";

    public override string Rationale =>
        "These switches let Azure itself fetch from the vault for whoever deploys something, without a role on the vault. Disk encryption sets "
        + "and workload identities need none of them.";

    public override string Remediation =>
        "Leave enabledForDeployment, enabledForDiskEncryption and enabledForTemplateDeployment off; give the identity that needs a key or secret a role.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        KeyTypes.Vault,
        Good: """{"properties": {"enabledForDeployment": false}}""",
        Bad: """{"properties": {"enabledForTemplateDeployment": true}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-8"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A18"),
    ];
}
