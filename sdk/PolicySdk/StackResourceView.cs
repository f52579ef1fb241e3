using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.PolicySdk;

/// <summary>A resource among the others of its stack. Its properties are outputs; in a preview those that are foreseen.</summary>
public sealed class StackResourceView : ResourceView
{
    /// <summary>A resource.</summary>
    public StackResourceView(string urn, ResourceType type, string name, MapValue properties)
        : base(urn, type, name, properties)
    {
    }

    /// <summary>The parent's URN; empty where it has none.</summary>
    public string Parent { get; init; } = "";

    /// <summary>URNs of all resources that it depends on.</summary>
    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>URNs of the resources that each property's value comes from, by the property's name at the top level.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> PropertyDependencies { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>What an engine sent.</summary>
    /// <exception cref="MalformedPropertyException">The properties do not follow the protocol.</exception>
    public static StackResourceView From(AnalyzerResource resource) =>
        new(resource.Urn, ResourceType.Parse(resource.Type), resource.Name, PropertyDecoding.Decode(resource.Properties))
        {
            Options = ResourceOptionsView.From(resource.Options),
            Provider = resource.Provider is { } provider ? ProviderView.From(provider) : null,
            Parent = resource.Parent,
            Dependencies = [.. resource.Dependencies],
            PropertyDependencies = resource.PropertyDependencies.ToImmutableDictionary(
                entry => entry.Key, entry => entry.Value.Urns.ToImmutableArray(), StringComparer.Ordinal),
        };
}
