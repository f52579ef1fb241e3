using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Reports.Model;

/// <summary>A plan as reports look at it: by URN, and with what stands for values that only a deployment knows.</summary>
internal sealed class PlanIndex
{
    private readonly Dictionary<string, PlannedResource> _byUrn;
    private readonly ILookup<string, PlannedResource> _byType;
    private readonly ILookup<string, PlannedResource> _children;

    public PlanIndex(Plan plan)
    {
        Plan = plan;
        _byUrn = plan.Resources.ToDictionary(resource => resource.Urn, StringComparer.Ordinal);
        _byType = plan.Resources.ToLookup(resource => TypeToken.Canonical(resource.Type), StringComparer.Ordinal);
        _children = plan.Resources.ToLookup(resource => resource.Parent, StringComparer.Ordinal);
        Positions = plan.Resources.Select((resource, position) => (resource.Urn, position))
            .ToImmutableDictionary(entry => entry.Urn, entry => entry.position, StringComparer.Ordinal);
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>Where in the plan each resource is, by URN.</summary>
    public ImmutableDictionary<string, int> Positions { get; }

    /// <summary>The resources of a type.</summary>
    public IEnumerable<PlannedResource> OfType(string type) => _byType[type];

    /// <summary>The children of a resource.</summary>
    public IEnumerable<PlannedResource> Children(string urn) => _children[urn];

    /// <summary>A resource by URN; null where there is none.</summary>
    public PlannedResource? Find(string urn) => _byUrn.GetValueOrDefault(urn);

    /// <summary>The resource of a type that a property comes from; null where none brings it.</summary>
    public PlannedResource? Source(PlannedResource resource, string property, string? type = null) =>
        resource.PropertyDependencies.GetValueOrDefault(property, []).Select(Find).OfType<PlannedResource>()
            .FirstOrDefault(source => type is null || TypeToken.Canonical(source.Type) == type);

    /// <summary>The nearest ancestor of a type; null where there is none.</summary>
    public PlannedResource? Ancestor(PlannedResource resource, Func<PlannedResource, bool> isMeant)
    {
        for (var current = Find(resource.Parent); current is not null; current = Find(current.Parent))
        {
            if (isMeant(current))
            {
                return current;
            }
        }

        return null;
    }

    /// <summary>A known text at a path of properties; empty where it is another, unknown or secret.</summary>
    public static string Text(PlannedResource resource, params ReadOnlySpan<string> path)
    {
        PropertyValue? value = resource.Inputs;
        foreach (var name in path)
        {
            value = Plain(value) is MapValue map ? map[name] : null;
        }

        return Plain(value) is StringValue text ? text.Value : "";
    }

    /// <summary>The value at a path of properties; null where it is unknown, secret or not there.</summary>
    public static PropertyValue? Value(PlannedResource resource, params ReadOnlySpan<string> path)
    {
        PropertyValue? value = resource.Inputs;
        foreach (var name in path)
        {
            value = Plain(value) is MapValue map ? map[name] : null;
        }

        return Plain(value);
    }

    /// <summary>A value without the wrapping of outputs; null where it is unknown or secret.</summary>
    public static PropertyValue? Plain(PropertyValue? value) => value switch
    {
        SecretValue or UnknownValue => null,
        OutputValue { IsSecretOutput: true } or OutputValue { Element: null } => null,
        OutputValue { Element: var element } => Plain(element),
        _ => value,
    };

    /// <summary>The texts of a list; none where it is unknown.</summary>
    public static IEnumerable<string> Texts(PropertyValue? value) =>
        Plain(value) is ListValue list ? list.Items.Select(Plain).OfType<StringValue>().Select(text => text.Value) : [];

    /// <summary>The maps of a list; none where it is unknown.</summary>
    public static IEnumerable<MapValue> Maps(PropertyValue? value) =>
        Plain(value) is ListValue list ? list.Items.Select(Plain).OfType<MapValue>() : [];

    /// <summary>A known text of a map; empty where it is another, unknown or secret.</summary>
    public static string Member(MapValue map, string name) => (Plain(map[name]) as StringValue)?.Value ?? "";

    /// <summary>The known texts of a list of a map.</summary>
    public static IEnumerable<string> Members(MapValue map, string name) => Texts(map[name]);
}
