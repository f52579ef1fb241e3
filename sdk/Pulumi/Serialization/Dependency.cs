namespace Pulumi.Serialization;

/// <summary>What depending on a resource means on the wire.</summary>
internal static class Dependency
{
    /// <summary>
    /// The URNs that stand for these resources: a component of this program is replaced by the resources of providers below
    /// it. Unknown URNs are left out.
    /// </summary>
    /// <param name="resources">The resources.</param>
    /// <param name="dependent">What depends on them; it never depends on itself.</param>
    public static async Task<SortedSet<string>> ExpandAsync(IEnumerable<Resource> resources, Resource? dependent)
    {
        var urns = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var resource in Leaves(resources))
        {
            if (resource == dependent)
            {
                continue;
            }

            var urn = await resource.Urn.DataTask.ConfigureAwait(false);
            if (urn.IsKnown && !string.IsNullOrEmpty(urn.Value))
            {
                urns.Add(urn.Value);
            }
        }

        return urns;
    }

    /// <summary>The resources of providers, and components made by providers, that these stand for.</summary>
    public static HashSet<Resource> Leaves(IEnumerable<Resource> resources)
    {
        var leaves = new HashSet<Resource>();
        var seen = new HashSet<Resource>();
        var open = new Stack<Resource>(resources);
        while (open.TryPop(out var resource))
        {
            if (!seen.Add(resource))
            {
                continue;
            }

            if (resource.IsCustom || resource.IsRemote)
            {
                leaves.Add(resource);
                continue;
            }

            foreach (var child in resource.GetChildren())
            {
                open.Push(child);
            }
        }

        return leaves;
    }
}
