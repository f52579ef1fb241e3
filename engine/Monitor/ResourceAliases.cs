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
            if (alias.AliasCase == WireAlias.AliasOneofCase.Urn)
            {
                result.Add(alias.Urn);
                continue;
            }

            result.Add(OfSpec(urn, parent, alias.Spec).ToString());
            if (!HasOwnParent(alias.Spec))
            {
                foreach (var former in parentAliases)
                {
                    AddInherited(result, urn, parent, former, alias.Spec);
                }
            }
        }

        // A child moves with its parent: under each former parent it may have been known by its present type and name.
        foreach (var former in parentAliases)
        {
            AddInherited(result, urn, parent, former, spec: null);
        }

        result.Remove(urn.ToString());
        return [.. result];
    }

    private static bool HasOwnParent(WireAlias.Types.Spec spec) => spec.NoParent || spec.ParentUrn.Length > 0;

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

    private static void AddInherited(SortedSet<string> result, Urn urn, Urn? parent, string formerParent, WireAlias.Types.Spec? spec)
    {
        if (!Urn.TryParse(formerParent, out var former))
        {
            return;
        }

        // A name that starts with the parent's is taken to be made from it.
        var name = Or(spec?.Name, urn.Name);
        if (parent is not null && name.StartsWith(parent.Name, StringComparison.Ordinal))
        {
            name = former.Name + name[parent.Name.Length..];
        }

        var alias = Urn.Create(
            Or(spec?.Stack, former.Stack), Or(spec?.Project, former.Project), former, Or(spec?.Type, urn.Type), name);
        result.Add(alias.ToString());
    }

    private static string Or(string? text, string fallback) => string.IsNullOrEmpty(text) ? fallback : text;
}
