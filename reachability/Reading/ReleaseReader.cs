using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Contracts;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Reachability.Reading;

/// <summary>Pods out of the releases of charts, by the contracts of these.</summary>
/// <param name="contracts">The contracts.</param>
/// <param name="namespaces">The namespaces.</param>
internal sealed class ReleaseReader(ChartContracts contracts, NamespaceReader namespaces)
{
    private static readonly ImmutableHashSet<string> Types =
        ["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v3:Chart", "kubernetes:helm.sh/v4:Chart"];

    /// <summary>Whether a type is that of releases.</summary>
    public static bool IsRelease(string type) => Types.Contains(type);

    /// <summary>The pods of a release, or why they are not known.</summary>
    public (ImmutableArray<PodSet> Pods, string? Unread) Read(ClusterResource resource)
    {
        var properties = resource.Properties;
        var chart = properties.At("chart").Text();
        var version = properties.At("version").Text();
        var place = properties.At("namespace") is { } given ? given.Text() : "default";
        var release = properties.At("name").Text();
        if (chart is null || version is null || release is null || place is null)
        {
            return ([], $"The release '{resource.Name}' does not say its chart, version, name and namespace in plain text, so its pods are not known.");
        }

        if (contracts.TryOf(chart, version) is not { } contract)
        {
            return ([], $"The release '{resource.Name}' is of {chart} {version}, which has no contract, so its pods are not known.");
        }

        var values = properties.At("values");
        return (
            [
                .. contract.In(release, place).Workloads
                    .Where(workload => IsThere(workload.OnlyIf, values) != false)
                    .Select(workload => Pods(resource, workload, place, values)),
            ],
            contract.Workloads.Any(workload => IsThere(workload.OnlyIf, values) is null)
                ? $"The release '{resource.Name}' leaves open which of its workloads there are."
                : null);
    }

    private static bool? IsThere(ValueSwitch? onlyIf, PropertyValue? values) =>
        onlyIf is null ? true : At(values, onlyIf.Path).Flag(onlyIf.Default);

    private static PropertyValue? At(PropertyValue? values, string path) => values.At(path.Split('.').AsSpan());

    private PodSet Pods(ClusterResource resource, ChartWorkload workload, string place, PropertyValue? values)
    {
        var added = workload.PodLabelsValue is { } path ? At(values, path) : null;
        return new PodSet(
            string.Create(CultureInfo.InvariantCulture, $"{place}/{workload.Name}"),
            place,
            namespaces.LabelsOf(place),
            new LabelSet(
                (added is MapValue map ? map.Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Text())) : [])
                    .Where(label => !workload.PodLabels.ContainsKey(label.Key))
                    .Concat(workload.PodLabels.Select(label => KeyValuePair.Create(label.Key, (string?)label.Value))),
                isComplete: added is null or MapValue),
            [.. workload.Ports.Select(port => new PodPort(port.IsNamed ? port.Name : null, port.Number, port.Protocol))],
            Basis.Contract)
        {
            HasHostNetwork = workload.HostNetwork,
            Urn = resource.Urn,
        };
    }
}
