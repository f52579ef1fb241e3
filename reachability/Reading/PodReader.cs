using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Reachability.Reading;

/// <summary>Pods out of the workloads that a plan spells out.</summary>
internal static class PodReader
{
    // Where the pod is within each kind of workload.
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Templates = new Dictionary<string, ImmutableArray<string>>
    {
        ["kubernetes:core/v1:Pod"] = [],
        ["kubernetes:core/v1:ReplicationController"] = ["spec", "template"],
        ["kubernetes:apps/v1:DaemonSet"] = ["spec", "template"],
        ["kubernetes:apps/v1:Deployment"] = ["spec", "template"],
        ["kubernetes:apps/v1:ReplicaSet"] = ["spec", "template"],
        ["kubernetes:apps/v1:StatefulSet"] = ["spec", "template"],
        ["kubernetes:batch/v1:Job"] = ["spec", "template"],
        ["kubernetes:batch/v1:CronJob"] = ["spec", "jobTemplate", "spec", "template"],
    }.ToImmutableDictionary();

    /// <summary>The pods of a workload; null for other resources.</summary>
    public static PodSet? Read(ClusterResource resource, NamespaceReader namespaces)
    {
        if (!Templates.TryGetValue(resource.Type, out var path))
        {
            return null;
        }

        var pod = ((PropertyValue?)resource.Properties).At(path.AsSpan());
        var place = NamespaceReader.NamespaceOf(resource);
        var containers = Containers(pod);
        return new PodSet(
            $"{place ?? "?"}/{resource.Properties.At("metadata", "name").Text() ?? resource.Name}",
            place,
            namespaces.LabelsOf(place),
            pod.At("metadata", "labels").Labels(),
            [.. (containers ?? []).SelectMany(container => container.At("ports").Items() ?? []).Select(Port).OfType<PodPort>()],
            Basis.Plan)
        {
            HasHostNetwork = pod.At("spec", "hostNetwork").Flag(fallback: false),
            KnowsPorts = containers is { } known && known.All(container =>
                container.At("ports").Items() is { } ports && ports.All(port => Port(port) is not null)),
            Urn = resource.Urn,
        };
    }

    private static ImmutableArray<PropertyValue>? Containers(PropertyValue? pod) =>
        pod.At("spec", "containers").Items() is { } containers && pod.At("spec", "initContainers").Items() is { } before
            ? containers.AddRange(before)
            : null;

    private static PodPort? Port(PropertyValue port)
    {
        var protocol = port.At("protocol");
        var name = port.At("name");
        return port.At("containerPort").Number() is { } number && protocol is null or StringValue && name is null or StringValue
            ? new PodPort(name.Text(), number, protocol.Text() ?? "TCP")
            : null;
    }
}
