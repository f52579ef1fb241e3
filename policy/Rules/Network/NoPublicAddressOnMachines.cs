using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Nodes and machines have no public address of their own.</summary>
internal sealed class NoPublicAddressOnMachines : ResourcePolicy, IDecidedByStack
{
    private const string Reached = "each of its nodes has an address on the internet";

    private static readonly ImmutableArray<Switch> Nodes =
    [
        Switch.Off("azure-native:containerservice:ManagedCluster", "agentPoolProfiles[*].enableNodePublicIP", Reached),
        Switch.Off("azure-native:containerservice:AgentPool", "enableNodePublicIP", Reached),
        Switch.Off("azure:containerservice/kubernetesCluster:KubernetesCluster", "defaultNodePool.nodePublicIpEnabled", Reached)
            with { Older = PropertyPath.Parse("defaultNodePool.enableNodePublicIp") },
        Switch.Off("azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool", "nodePublicIpEnabled", Reached)
            with { Older = PropertyPath.Parse("enableNodePublicIp") },
    ];

    // Where an address would be named; none must be.
    private static readonly ImmutableArray<(ResourceTypePattern Type, PropertyPath Path)> Addresses =
    [
        ("azure-native:network:NetworkInterface", PropertyPath.Parse("ipConfigurations[*].publicIPAddress")),
        ("azure:network/networkInterface:NetworkInterface", PropertyPath.Parse("ipConfigurations[*].publicIpAddressId")),
        ("azure-native:compute:VirtualMachineScaleSet", PropertyPath.Parse(
            "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].ipConfigurations[*].publicIPAddressConfiguration")),
        ("azure-native:compute:VirtualMachine", PropertyPath.Parse(
            "networkProfile.networkInterfaceConfigurations[*].ipConfigurations[*].publicIPAddressConfiguration")),
    ];

    private static readonly ImmutableArray<ResourceTypePattern> PublicAddresses =
        ["azure-native:network:PublicIPAddress", "azure-native:network:PublicIPPrefix", "azure:network/publicIp:PublicIp"];

    public override string Id => "no-public-address-on-machines";

    public override string Title => "Nodes and machines have no public address";

    public override string Rationale =>
        "A node with an address of its own is one forgotten rule away from the internet, and its traffic leaves past the egress "
        + "address that others know. Only a firewall, a NAT gateway or a gateway for web traffic needs a public address.";

    public override string Remediation =>
        "Leave publicIPAddress out of network interfaces and set enableNodePublicIP to false. Let traffic out by a NAT gateway or a "
        + "firewall; reach machines from inside the network.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "azure-native:containerservice:AgentPool",
        Good: """{"enableNodePublicIP": false}""",
        Bad: """{"enableNodePublicIP": true}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A10"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [.. Nodes.Select(node => node.Type), .. Addresses.Select(address => address.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
    [
        .. Nodes.Where(node => node.Type.Matches(resource.Type)).SelectMany(node => node.Judge(resource)),
        .. Addresses.Where(address => address.Type.Matches(resource.Type))
            .SelectMany(address => resource.Select(address.Path))
            .Select(reading => Judge(resource, reading)),
    ];

    // The id of an address that is yet to be made is not known, but where it comes from is.
    public PolicyVerdict? Decide(UndecidedVerdict undecided, StackResourceView resource, StackView resources) =>
        resources.SourcesOf(resource, undecided.Path, PublicAddresses).FirstOrDefault() is { } address
            ? PolicyVerdict.Violation(undecided.Path, $"{resource} is given {address}, an address on the internet.")
            : null;

    // An address that is not known yet is one all the same, once its place is there.
    private static PolicyVerdict Judge(ResourceView resource, PropertyReading reading) =>
        reading.State == PropertyState.Missing || reading.IsNothing() == true ? PolicyVerdict.Pass
        : reading.State == PropertyState.Known ? PolicyVerdict.Violation(reading.Path, $"{resource} is given an address on the internet.")
        : PolicyVerdict.Undecided(reading.Path);
}
