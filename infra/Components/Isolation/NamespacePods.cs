using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>All pods of a namespace, whoever they are.</summary>
internal sealed class NamespacePods : ConnectionEnd
{
    internal NamespacePods(ConnectionPlan plan, TrustZoneNamespace home)
        : base(plan, $"{home.NamespaceName}/*") => Home = home;

    /// <summary>The namespace.</summary>
    public TrustZoneNamespace Home { get; }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, object> Describe() => ImmutableDictionary<string, object>.Empty
        .Add("kind", "namespace")
        .Add("namespace", Home.NamespaceName);
}
