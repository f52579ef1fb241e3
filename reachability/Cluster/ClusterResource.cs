using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Reachability.Cluster;

/// <summary>A resource as plans and policies both know it: all that is needed to tell who reaches whom.</summary>
/// <param name="Urn">The URN.</param>
/// <param name="Type">The type, such as <c>kubernetes:networking.k8s.io/v1:NetworkPolicy</c>.</param>
/// <param name="Name">The logical name.</param>
/// <param name="Properties">The properties, unknowns and secrets marked; a component's are its outputs.</param>
/// <param name="Provider">The URN of its provider; empty for none.</param>
/// <param name="PropertyDependencies">The URNs of the resources that each property's value comes from.</param>
public sealed record ClusterResource(
    string Urn,
    string Type,
    string Name,
    MapValue Properties,
    string Provider,
    IReadOnlyDictionary<string, ImmutableArray<string>> PropertyDependencies)
{
    /// <summary>The URNs of the resources that a property's value comes from.</summary>
    internal ImmutableArray<string> SourcesOf(string property) =>
        PropertyDependencies.TryGetValue(property, out var urns) ? urns : [];
}
