using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.PolicySdk;

/// <summary>All resources of a stack, as a rule sees them.</summary>
public sealed class StackView
{
    private readonly Dictionary<string, StackResourceView> _byUrn = new(StringComparer.Ordinal);

    /// <summary>A stack of these resources.</summary>
    public StackView(ImmutableArray<StackResourceView> resources)
    {
        Resources = resources;
        foreach (var resource in resources)
        {
            _byUrn.TryAdd(resource.Urn, resource);
        }
    }

    /// <summary>The resources in the engine's order.</summary>
    public ImmutableArray<StackResourceView> Resources { get; }

    /// <summary>What an engine sent.</summary>
    /// <exception cref="MalformedPropertyException">The properties of a resource do not follow the protocol.</exception>
    public static StackView From(AnalyzeStackRequest request) => new([.. request.Resources.Select(StackResourceView.From)]);

    /// <summary>The resource of that URN, or null where the stack has none.</summary>
    public StackResourceView? Find(string urn) => _byUrn.GetValueOrDefault(urn);

    /// <summary>The resources of a type, in order.</summary>
    public IEnumerable<StackResourceView> OfType(ResourceTypePattern type) =>
        Resources.Where(resource => type.Matches(resource.Type));

    /// <summary>The resources of the stack that a property at the top level gets its value from, in order.</summary>
    public ImmutableArray<StackResourceView> SourcesOf(StackResourceView resource, string property) =>
        resource.PropertyDependencies.TryGetValue(property, out var urns)
            ? [.. urns.Select(Find).OfType<StackResourceView>().Distinct()]
            : [];
}
