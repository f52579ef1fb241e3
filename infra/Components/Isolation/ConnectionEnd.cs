using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>Something that connections come from or go to.</summary>
internal abstract class ConnectionEnd
{
    private protected ConnectionEnd(ConnectionPlan plan, string name)
    {
        Plan = plan;
        Name = name;
    }

    /// <summary>What it is called in the table of connections; unique there.</summary>
    public string Name { get; }

    /// <summary>Who keeps the connections.</summary>
    protected ConnectionPlan Plan { get; }

    /// <summary>What it is, as the output of <see cref="Connections"/> tells.</summary>
    public abstract ImmutableDictionary<string, object> Describe();
}
