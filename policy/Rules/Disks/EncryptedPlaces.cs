using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Disks;

/// <summary>What has disks, by type of resource.</summary>
internal static class EncryptedPlaces
{
    private const string NodesPlain = "its nodes keep caches and temporary disks unencrypted";
    private const string PlatformKey = "its disks are encrypted with keys of Azure only, which we cannot withdraw";
    private const string DiskPlain = "the disk is neither encrypted with our own key nor on the host";

    private static readonly string[] DiskSets = ["managedDisk.diskEncryptionSet.id", "managedDisk.securityProfile.diskEncryptionSet.id"];
    private static readonly string[] ClassicDiskSets = ["diskEncryptionSetId", "secureVmDiskEncryptionSetId"];

    // The newer name, and that of providers before version 6.
    private static readonly string[] ClassicHostFlags = ["hostEncryptionEnabled", "enableHostEncryption"];

    /// <summary>All of them.</summary>
    public static ImmutableArray<EncryptedPlace> All { get; } =
    [
        Whole("azure-native:containerservice:ManagedCluster", [], ["diskEncryptionSetID"], PlatformKey),
        new("azure-native:containerservice:ManagedCluster", Paths("agentPoolProfiles[*]"), Paths("enableEncryptionAtHost"), [], NodesPlain),
        Whole("azure-native:containerservice:AgentPool", ["enableEncryptionAtHost"], [], NodesPlain),
        Whole("azure-native:compute:Disk", [], ["encryption.diskEncryptionSetId", "securityProfile.secureVMDiskEncryptionSetId"], PlatformKey),
        Whole("azure-native:compute:Snapshot", [], ["encryption.diskEncryptionSetId", "securityProfile.secureVMDiskEncryptionSetId"], PlatformKey),
        Machine("azure-native:compute:VirtualMachine", ""),
        Machine("azure-native:compute:VirtualMachineScaleSetVM", ""),
        Machine("azure-native:compute:VirtualMachineScaleSet", "virtualMachineProfile."),

        Whole("azure:containerservice/kubernetesCluster:KubernetesCluster", [], ["diskEncryptionSetId"], PlatformKey),
        new(
            "azure:containerservice/kubernetesCluster:KubernetesCluster",
            Paths("defaultNodePool"),
            Paths(ClassicHostFlags),
            [],
            NodesPlain),
        Whole("azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool", ClassicHostFlags, [], NodesPlain),
        Whole("azure:compute/managedDisk:ManagedDisk", [], ClassicDiskSets, PlatformKey),
        ClassicMachine("azure:compute/linuxVirtualMachine:LinuxVirtualMachine"),
        ClassicMachine("azure:compute/windowsVirtualMachine:WindowsVirtualMachine"),
        ClassicMachine("azure:compute/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet"),
        ClassicMachine("azure:compute/windowsVirtualMachineScaleSet:WindowsVirtualMachineScaleSet"),
        ClassicMachine("azure:compute/orchestratedVirtualMachineScaleSet:OrchestratedVirtualMachineScaleSet"),
    ];

    private static EncryptedPlace Whole(string type, string[] flags, string[] sets, string lack) =>
        new(type, [PropertyPath.Root], Paths(flags), Paths(sets), lack);

    private static EncryptedPlace Machine(string type, string profile) =>
        new(type, Paths($"{profile}storageProfile.osDisk", $"{profile}storageProfile.dataDisks[*]"), [], Paths(DiskSets), DiskPlain)
        {
            HostSwitch = PropertyPath.Parse($"{profile}securityProfile.encryptionAtHost"),
        };

    private static EncryptedPlace ClassicMachine(string type) =>
        new(type, Paths("osDisk", "dataDisks[*]"), [], Paths(ClassicDiskSets), DiskPlain)
        {
            HostSwitch = PropertyPath.Parse("encryptionAtHostEnabled"),
        };

    private static ImmutableArray<PropertyPath> Paths(params string[] paths) => [.. paths.Select(PropertyPath.Parse)];
}
