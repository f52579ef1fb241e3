using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Engine.Plans;
using CantonInfra.Reachability.Graph;
using CantonInfra.Reports.Internet;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Connections;

/// <summary>Who connects to whom in a stack, with the proof run (A9).</summary>
/// <param name="Graph">The connections; null where the program declares none, or its table cannot be read.</param>
/// <param name="Map">The same as the picture has them; null with the graph.</param>
/// <param name="Problem">What is wrong with the table; empty for nothing.</param>
internal sealed record ConnectionReport(ConnectionGraph? Graph, ConnectionMap? Map, string Problem)
{
    private const string TrustZone = "canton-infra/trust-zone";

    /// <summary>What a plan says of it.</summary>
    public static ConnectionReport Of(PlanIndex plan, InternetReport internet)
    {
        var (graph, problem) = GraphBuilder.Build(PlanResources.Of(plan.Plan), ChartContracts.Known);
        return graph is null ? new ConnectionReport(null, null, problem ?? "") : new ConnectionReport(graph, MapOf(graph, plan, internet), "");
    }

    /// <summary>The picture of connections that are already known.</summary>
    public static ConnectionMap MapOf(ConnectionGraph graph, PlanIndex plan, InternetReport internet)
    {
        var zones = plan.OfType("kubernetes:core/v1:Namespace")
            .Select(space => (Name: PlanIndex.Text(space, "metadata", "name"), Zone: PlanIndex.Text(space, "metadata", "labels", TrustZone)))
            .DistinctBy(entry => entry.Name, StringComparer.Ordinal)
            .ToImmutableDictionary(entry => entry.Name, entry => entry.Zone, StringComparer.Ordinal);
        return ConnectionMap.Of(graph, internet, name => zones.GetValueOrDefault(name, ""));
    }

    /// <summary>The same for a plan that is not looked at otherwise.</summary>
    public static ConnectionMap MapOf(ConnectionGraph graph, Plan plan)
    {
        var index = new PlanIndex(plan);
        return MapOf(graph, index, InternetReport.Of(index));
    }
}
