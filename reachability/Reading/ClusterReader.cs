using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Addresses;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Evaluation;

namespace CantonInfra.Reachability.Reading;

/// <summary>The cluster of a plan out of its resources.</summary>
public static class ClusterReader
{
    private const string ManagedCluster = "azure-native:containerservice:ManagedCluster";
    private const string AgentPool = "azure-native:containerservice:AgentPool";
    private const string Subnet = "azure-native:network:Subnet";
    private const string FirewallRules = "azure-native:network:FirewallPolicyRuleCollectionGroup";

    /// <summary>Reads it.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="contracts">The contracts of charts.</param>
    public static ClusterModel Read(ImmutableArray<ClusterResource> resources, ChartContracts contracts)
    {
        var namespaces = new NamespaceReader(resources);
        var charts = new ReleaseReader(contracts, namespaces);
        var releases = resources.Where(resource => ReleaseReader.IsRelease(resource.Type)).Select(charts.Read).ToList();
        var policies = resources.Where(resource => PolicyReader.IsPolicy(resource.Type)).ToList();
        return new ClusterModel
        {
            Semantics = SemanticsOf(resources),
            Namespaces = namespaces,
            Pods =
            [
                .. resources.Select(resource => PodReader.Read(resource, namespaces)).OfType<PodSet>(),
                .. releases.SelectMany(release => release.Pods),
            ],
            Policies = [.. policies.Select(PolicyReader.Read)],
            PodNetworks = [.. Networks(resources).SelectMany(PodNetworks)],
            NodeNetworks = NodeNetworks(resources),
            ReleasedHosts =
            [
                .. resources.Where(resource => resource.Type == FirewallRules).SelectMany(Hosts).Distinct(StringComparer.Ordinal),
            ],
            Unread =
            [
                .. releases.Select(release => release.Unread).OfType<string>(),
                .. policies.Select(policy => policy.Provider).Distinct(StringComparer.Ordinal).Skip(1).Any()
                    ? ["Policies of several providers are in the stack, and which cluster each is in is not looked into."]
                    : ImmutableArray<string>.Empty,
            ],
        };
    }

    private static IEnumerable<PropertyValue?> Networks(ImmutableArray<ClusterResource> resources) =>
        resources.Where(resource => resource.Type == ManagedCluster).Select(cluster => cluster.Properties.At("networkProfile"));

    private static Semantics SemanticsOf(ImmutableArray<ClusterResource> resources) => Networks(resources)
        .Any(network => network.At("networkDataplane").Text() == "cilium" || network.At("networkPolicy").Text() == "cilium")
            ? Semantics.Cilium
            : Semantics.Kubernetes;

    private static IEnumerable<AddressSpan> PodNetworks(PropertyValue? network) =>
        new[] { network.At("podCidr").Text() }
            .Concat((network.At("podCidrs").Items() ?? []).Select(each => each.Text()))
            .Distinct(StringComparer.Ordinal)
            .Where(each => AddressSpan.TryParse(each, out _))
            .Select(each => AddressSpan.Parse(each!));

    // A subnet's id is known to nobody before it is there; that nodes depend on it says as much.
    private static ImmutableArray<AddressSpan> NodeNetworks(ImmutableArray<ClusterResource> resources)
    {
        var needed = resources
            .SelectMany(resource => resource.Type switch
            {
                AgentPool => resource.SourcesOf("vnetSubnetID"),
                ManagedCluster => resource.SourcesOf("agentPoolProfiles"),
                _ => [],
            })
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. resources
                .Where(resource => resource.Type == Subnet && needed.Contains(resource.Urn))
                .Select(subnet => subnet.Properties.At("addressPrefix").Text())
                .Where(prefix => AddressSpan.TryParse(prefix, out _))
                .Select(prefix => AddressSpan.Parse(prefix!)),
        ];
    }

    private static IEnumerable<string?> Hosts(ClusterResource group) =>
        group.Properties.At("ruleCollections").Items() is { } collections
            ? collections.SelectMany(collection => collection.At("rules").Items() is { } rules
                ? rules.SelectMany(rule => rule.At("targetFqdns").Items() is { } hosts ? hosts.Select(host => host.Text()) : [null])
                : [null])
            : [null];
}
