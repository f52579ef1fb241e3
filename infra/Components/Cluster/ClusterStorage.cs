using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>The volumes that pods of a cluster can have: disks and their snapshots, no shares.</summary>
internal static class ClusterStorage
{
    /// <summary>The profile.</summary>
    public static ManagedClusterStorageProfileArgs Profile => new()
    {
        DiskCSIDriver = new ManagedClusterStorageProfileDiskCSIDriverArgs { Enabled = true },
        FileCSIDriver = new ManagedClusterStorageProfileFileCSIDriverArgs { Enabled = false },
        BlobCSIDriver = new ManagedClusterStorageProfileBlobCSIDriverArgs { Enabled = false },
        SnapshotController = new ManagedClusterStorageProfileSnapshotControllerArgs { Enabled = true },
    };
}
