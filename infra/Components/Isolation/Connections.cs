using System.Collections.Immutable;
using Pulumi;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>The table of an environment's connections, for reports and for the proof that policies allow these and no others (A9).</summary>
internal sealed class Connections : ComponentResource
{
    /// <summary>Declares the table.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="plan">The connections.</param>
    /// <param name="options">The options.</param>
    public Connections(string name, ConnectionPlan plan, ComponentResourceOptions? options = null)
        : base("canton-infra:isolation:Connections", name, options)
    {
        Ends = plan.Ends.ToImmutableDictionary(end => end.Name, end => (object)end.Describe());
        Allowed = [.. plan.All.Select(connection => (object)ImmutableDictionary<string, object>.Empty
            .Add("from", connection.From.Name)
            .Add("to", connection.To.Name)
            .Add("port", connection.Port)
            .Add("protocol", connection.Protocol)
            .Add("requirement", connection.Requirement)
            .Add("why", connection.Why))];
        RegisterOutputs(new Dictionary<string, object?> { ["ends"] = Ends, ["connections"] = Allowed });
    }

    /// <summary>What each end is, by its name.</summary>
    public ImmutableDictionary<string, object> Ends { get; }

    /// <summary>The connections: <c>from</c>, <c>to</c>, <c>port</c>, <c>protocol</c>, <c>requirement</c>, <c>why</c>.</summary>
    public ImmutableArray<object> Allowed { get; }
}
