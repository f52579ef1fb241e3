using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Public addresses are where traffic is looked at, and nowhere else.</summary>
internal sealed class PublicAddressesOnGateways : StackPolicy
{
    private static readonly ImmutableArray<ResourceTypePattern> Addresses =
        ["azure-native:network:PublicIPAddress", "azure:network/publicIp:PublicIp"];

    private static readonly ImmutableArray<ResourceTypePattern> Gateways =
    [
        "azure-native:network:AzureFirewall",
        "azure-native:network:NatGateway",
        "azure-native:network:ApplicationGateway",
        "azure-native:network:VirtualNetworkGateway",
        "azure-native:network:BastionHost",
        "azure:network/firewall:Firewall",
        "azure:network/natGatewayPublicIpAssociation:NatGatewayPublicIpAssociation",
        "azure:network/applicationGateway:ApplicationGateway",
        "azure:network/virtualNetworkGateway:VirtualNetworkGateway",
        "azure:compute/bastionHost:BastionHost",
    ];

    // What puts an address in front of machines. Services of Kubernetes are judged by themselves.
    private static readonly ImmutableArray<ResourceTypePattern> Doors =
    [
        "azure-native:network:LoadBalancer",
        "azure-native:network:NetworkInterface",
        "azure-native:compute:VirtualMachine",
        "azure-native:compute:VirtualMachineScaleSet",
        "azure-native:containerservice:ManagedCluster",
        "azure:lb/loadBalancer:LoadBalancer",
        "azure:network/networkInterface:NetworkInterface",
        "azure:containerservice/kubernetesCluster:KubernetesCluster",
    ];

    public override string Id => "public-addresses-on-gateways";

    public override string Title => "Only gateways and firewalls have public addresses";

    public override string Rationale =>
        "Each public address is a door that scanners find within minutes. On a firewall, a NAT gateway or a gateway for web traffic "
        + "something stands in it; in front of machines or of a cluster's load balancer nothing does.";

    public override string Remediation =>
        "Give the address to a firewall, a NAT gateway or a gateway, or remove it. Set sku.name to Standard: addresses of the Basic "
        + "kind are retired, and were open where nothing closed them.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A10"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var addresses = resources.Resources.Where(resource => Is(resource, Addresses)).ToList();
        return addresses.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no public addresses."))]
            : addresses.SelectMany(address =>
                (IEnumerable<StackVerdict>)[StackVerdict.On(address, JudgeUse(address, resources)), StackVerdict.On(address, JudgeKind(address))]);
    }

    private static PolicyVerdict JudgeUse(StackResourceView address, StackView resources)
    {
        var users = resources.Resources
            .Where(resource => resource.PropertyDependencies.Values.Any(urns => urns.Contains(address.Urn)))
            .ToList();
        return users.Find(user => Is(user, Doors)) is { } door
            ? PolicyVerdict.Violation(PropertyPath.Root, $"{address} is given to {door}, which lets the internet to machines unseen.")
            : users.Exists(user => Is(user, Gateways) || IsOfKubernetes(user)) || IsNamedInKubernetes(address, resources)
                ? PolicyVerdict.Pass
                : PolicyVerdict.Undecided(PropertyPath.Root, "nothing in the stack says what the address is for");
    }

    private static bool IsOfKubernetes(StackResourceView resource) => resource.Type.Canonical.StartsWith("kubernetes:", StringComparison.Ordinal);

    // A service or gateway in a cluster takes an address by its name, in an annotation.
    private static bool IsNamedInKubernetes(StackResourceView address, StackView resources) =>
        address.Read("publicIpAddressName").TryGetText(out var name)
        && resources.Resources.Any(resource => IsOfKubernetes(resource) && Mentions(resource.Properties, name));

    private static bool Mentions(PropertyValue value, string text) => value.Unwrapped switch
    {
        StringValue found => found.Value == text,
        ListValue list => list.Items.Any(item => Mentions(item, text)),
        MapValue map => map.Entries.Any(entry => Mentions(entry.Value, text)),
        _ => false,
    };

    private static PolicyVerdict JudgeKind(StackResourceView address)
    {
        var isClassic = Addresses[1].Matches(address.Type);
        var kind = address.Read(isClassic ? "sku" : "sku.name");
        return kind.State == PropertyState.Missing
            ? isClassic ? PolicyVerdict.Pass : Basic(address, kind, "does not set this, which counts as Basic")
            : !kind.TryGetText(out var text) ? PolicyVerdict.Undecided(kind.Path)
            : text.StartsWith("Standard", StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass
            : Basic(address, kind, $"has {kind} here");
    }

    private static PolicyVerdict Basic(StackResourceView address, PropertyReading kind, string found) => PolicyVerdict.Violation(
        kind.Path, $"{address} {found}, so nothing is closed by default and Azure has retired it. It must be Standard.");

    private static bool Is(StackResourceView resource, ImmutableArray<ResourceTypePattern> types) =>
        types.Any(type => type.Matches(resource.Type));
}
