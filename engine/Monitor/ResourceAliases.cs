using System.Collections.Immutable;
using CantonInfra.Protocol;
using WireAlias = CantonInfra.Protocol.Wire.Alias;

namespace CantonInfra.Engine.Monitor;

/// <summary>Works out the URNs that a resource was known by before, from its own aliases and those of its parent.</summary>
internal static class ResourceAliases
{
    /// <summary>The former URNs of a resource, without its present one, sorted.</summary>
    /// <param name="urn">The present URN.</param>
    /// <param name="parent">The present parent; null for the root stack and top-level resources.</param>
    /// <param name="parentAliases">The parent's former URNs.</param>
    /// <param name="aliases">The aliases of the request.</param>
    /// <param name="aliasUrns">Aliases as plain URNs, from SDKs that know no others.</param>
    public static ImmutableArray<string> Resolve(
        Urn urn, Urn? parent, ImmutableArray<string> parentAliases, IEnumerable<WireAlias> aliases, IEnumerable<string> aliasUrns)
    {
        var result = new SortedSet<string>(StringComparer.Ordinal);
        result.UnionWith(aliasUrns);
        foreach (var alias in aliases)
        {
            result.Add(alias.AliasCase == WireAlias.AliasOneofCase.Urn ? alias.Urn : OfSpec(urn, parent, alias.Spec).ToString());
        }

        // A child moves with its parent: under each former parent it may have been known by its present type and name, and by
        // those of each of its own aliases, whatever parent that one names.
        var own = result.Select(text => Urn.TryParse(text, out var alias) ? alias : null).OfType<Urn>().Append(urn).ToArray();
        foreach (var former in parentAliases)
        {
            foreach (var alias in own)
            {
                AddInherited(result, urn, parent, former, alias);
            }
        }

        result.Remove(urn.ToString());
        return [.. result];
    }

    private static Urn OfSpec(Urn urn, Urn? parent, WireAlias.Types.Spec spec)
    {
        var formerParent = parent;
        if (spec.NoParent)
        {
            formerParent = null;
        }
        else if (Urn.TryParse(spec.ParentUrn, out var named))
        {
            formerParent = named;
        }

        return Urn.Create(
            Or(spec.Stack, urn.Stack), Or(spec.Project, urn.Project), formerParent, Or(spec.Type, urn.Type), Or(spec.Name, urn.Name));
    }

    private static void AddInherited(SortedSet<string> result, Urn urn, Urn? parent, string formerParent, Urn alias)
    {
        if (!Urn.TryParse(formerParent, out var former))
        {
            return;
        }

        // A name that starts with the parent's is taken to be made from it.
        var name = alias.Name;
        if (parent is not null && name.StartsWith(parent.Name, StringComparison.Ordinal))
        {
            name = former.Name + name[parent.Name.Length..];
        }

        result.Add(Urn.Create(urn.Stack, urn.Project, former, alias.Type, name).ToString());
    }

    private static string Or(string? text, string fallback) => string.IsNullOrEmpty(text) ? fallback : text;
}
