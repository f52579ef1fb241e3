using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Pods;

/// <summary>Where the objects of Kubernetes that make pods say what the pods are.</summary>
internal static class PodPlaces
{
    private const string Template = "spec.template.spec";
    private const string JobTemplate = "spec.jobTemplate.spec.template.spec";

    private static readonly ImmutableDictionary<string, PropertyPath> Paths = new (string Path, string[] Types)[]
    {
        ("spec", ["core/v1:Pod"]),
        (Template,
        [
            "core/v1:ReplicationController", "batch/v1:Job",
            "apps/v1:Deployment", "apps/v1:StatefulSet", "apps/v1:DaemonSet", "apps/v1:ReplicaSet",
            "apps/v1beta2:Deployment", "apps/v1beta2:StatefulSet", "apps/v1beta2:DaemonSet", "apps/v1beta2:ReplicaSet",
            "apps/v1beta1:Deployment", "apps/v1beta1:StatefulSet",
            "extensions/v1beta1:Deployment", "extensions/v1beta1:DaemonSet", "extensions/v1beta1:ReplicaSet",
        ]),
        (JobTemplate, ["batch/v1:CronJob", "batch/v1beta1:CronJob", "batch/v2alpha1:CronJob"]),
    }
    .SelectMany(entry => entry.Types.Select(type => KeyValuePair.Create($"kubernetes:{type}", PropertyPath.Parse(entry.Path))))
    .ToImmutableDictionary();

    /// <summary>The types of these objects.</summary>
    public static ImmutableArray<ResourceTypePattern> Types { get; } =
        [.. Paths.Keys.Order(StringComparer.Ordinal).Select(type => new ResourceTypePattern(type))];

    /// <summary>Where the pod is; null for objects that make none.</summary>
    public static PropertyPath? Of(ResourceType type) => Paths.GetValueOrDefault(type.Canonical);
}
