using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>Whoever calls from the internet (A8): no pod, no node and no network of our own.</summary>
internal sealed class InternetClients : ConnectionEnd
{
    private readonly ImmutableArray<string> _ownNetworks;

    internal InternetClients(ConnectionPlan plan, string name, ImmutableArray<string> ownNetworks)
        : base(plan, name)
    {
        _ownNetworks = ownNetworks;
    }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, object> Describe() => ImmutableDictionary<string, object>.Empty
        .Add("kind", "hosts")
        .Add("hosts", ImmutableArray<string>.Empty)
        .Add("isRestricted", false)
        .Add("ownNetworks", _ownNetworks);
}
