using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Mutations.Tests.Mutating;

/// <summary>Changes one value of a resource, as a program would that gives another one.</summary>
internal static class PropertyEdit
{
    /// <summary>The resource with another value at a path.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="path">The path, without wildcards.</param>
    /// <param name="value">The value; null takes it away.</param>
    public static PlannedResource Apply(PlannedResource resource, PropertyPath path, PropertyValue? value)
    {
        var inputs = (MapValue)Edit(resource.Inputs, path.Elements.AsSpan(), value)!;
        var edited = resource with
        {
            Inputs = inputs,
            Outputs = (MapValue)Edit(resource.Outputs, path.Elements.AsSpan(), value)!,
        };
        var property = path.Elements[0].Key!;

        // What nothing unknown is left of comes from no other resource any more.
        return inputs[property] is { ContainsUnknowns: true } || !resource.PropertyDependencies.TryGetValue(property, out var sources)
            ? edited
            : WithoutSources(edited, property, sources);
    }

    private static PlannedResource WithoutSources(PlannedResource resource, string property, ImmutableArray<string> sources)
    {
        var left = resource.PropertyDependencies.Remove(property);
        var orphans = sources.Except(left.SelectMany(entry => entry.Value)).ToHashSet(StringComparer.Ordinal);
        return resource with
        {
            PropertyDependencies = left,
            Dependencies = [.. resource.Dependencies.Where(urn => !orphans.Contains(urn))],
        };
    }

    private static PropertyValue? Edit(PropertyValue parent, ReadOnlySpan<PropertyPathElement> path, PropertyValue? value)
    {
        if (path.IsEmpty)
        {
            return value;
        }

        return (parent, path[0]) switch
        {
            (SecretValue secret, _) => Edit(secret.Element, path, value) is { } inner ? PropertyValue.Secret(inner) : null,
            (MapValue map, { Key: { } key }) when map.TryGet(key, out var child) =>
                Edit(child, path[1..], value) is { } changed ? map.With(key, changed) : map.Without(key),
            (ListValue list, { Index: { } index }) when index < list.Items.Length =>
                new ListValue(Edit(list.Items[index], path[1..], value) is { } changed
                    ? list.Items.SetItem(index, changed)
                    : list.Items.RemoveAt(index)),
            _ => parent,
        };
    }
}
