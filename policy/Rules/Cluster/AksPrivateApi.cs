using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>A cluster's API server is reached from inside the network only.</summary>
internal sealed class AksPrivateApi : ResourcePolicy
{
    private const string Public = "its API server has an address on the internet";
    private const string Command = "commands run in the cluster by way of Azure's public management endpoint, past the private network";
    private const string Resolved = "the API server's name and private address can be looked up on the internet";
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string ClassicCluster = "azure:containerservice/kubernetesCluster:KubernetesCluster";

    // With the API server in the cluster's own network, as with a private link, this alone decides on a public address.
    private static readonly ImmutableArray<Switch> Private =
    [
        Switch.On(Cluster, "apiServerAccessProfile.enablePrivateCluster", Public),
        Switch.On(ClassicCluster, "privateClusterEnabled", Public),
    ];

    // Names matter only where the address is private.
    private static readonly ImmutableArray<Switch> PublicNames =
    [
        Switch.Off(Cluster, "apiServerAccessProfile.enablePrivateClusterPublicFQDN", Resolved, byDefault: true),
        Switch.Off(ClassicCluster, "privateClusterPublicFqdnEnabled", Resolved),
    ];

    private static readonly ImmutableArray<Switch> Commands =
    [
        Switch.On(Cluster, "apiServerAccessProfile.disableRunCommand", Command),
        Switch.Off(ClassicCluster, "runCommandEnabled", Command, byDefault: true),
    ];

    private static readonly PropertyPath NetworkAccess = PropertyPath.Parse("publicNetworkAccess");

    public override string Id => "aks-private-api";

    public override string Title => "The API server of a cluster is private";

    public override string Rationale =>
        "The API server rules over everything in the cluster, the nodes' secrets included. A public address leaves credentials and "
        + "unpatched flaws as the only defence; the run command and a public name are ways around a private one.";

    public override string Remediation =>
        "In apiServerAccessProfile set enablePrivateCluster: true, enablePrivateClusterPublicFQDN: false (with a privateDNSZone "
        + "other than 'none') and disableRunCommand: true; leave publicNetworkAccess unset or 'Disabled'. Deploy from inside the "
        + "network. Outside of VNet integration a cluster can only be made private when it is created.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:containerservice:ManagedCluster",
        Good: """{"apiServerAccessProfile": {"enablePrivateCluster": true, "enablePrivateClusterPublicFQDN": false, "disableRunCommand": true}}""",
        Bad: """{"apiServerAccessProfile": {"authorizedIPRanges": ["203.0.113.0/24"]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Cluster, ClassicCluster];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var isPrivate = Judge(Private, resource).ToList();
        var names = isPrivate.OfType<ViolationVerdict>().Any() ? [] : Judge(PublicNames, resource);
        return [.. isPrivate, .. names, .. JudgeZone(resource), .. Judge(Commands, resource), .. JudgeNetworkAccess(resource)];
    }

    private static IEnumerable<PolicyVerdict> Judge(ImmutableArray<Switch> switches, ResourceView resource) =>
        switches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource));

    // An id of a zone is as fine as 'system', which is meant where nothing is given.
    private static IEnumerable<PolicyVerdict> JudgeZone(ResourceView resource)
    {
        var zone = resource.Read(ClassicCluster == resource.Type.Canonical ? "privateDnsZoneId" : "apiServerAccessProfile.privateDNSZone");
        return zone.TryGetText(out var text) && text.Equals("none", StringComparison.OrdinalIgnoreCase)
            ? [PolicyVerdict.Violation(zone.Path, $"{resource} has {zone} here, so {Resolved}, if at all.")]
            : [];
    }

    // Not given, the private cluster decides. Given, it must not say the opposite.
    private static IEnumerable<PolicyVerdict> JudgeNetworkAccess(ResourceView resource)
    {
        var reading = resource.Read(NetworkAccess);
        if (reading.State == PropertyState.Missing)
        {
            return [];
        }

        if (!reading.TryGetText(out var access))
        {
            return [PolicyVerdict.Undecided(reading.Path)];
        }

        return access.Equals("Disabled", StringComparison.OrdinalIgnoreCase) ? [PolicyVerdict.Pass] :
            [PolicyVerdict.Violation(reading.Path, $"{resource} has {reading} here, which lets the public network in.")];
    }
}
