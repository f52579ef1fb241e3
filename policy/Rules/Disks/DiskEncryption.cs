using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Disks;

/// <summary>Disks are encrypted with our keys, and nodes and machines encrypt what they cache.</summary>
internal sealed class DiskEncryption : ResourcePolicy, IDecidedByStack
{
    private static readonly ImmutableArray<ResourceTypePattern> Sets =
        ["azure-native:compute:DiskEncryptionSet", "azure:compute/diskEncryptionSet:DiskEncryptionSet"];

    public override string Id => "disk-encryption";

    public override string Title => "Disks of clusters and machines are encrypted with our own keys or on the host";

    public override string Rationale =>
        "Azure always encrypts disks with keys of its own, but not what a machine caches and keeps on its temporary disk, and "
        + "not under a key that we can withdraw. Most of this can only be chosen when the cluster, pool or disk is created.";

    public override string Remediation =>
        "On a cluster set diskEncryptionSetID, and enableEncryptionAtHost on every pool, those in agentPoolProfiles included. On a "
        + "machine or scale set turn securityProfile.encryptionAtHost on, or name a disk encryption set for each of its disks; a "
        + "disk by itself needs the set. Encryption at host needs the subscription's feature Microsoft.Compute/EncryptionAtHost.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:compute:Disk",
        Good: """{"encryption": {"diskEncryptionSetId": "/subscriptions/0/resourceGroups/keys/providers/Microsoft.Compute/diskEncryptionSets/disks"}}""",
        Bad: """{"encryption": {"type": "EncryptionAtRestWithPlatformKey"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-4"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-5"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [.. EncryptedPlaces.All.Select(place => place.Type).Distinct()];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        EncryptedPlaces.All.Where(place => place.Type.Matches(resource.Type)).SelectMany(place => place.Judge(resource));

    // A flag that is not known stays undecided; an id comes from a set of the stack.
    public PolicyVerdict? Decide(UndecidedVerdict undecided, StackResourceView resource, StackView resources) =>
        IsOfSet(undecided.Path) && resources.SourcesOf(resource, undecided.Path, Sets).Any() ? PolicyVerdict.Pass : null;

    private static bool IsOfSet(PropertyPath path) =>
        path.Elements.Any(element => element.Key?.Contains("DiskEncryptionSet", StringComparison.OrdinalIgnoreCase) == true);
}
