using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.ContainerService;
using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>The pools of nodes: one for the cluster's own workloads, one for ours; encrypted and closed alike.</summary>
internal static class NodePools
{
    private const int FingerprintLength = 6;

    /// <summary>The pool that the cluster is made with; it takes only what the cluster needs itself.</summary>
    public static ManagedClusterAgentPoolProfileArgs System(AksClusterArgs args) => new()
    {
        Name = AzureNameRule.NodePool.Check("npsystem"),
        Mode = AgentPoolMode.System,
        Type = AgentPoolType.VirtualMachineScaleSets,
        VmSize = args.SystemPool.VmSize,
        EnableAutoScaling = true,
        Count = args.SystemPool.MinCount,
        MinCount = args.SystemPool.MinCount,
        MaxCount = args.SystemPool.MaxCount,
        AvailabilityZones = args.Zones,
        VnetSubnetID = args.Network.SystemNodes.Id,
        OsType = OSType.Linux,
        OsSKU = OSSKU.AzureLinux3,
        OsDiskType = OSDiskType.Managed,
        EnableEncryptionAtHost = true,
        EnableNodePublicIP = false,
        SecurityProfile = NodeSecurity(),
        UpgradeSettings = UpgradeSettings(),
        LocalDNSProfile = NoLocalDns(),
        NodeTaints = { "CriticalAddonsOnly=true:NoSchedule" },
        Tags = args.Azure.Tags,
    };

    /// <summary>The pool for Canton and its services.</summary>
    /// <param name="args">What the cluster needs.</param>
    /// <param name="clusterName">The cluster's name, known once it exists.</param>
    public static AgentPoolArgs User(AksClusterArgs args, Input<string> clusterName) => new()
    {
        // Azure changes neither on a pool that exists. Another name is another pool, which is there before this one is drained.
        AgentPoolName = AzureNameRule.NodePool.Check($"npuser{Fingerprint(args.UserPool.VmSize, args.Zones)}"),
        ResourceName = clusterName,
        ResourceGroupName = args.ResourceGroupName,
        Mode = AgentPoolMode.User,
        Type = AgentPoolType.VirtualMachineScaleSets,
        VmSize = args.UserPool.VmSize,
        EnableAutoScaling = true,
        Count = args.UserPool.MinCount,
        MinCount = args.UserPool.MinCount,
        MaxCount = args.UserPool.MaxCount,
        AvailabilityZones = args.Zones,
        VnetSubnetID = args.Network.UserNodes.Id,
        OsType = OSType.Linux,
        OsSKU = OSSKU.AzureLinux3,
        OsDiskType = OSDiskType.Managed,
        EnableEncryptionAtHost = true,
        EnableNodePublicIP = false,
        SecurityProfile = NodeSecurity(),
        UpgradeSettings = UpgradeSettings(),
        LocalDNSProfile = NoLocalDns(),
        Tags = args.Azure.Tags,
    };

    private static string Fingerprint(string vmSize, ImmutableArray<string> zones) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{vmSize};{string.Join(',', zones)}")))[..FingerprintLength];

    private static AgentPoolUpgradeSettingsArgs UpgradeSettings() =>
        new() { MaxSurge = "1", DrainTimeoutInMinutes = 30, NodeSoakDurationInMinutes = 10 };

    // From Kubernetes 1.37 on Azure would turn it on: pods would ask an address of their node, which policies that name the cluster's DNS deny.
    private static LocalDNSProfileArgs NoLocalDns() => new() { Mode = LocalDNSMode.Disabled };

    private static AgentPoolSecurityProfileArgs NodeSecurity() =>
        new() { EnableSecureBoot = true, EnableVTPM = true, SshAccess = AgentPoolSSHAccess.Disabled };
}
