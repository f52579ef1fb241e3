using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>
/// Which namespace of the stack a resource of Kubernetes is in. Names decide where both are known; where one is not, as in
/// previews of namespaces that are named automatically, what the name depends on does.
/// </summary>
internal sealed class NamespaceMember
{
    private const string Metadata = "metadata";

    private static readonly PropertyPath Namespace = PropertyPath.Parse("metadata.namespace");
    private static readonly PropertyPath ProviderNamespace = PropertyPath.Parse("namespace");

    private readonly StackResourceView _resource;
    private readonly PropertyReading _given;
    private readonly PropertyReading _default;
    private readonly StackResourceView? _source;

    public NamespaceMember(StackResourceView resource, StackView resources)
    {
        _resource = resource;
        _given = resource.Read(Namespace);
        _default = DefaultOf(resource.Provider);
        _source = resources.SourcesOf(resource, Metadata) is [var only] && KubernetesTypes.IsNamespace(only.Type) ? only : null;
    }

    /// <summary>True, false, or null where it cannot be told.</summary>
    public bool? IsIn(NamespacePlace place, ClusterIdentity clusters)
    {
        var isNamed = IsNamedLike(place);
        return isNamed == false ? false : Logic.And(isNamed, clusters.IsSame(_resource.Provider, place.Resource.Provider));
    }

    private bool? IsNamedLike(NamespacePlace place) => _given.State switch
    {
        PropertyState.Unknown => _source is null ? null : IsSource(place),

        // An engine that does not foresee automatic names has nothing here where a program took the name from the namespace.
        PropertyState.Missing => IsSource(place) ? null : Matches(_default, place.Name),
        _ => Matches(_given, place.Name),
    };

    private bool IsSource(NamespacePlace place) => _source?.Urn == place.Resource.Urn;

    // An automatic name ends in a random part, so it is none that a program could have written.
    private static bool? Matches(PropertyReading given, PropertyReading name)
    {
        if (name.State == PropertyState.Missing)
        {
            return given.State == PropertyState.Known ? false : null;
        }

        return given.TryGetText(out var left) && name.TryGetText(out var right) ? left == right : null;
    }

    private static PropertyReading DefaultOf(ProviderView? provider)
    {
        var reading = ProviderNamespace.Read(provider?.Properties ?? MapValue.Empty);
        return reading.State == PropertyState.Missing
            ? new PropertyReading(reading.Path, PropertyState.Known, PropertyValue.Of("default"), IsSecret: false)
            : reading;
    }
}
