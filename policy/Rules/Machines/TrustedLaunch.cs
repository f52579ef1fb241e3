using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Cluster;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Machines;

/// <summary>Machines and nodes start only what is signed, and can prove it.</summary>
internal sealed class TrustedLaunch() : PropertyRule(
    Choice.Of(MachineTypes.Machine, "securityProfile.securityType", Kinds, "Standard", Unproven),
    Switch.On(MachineTypes.Machine, "securityProfile.uefiSettings.secureBootEnabled", Unsigned),
    Switch.On(MachineTypes.Machine, "securityProfile.uefiSettings.vTpmEnabled", Unproven),
    Choice.Of(MachineTypes.ScaleSet, $"{MachineTypes.ScaleSetProfile}securityProfile.securityType", Kinds, "Standard", Unproven),
    Switch.On(MachineTypes.ScaleSet, $"{MachineTypes.ScaleSetProfile}securityProfile.uefiSettings.secureBootEnabled", Unsigned),
    Switch.On(MachineTypes.ScaleSet, $"{MachineTypes.ScaleSetProfile}securityProfile.uefiSettings.vTpmEnabled", Unproven),
    Switch.On(MachineTypes.ClassicLinux, "secureBootEnabled", Unsigned),
    Switch.On(MachineTypes.ClassicLinux, "vtpmEnabled", Unproven),
    Switch.On(MachineTypes.ClassicWindows, "secureBootEnabled", Unsigned),
    Switch.On(MachineTypes.ClassicWindows, "vtpmEnabled", Unproven),
    Switch.On(MachineTypes.ClassicLinuxScaleSet, "secureBootEnabled", Unsigned),
    Switch.On(MachineTypes.ClassicLinuxScaleSet, "vtpmEnabled", Unproven),
    Switch.On(MachineTypes.ClassicWindowsScaleSet, "secureBootEnabled", Unsigned),
    Switch.On(MachineTypes.ClassicWindowsScaleSet, "vtpmEnabled", Unproven),
    Switch.On(AksTypes.Cluster, "agentPoolProfiles[*].securityProfile.enableSecureBoot", Unsigned),
    Switch.On(AksTypes.Cluster, "agentPoolProfiles[*].securityProfile.enableVTPM", Unproven),
    Switch.On(AksTypes.Pool, "securityProfile.enableSecureBoot", Unsigned),
    Switch.On(AksTypes.Pool, "securityProfile.enableVTPM", Unproven))
{
    private const string Unsigned = "it starts whatever lies on its disk, a changed kernel included";
    private const string Unproven = "it cannot prove what it has started";

    private static readonly ImmutableArray<string> Kinds = ["TrustedLaunch", "ConfidentialVM"];

    public override string Id => "trusted-launch";

    public override string Title => "Machines and nodes start with secure boot and a virtual TPM";

    public override string Rationale =>
        "What gets below the operating system outlives every update and is seen by nothing that runs on it. Secure boot starts signed "
        + "code only, and with a TPM Defender can tell that a machine started something else.";

    public override string Remediation =>
        "On machines set securityProfile.securityType to TrustedLaunch and both uefiSettings to true; on every pool of a cluster set "
        + "securityProfile.enableSecureBoot and enableVTPM. Sizes and images have to be of the second generation.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        AksTypes.Pool,
        Good: """{"securityProfile": {"enableSecureBoot": true, "enableVTPM": true}}""",
        Bad: """{"securityProfile": {"enableSecureBoot": false, "enableVTPM": true}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-4"),
        new(PolicyControl.Soc2, "CC6.8"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A10"),
    ];
}
