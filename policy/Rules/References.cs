using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>A resource as others name it: by what the program took the name from, by the name, or both.</summary>
/// <param name="Urn">The URN where it is one of the stack; null otherwise.</param>
/// <param name="Name">Its name in the service; null where it is not known.</param>
internal sealed record Referred(string? Urn, string? Name)
{
    /// <summary>A resource of the stack.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="name">Where its name in the service is.</param>
    public static Referred To(StackResourceView resource, string name) =>
        new(resource.Urn, resource.Read(name).TryGetText(out var text) ? text : null);

    /// <summary>Whether both are one resource; null where it cannot be told.</summary>
    public bool? Is(Referred other) =>
        Urn is not null && other.Urn is not null ? Urn == other.Urn
        : Name is not null && other.Name is not null ? Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase)
        : null;
}

/// <summary>A property that names resources of a kind by id or by name.</summary>
/// <param name="Property">The property at the top level.</param>
/// <param name="Path">The way to the id or name; with a wildcard for each part of a list.</param>
/// <param name="Types">The types of what it names.</param>
/// <param name="NameOfTarget">Where what it names has its own name.</param>
/// <param name="Segment">What stands before the name in an id, such as <c>subnets</c>.</param>
internal sealed record Reference(
    string Property, PropertyPath Path, ImmutableArray<ResourceTypePattern> Types, string NameOfTarget, string Segment)
{
    /// <summary>A reference at a path.</summary>
    public static Reference At(string path, ImmutableArray<ResourceTypePattern> types, string nameOfTarget, string segment)
    {
        var parsed = PropertyPath.Parse(path);
        return new(parsed.Elements[0].Key!, parsed, types, nameOfTarget, segment);
    }

    /// <summary>
    /// What it names: the resources of the stack that the value comes from, else what ids and names say. A value that is not known
    /// and comes from nothing of the stack gives a resource of which nothing is known.
    /// </summary>
    public ImmutableArray<Referred> Read(StackResourceView resource, StackView resources)
    {
        var readings = resource.Select(Path).Where(reading => reading.State != PropertyState.Missing).ToList();
        var sources = resources.SourcesOf(resource, Property)
            .Where(source => Types.Any(type => type.Matches(source.Type)))
            .Select(source => Referred.To(source, NameOfTarget))
            .ToImmutableArray();
        if (readings.Count == 0)
        {
            return [];
        }

        // Of a name that is known, what it comes from says only whose it is; it may be put together of more.
        var given = readings.Select(Read).ToList();
        var named = sources.Where(source => source.Name is null || given.Exists(each => each.Name is null || each.Is(source) == true)).ToImmutableArray();
        return !named.IsEmpty ? named : [.. given];
    }

    private Referred Read(PropertyReading reading)
    {
        if (!reading.TryGetText(out var text))
        {
            return new(null, null);
        }

        var parts = text.Split('/');
        var at = Array.FindIndex(parts, part => part.Equals(Segment, StringComparison.OrdinalIgnoreCase));
        return new(null, at >= 0 && at + 1 < parts.Length ? parts[at + 1] : parts.Length == 1 ? text : null);
    }
}
