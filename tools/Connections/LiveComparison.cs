using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Contracts;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Proof;

namespace CantonInfra.Tools.Connections;

/// <summary>Holds what contracts and the plan say of pods against what runs: labels, ports, service accounts, sidecars, services.</summary>
internal sealed class LiveComparison
{
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Pod = "kubernetes:core/v1:Pod";
    private const string Service = "kubernetes:core/v1:Service";
    private const string ServiceAccount = "kubernetes:core/v1:ServiceAccount";
    private const string NetworkPolicy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

    // What a mesh puts into pods; nobody's contract knows its ports.
    private const string Sidecar = "istio-proxy";

    private static readonly PropertyPath Name = PropertyPath.Parse("metadata.name");
    private static readonly PropertyPath Namespace = PropertyPath.Parse("metadata.namespace");
    private static readonly PropertyPath Labels = PropertyPath.Parse("metadata.labels");

    // A native sidecar is among those that come first.
    private static readonly ImmutableArray<PropertyPath> ContainerPaths =
        [PropertyPath.Parse("spec.containers[*]"), PropertyPath.Parse("spec.initContainers[*]")];

    // In the order in which a contract is looked up with them.
    private static readonly ImmutableArray<PropertyPath> ReleasePaths =
        [PropertyPath.Parse("chart"), PropertyPath.Parse("version"), PropertyPath.Parse("name"), PropertyPath.Parse("namespace")];

    private readonly ImmutableArray<ClusterResource> _plan;
    private readonly ImmutableArray<ClusterResource> _live;
    private readonly Declarations _declared;
    private readonly ChartContracts _contracts;

    /// <summary>Prepares it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="live">The cluster.</param>
    /// <param name="declared">The connections that the plan declares.</param>
    /// <param name="contracts">The contracts of charts.</param>
    public LiveComparison(ImmutableArray<ClusterResource> plan, LiveCluster live, Declarations declared, ChartContracts contracts)
    {
        _plan = plan;
        _live = live.Resources;
        _declared = declared;
        _contracts = contracts;
    }

    /// <summary>
    /// The resources that the same proof can be run over: the cluster's objects, and of the plan what is no object of it or, like a mesh's
    /// objects, not asked for.
    /// </summary>
    public ImmutableArray<ClusterResource> Merged => [.. _plan.Where(resource => !IsAskedFor(resource.Type)), .. _live];

    /// <summary>How the cluster differs.</summary>
    public ImmutableArray<LiveDifference> Run() =>
    [
        .. Ends().Concat(Members()).Concat(Releases()).Concat(Policies()).Distinct()
            .OrderBy(difference => difference.Object, StringComparer.Ordinal)
            .ThenBy(difference => difference.What, StringComparer.Ordinal),
    ];

    private static bool IsAskedFor(string type) =>
        type.StartsWith("kubernetes:", StringComparison.Ordinal) && !type.StartsWith("kubernetes:security.istio.io/", StringComparison.Ordinal);

    private static string? Text(ClusterResource resource, PropertyPath path) => path.Read(resource.Properties).TryGetText(out var text) ? text : null;

    private static string Place(ClusterResource resource) => Text(resource, Namespace) ?? "default";

    private static bool HasLabels(ClusterResource pod, IEnumerable<KeyValuePair<string, string>> labels) => labels.All(label =>
        Labels.Then(label.Key).Read(pod.Properties).TryGetText(out var value) && value == label.Value);

    private static IEnumerable<(string? Name, int Number, string Protocol)> Ports(ClusterResource pod) =>
        Containers(pod)
            .Where(container => !IsSidecar(container))
            .SelectMany(container => (container["ports"] as ListValue)?.Items ?? []).OfType<MapValue>()
            .Where(port => port["containerPort"] is NumberValue)
            .Select(port => (
                (port["name"] as StringValue)?.Value,
                (int)((NumberValue)port["containerPort"]!).Value,
                (port["protocol"] as StringValue)?.Value ?? "TCP"));

    private static IEnumerable<MapValue> Containers(ClusterResource pod) =>
        ContainerPaths.SelectMany(path => path.Select(pod.Properties)).Select(container => container.Value).OfType<MapValue>();

    private static bool IsSidecar(MapValue container) => container["name"] is StringValue { Value: Sidecar };

    private static string AccountOf(ClusterResource pod) => Text(pod, PropertyPath.Parse("spec.serviceAccountName")) ?? "default";

    private IEnumerable<ClusterResource> Of(string type, string place) => _live.Where(resource => resource.Type == type && Place(resource) == place);

    // Whoever connections are declared for has to be there, and have the labels that policies go by.
    private IEnumerable<LiveDifference> Ends()
    {
        var ends = _declared.Ends.Values.OfType<DeclaredPods>().ToList();
        foreach (var end in ends.Where(end => !Of(Pod, end.Namespace).Any(pod => HasLabels(pod, end.Labels))))
        {
            var labels = string.Join(", ", end.Labels.Select(label => $"{label.Key}={label.Value}"));
            yield return new LiveDifference(end.Name, $"no pod of the namespace {end.Namespace} has the labels {labels}");
        }

        var governed = ends.Where(end => !end.IsPlatform).Select(end => end.Namespace).ToHashSet(StringComparer.Ordinal);
        foreach (var pod in _live.Where(resource => resource.Type == Pod && governed.Contains(Place(resource))))
        {
            if (!ends.Any(end => end.Namespace == Place(pod) && HasLabels(pod, end.Labels)))
            {
                yield return new LiveDifference(pod.Name, "a pod that no declared end is: it may resolve names and nothing else");
            }
        }
    }

    // A pod without a sidecar takes what a mesh would refuse, and one that runs as another is another there.
    private IEnumerable<LiveDifference> Members() =>
        from end in _declared.Ends.Values.OfType<DeclaredPods>()
        where !end.IsPlatform
        from pod in Of(Pod, end.Namespace)
        where HasLabels(pod, end.Labels)
        let hasSidecar = Containers(pod).Any(IsSidecar)
        let difference = (end.Principal, hasSidecar) switch
        {
            ({ }, false) => "has no sidecar, and the plan has it in a mesh: make it anew",
            (null, true) => "has a sidecar of a mesh, and the plan has none for it",
            ({ } principal, true) when !principal.EndsWith($"/sa/{AccountOf(pod)}", StringComparison.Ordinal) =>
                $"runs as the service account {AccountOf(pod)}, and the mesh is told of {principal}",
            _ => null,
        }
        where difference is not null
        select new LiveDifference(pod.Name, difference);

    private IEnumerable<LiveDifference> Releases()
    {
        foreach (var release in _plan.Where(resource => resource.Type == Release))
        {
            var texts = ReleasePaths.Select(path => Text(release, path)).ToArray();
            if (texts is not [{ } chart, { } version, { } name, { } place] || _contracts.TryOf(chart, version) is not { } contract)
            {
                yield return new LiveDifference(release.Name, "has no contract that could be compared");
                continue;
            }

            var filled = contract.In(name, place);
            foreach (var difference in filled.Workloads
                .Where(workload => IsThere(release, workload))
                .SelectMany(workload => Workload(release, workload, place)).Concat(filled.Services
                    .Where(service => IsThere(release, filled.Workload(service.Workload)))
                    .SelectMany(service => Services(service, place))))
            {
                yield return difference;
            }
        }
    }

    private static bool IsThere(ClusterResource release, ChartWorkload workload) =>
        workload.OnlyIf is not { } onlyIf || PropertyPath.Parse($"values.{onlyIf.Path}").Read(release.Properties).ToFlag(onlyIf.Default) != false;

    private IEnumerable<LiveDifference> Workload(ClusterResource release, ChartWorkload workload, string place)
    {
        var name = $"{place}/{workload.Name}";
        var pods = Of(Pod, place).Where(pod => HasLabels(pod, workload.PodLabels)).ToList();
        if (pods.Count == 0)
        {
            // Pods of jobs come and go.
            if (workload.Kind is not (WorkloadKind.Job or WorkloadKind.CronJob))
            {
                yield return new LiveDifference(
                    name, $"no pod has the labels of the contract: {string.Join(", ", workload.PodLabels.Select(label => $"{label.Key}={label.Value}"))}");
            }

            yield break;
        }

        var account = (workload.ServiceAccountValue is { } path ? Text(release, PropertyPath.Parse($"values.{path}")) : null) ?? workload.ServiceAccount;
        foreach (var pod in pods)
        {
            var own = AccountOf(pod);
            if (own != account)
            {
                yield return new LiveDifference(pod.Name, $"runs as the service account {own}, and the contract says {account}");
            }

            if (PropertyPath.Parse("spec.hostNetwork").Read(pod.Properties).ToFlag(whenMissing: false) != workload.HostNetwork)
            {
                yield return new LiveDifference(pod.Name, $"{(workload.HostNetwork ? "has not" : "has")} the network of its node, and the contract says otherwise");
            }

            foreach (var port in workload.Ports.Where(port => port.IsNamed && !Ports(pod).Contains((port.Name, port.Number, port.Protocol))))
            {
                yield return new LiveDifference(pod.Name, string.Create(
                    CultureInfo.InvariantCulture, $"has no port {port.Name} {port.Protocol} {port.Number}, and the contract says so"));
            }

            foreach (var (_, number, protocol) in Ports(pod).Where(port => !workload.Ports.Any(each => (each.Number, each.Protocol) == (port.Number, port.Protocol))))
            {
                yield return new LiveDifference(pod.Name, string.Create(
                    CultureInfo.InvariantCulture, $"listens on {protocol} {number}, which the contract does not know"));
            }
        }

        if (!Of(ServiceAccount, place).Any(each => Text(each, Name) == account))
        {
            yield return new LiveDifference(name, $"there is no service account {account}");
        }
    }

    private IEnumerable<LiveDifference> Services(ChartService service, string place)
    {
        var name = $"{place}/{service.Name}";
        if (Of(Service, place).FirstOrDefault(each => Text(each, Name) == service.Name) is not { } live)
        {
            return [new LiveDifference(name, "there is no such service, and the contract says so")];
        }

        var ports = PropertyPath.Parse("spec.ports[*].port").Select(live.Properties)
            .Select(port => port.Value).OfType<NumberValue>().Select(port => (int)port.Value).ToHashSet();
        return service.Ports.Where(port => !ports.Contains(port.Port)).Select(port => new LiveDifference(
            name, string.Create(CultureInfo.InvariantCulture, $"the service has no port {port.Port}, and the contract says so")));
    }

    private IEnumerable<LiveDifference> Policies()
    {
        var planned = Names(_plan);
        var live = Names(_live);
        var places = planned.Select(name => name.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        return planned.Except(live).Select(name => new LiveDifference(name, "the network policy of the plan is not in the cluster"))
            .Concat(live.Except(planned).Where(name => places.Contains(name.Split('/')[0]))
                .Select(name => new LiveDifference(name, "a network policy that is not in the plan")));

        static HashSet<string> Names(ImmutableArray<ClusterResource> resources) => resources
            .Where(resource => resource.Type == NetworkPolicy)
            .Select(resource => $"{Place(resource)}/{Text(resource, Name) ?? resource.Name}")
            .ToHashSet(StringComparer.Ordinal);
    }
}
