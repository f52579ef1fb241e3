using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Contracts;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>Who connects to whom by which port; the caller is an identity, or empty for whoever shows none.</summary>
internal sealed record MeshConnection(string Caller, string Pods, int Port);

/// <summary>
/// Reads a plan as the sidecars of its pods would: what pods there are and as whom they run, what Istio's objects let to them. It knows
/// nothing of the code that makes these objects.
/// </summary>
internal sealed class MeshReading
{
    private const string Nobody = "";

    private readonly Plan _plan;
    private readonly string _trustDomain;
    private readonly ImmutableArray<Pods> _pods;

    public MeshReading(Plan plan)
    {
        _plan = plan;
        _trustDomain = Text(Of("helm.sh/v3:Release").Single(release => Text(release, "chart") == "istiod"), "values.meshConfig.trustDomain")!;
        _pods = [.. Spelled(), .. OfReleases(), .. OfGateways()];
    }

    /// <summary>The identities of pods that have a sidecar.</summary>
    public ImmutableSortedSet<string> Identities =>
        _pods.Where(pods => pods.HasSidecar).Select(Identity).ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>What is allowed, by the objects alone: for all ports that pods open or that an object names.</summary>
    public ImmutableHashSet<MeshConnection> Allowed() =>
    [
        .. from pods in _pods
           where pods.HasSidecar && pods.IsGuarded
           from port in PortsOf(pods)
           from caller in Identities.Append(Nobody)
           where IsAllowed(caller, pods, port)
           select new MeshConnection(caller, pods.Name, port),
    ];

    /// <summary>What the table of connections declares, where it comes to pods behind a sidecar.</summary>
    public ImmutableHashSet<MeshConnection> Declared()
    {
        var table = _plan.Resources.Single(resource => resource.Type == "canton-infra:isolation:Connections").Outputs;
        return
        [
            .. from connection in List(table, "connections")
               from to in Selected(table, Text(connection, "to")!)
               where to.HasSidecar && to.IsGuarded
               from caller in Callers(table, Text(connection, "from")!)
               select new MeshConnection(caller, to.Name, (int)((NumberValue)At(connection, "port")!).Value),
        ];
    }

    // Pods of the same kind run as one account; who is in no mesh shows none.
    private IEnumerable<string> Callers(MapValue table, string end)
    {
        var pods = Selected(table, end).ToList();
        return pods.Count == 0 ? [Nobody] : pods.Select(each => each.HasSidecar ? Identity(each) : Nobody).Distinct(StringComparer.Ordinal);
    }

    private IEnumerable<Pods> Selected(MapValue table, string end)
    {
        var described = ((MapValue)table["ends"]!)[end]!;
        return Text(described, "kind") == "pods"
            ? _pods.Where(pods => pods.Namespace == Text(described, "namespace") && Fits(Map(described, "labels"), pods))
            : [];
    }

    private bool IsAllowed(string caller, Pods pods, int port) =>
        Mode(pods, port) == (caller == Nobody ? "DISABLE" : "STRICT") && Permits(caller, pods, port);

    // Of policies that allow, one must fit; where there is none at all, Istio lets everybody in.
    private bool Permits(string caller, Pods pods, int port)
    {
        var policies = Of("security.istio.io/v1:AuthorizationPolicy")
            .Where(policy => IsFor(policy, pods) && Text(policy, "spec.action") is null or "ALLOW").ToList();
        return policies.Count == 0 || policies.Any(policy => List(policy, "spec.rules").Any(rule =>
            AnyOrNone(rule, "from", source => IsSource(At(source, "source")!, caller))
            && AnyOrNone(rule, "to", operation => IsOperation(At(operation, "operation")!, port))));
    }

    private static bool AnyOrNone(PropertyValue rule, string list, Func<PropertyValue, bool> fits) =>
        List(rule, list) is { Length: > 0 } items ? items.Any(fits) : true;

    private static bool IsSource(PropertyValue source, string caller)
    {
        var only = Texts(source, "principals");
        var not = Texts(source, "notPrincipals");
        return (only.Length == 0 || only.Any(pattern => Matches(pattern, caller))) && !not.Any(pattern => Matches(pattern, caller));
    }

    private static bool IsOperation(PropertyValue operation, int port) =>
        Texts(operation, "ports") is { Length: > 0 } ports ? ports.Contains(port.ToString(CultureInfo.InvariantCulture)) : true;

    // A star is for whoever shows an identity.
    private static bool Matches(string pattern, string caller) => caller.Length > 0 && (pattern == "*" || pattern == caller
        || (pattern.EndsWith('*') && caller.StartsWith(pattern[..^1], StringComparison.Ordinal)));

    // The pods' own, then their namespace's, then the mesh's; without any both is taken.
    private string Mode(Pods pods, int port)
    {
        var all = Of("security.istio.io/v1:PeerAuthentication").ToList();
        var own = all.FirstOrDefault(each => At(each, "spec.selector") is not null && IsFor(each, pods));
        return (own is null ? null : (At(own, "spec.portLevelMtls") as MapValue)?[port.ToString(CultureInfo.InvariantCulture)] is MapValue single
                ? (single["mode"] as StringValue)?.Value
                : Text(own, "spec.mtls.mode"))
            ?? Whole(pods.Namespace)
            ?? Whole("istio-system")
            ?? "PERMISSIVE";

        string? Whole(string place) => all.Where(each => At(each, "spec.selector") is null && Text(each, "metadata.namespace") == place)
            .Select(each => Text(each, "spec.mtls.mode")).FirstOrDefault();
    }

    private static bool IsFor(MapValue policy, Pods pods) =>
        Text(policy, "metadata.namespace") == pods.Namespace && Fits(Map(policy, "spec.selector.matchLabels"), pods);

    private static bool Fits(ImmutableSortedDictionary<string, PropertyValue> labels, Pods pods) =>
        labels.All(label => pods.Labels.GetValueOrDefault(label.Key) == ((StringValue)label.Value).Value);

    private IEnumerable<int> PortsOf(Pods pods) => pods.Ports
        .Concat(Of("security.istio.io/v1:AuthorizationPolicy").SelectMany(policy => List(policy, "spec.rules"))
            .SelectMany(rule => List(rule, "to")).SelectMany(to => Texts(to, "operation.ports"))
            .Select(port => int.Parse(port, CultureInfo.InvariantCulture)))
        .Distinct();

    private IEnumerable<Pods> Spelled() =>
        from kind in new[] { "apps/v1:Deployment", "batch/v1:CronJob" }
        from resource in Of(kind)
        let pod = At(resource, kind.StartsWith("batch", StringComparison.Ordinal) ? "spec.jobTemplate.spec.template" : "spec.template")!
        let place = Text(resource, "metadata.namespace")!
        select new Pods(
            $"{place}/{Text(resource, "metadata.name")}",
            place,
            Labels(pod, "metadata.labels"),
            Text(pod, "spec.serviceAccountName") ?? "default",
            [.. List(pod, "spec.containers").SelectMany(container => List(container, "ports")).Select(port => (int)((NumberValue)At(port, "containerPort")!).Value)],
            IsMember(place),
            IsGuarded: true);

    private IEnumerable<Pods> OfReleases() =>
        from release in Of("helm.sh/v3:Release")
        let place = Text(release, "namespace")!
        let contract = ChartContracts.Find(Text(release, "chart")!, Text(release, "version")!).In(Text(release, "name")!, place)
        from workload in contract.Workloads
        select new Pods(
            $"{place}/{workload.Name}",
            place,
            workload.PodLabels.ToImmutableDictionary(),
            (workload.ServiceAccountValue is { } path ? Text(release, $"values.{path}") : null) ?? workload.ServiceAccount,
            [.. workload.Ports.Select(port => port.Number)],
            IsMember(place),
            IsGuarded: true);

    // What Envoy Gateway makes of an EnvoyProxy: these labels on its pods, and of the annotations what nothing comes by way of.
    private IEnumerable<Pods> OfGateways() =>
        from proxy in Of("gateway.envoyproxy.io/v1alpha1:EnvoyProxy")
        let place = Text(proxy, "metadata.namespace")!
        let pod = At(proxy, "spec.provider.kubernetes.envoyDeployment.pod")!
        let labels = Labels(pod, "labels")
        select new Pods(
            $"{place}/{Text(proxy, "metadata.name")}",
            place,
            labels.Add("app.kubernetes.io/component", "proxy").Add("gateway.envoyproxy.io/owning-gateway-name", Text(proxy, "metadata.name")!),
            Text(proxy, "spec.provider.kubernetes.envoyServiceAccount.name")!,
            [10443, 19001],
            labels.GetValueOrDefault("sidecar.istio.io/inject") == "true",
            IsGuarded: Labels(pod, "annotations").GetValueOrDefault("traffic.sidecar.istio.io/includeInboundPorts") != "");

    private bool IsMember(string place) => Of("core/v1:Namespace").Any(each => Text(each, "metadata.name") == place
        && Labels(each, "metadata.labels").GetValueOrDefault("istio-injection") == "enabled");

    private string Identity(Pods pods) => $"{_trustDomain}/ns/{pods.Namespace}/sa/{pods.ServiceAccount}";

    private IEnumerable<MapValue> Of(string kind) =>
        _plan.Resources.Where(resource => resource.Type == $"kubernetes:{kind}").Select(resource => resource.Inputs);

    private static ImmutableDictionary<string, string> Labels(PropertyValue value, string path) => Map(value, path)
        .ToImmutableDictionary(entry => entry.Key, entry => (entry.Value.Unwrapped as StringValue)?.Value ?? "");

    private static ImmutableSortedDictionary<string, PropertyValue> Map(PropertyValue value, string path) =>
        (At(value, path) as MapValue)?.Entries ?? ImmutableSortedDictionary<string, PropertyValue>.Empty;

    private static ImmutableArray<PropertyValue> List(PropertyValue value, string path) =>
        At(value, path) is ListValue list ? list.Items : [];

    private static ImmutableArray<string> Texts(PropertyValue value, string path) =>
        [.. List(value, path).Select(item => ((StringValue)item).Value)];

    private static string? Text(PropertyValue value, string path) => (At(value, path) as StringValue)?.Value;

    private static PropertyValue? At(PropertyValue value, string path) =>
        path.Split('.').Aggregate((PropertyValue?)value, (current, part) => (current?.Unwrapped as MapValue)?[part]?.Unwrapped);

    private sealed record Pods(
        string Name,
        string Namespace,
        ImmutableDictionary<string, string> Labels,
        string ServiceAccount,
        ImmutableArray<int> Ports,
        bool HasSidecar,
        bool IsGuarded);
}
