using System.Collections.Immutable;
using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Reachability.Reading;

/// <summary>The namespaces of a plan and their labels.</summary>
public sealed class NamespaceReader
{
    /// <summary>The label that Kubernetes gives every namespace.</summary>
    public const string NameLabel = "kubernetes.io/metadata.name";

    private readonly ImmutableSortedDictionary<string, LabelSet> _declared;

    /// <summary>Reads them.</summary>
    public NamespaceReader(IEnumerable<ClusterResource> resources)
    {
        var declared = ImmutableSortedDictionary.CreateBuilder<string, LabelSet>(StringComparer.Ordinal);
        foreach (var resource in resources.Where(resource => resource.Type == "kubernetes:core/v1:Namespace"))
        {
            if (resource.Properties.At("metadata", "name").Text() is { } name)
            {
                declared[name] = resource.Properties.At("metadata", "labels").Labels().With(NameLabel, name);
            }
        }

        _declared = declared.ToImmutable();
    }

    /// <summary>The names of the namespaces that the plan declares.</summary>
    public IEnumerable<string> Declared => _declared.Keys;

    /// <summary>The labels of a namespace: of one that others declare no more than its name is known.</summary>
    /// <param name="name">The name; null where it is not known.</param>
    public LabelSet LabelsOf(string? name) => name is null
        ? LabelSet.Unknown
        : _declared.GetValueOrDefault(name) ?? LabelSet.Unknown.With(NameLabel, name);

    /// <summary>The namespace that a resource is in; null where it is not known.</summary>
    internal static string? NamespaceOf(ClusterResource resource)
    {
        var given = resource.Properties.At("metadata", "namespace");
        return given is null ? "default" : given.Text();
    }
}
