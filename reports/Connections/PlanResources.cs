using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Reports.Connections;

/// <summary>A plan's resources as the proof of connections takes them.</summary>
public static class PlanResources
{
    /// <summary>Them.</summary>
    public static ImmutableArray<ClusterResource> Of(Plan plan) =>
    [
        .. plan.Resources.Select(resource => new ClusterResource(
            resource.Urn, resource.Type, resource.Name, resource.Outputs, resource.Provider, resource.PropertyDependencies)),
    ];
}
