using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Disks;

/// <summary>Disk encryption sets encrypt with a key of ours and follow its rotation.</summary>
internal sealed class DiskEncryptionSetsFollow() : PropertyRule(
    Choice.Of(
        Native,
        "encryptionType",
        ["EncryptionAtRestWithCustomerKey", "EncryptionAtRestWithPlatformAndCustomerKeys", "ConfidentialVmEncryptedWithCustomerKey"],
        "EncryptionAtRestWithCustomerKey",
        "its disks are encrypted with keys of Azure only"),
    Switch.On(Native, "rotationToLatestKeyVersionEnabled", Stays),
    Switch.On(Classic, "autoKeyRotationEnabled", Stays))
{
    private const string Native = "azure-native:compute:DiskEncryptionSet";
    private const string Classic = "azure:compute/diskEncryptionSet:DiskEncryptionSet";
    private const string Stays = "it stays on the version of the key that it was made with, and disks are lost when that expires";

    public override string Id => "disk-encryption-sets-follow";

    public override string Title => "Disk encryption sets have keys of ours and follow their rotation";

    public override string Rationale =>
        "A set names one version of a key. Unless it follows, rotation changes nothing for disks, and the day on which the old version expires is "
        + "the day on which no machine starts.";

    public override string Remediation =>
        "Leave encryptionType out or set it to a kind with customer keys, and set rotationToLatestKeyVersionEnabled (autoKeyRotationEnabled) to true.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Native,
        Good: """{"rotationToLatestKeyVersionEnabled": true}""",
        Bad: """{"rotationToLatestKeyVersionEnabled": false}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-5"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-6"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A18"),
    ];
}
