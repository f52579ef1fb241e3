using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>Where values that are not known yet come from.</summary>
internal static class StackSources
{
    /// <summary>The resources of some types that the property at the start of a path takes values from.</summary>
    public static IEnumerable<StackResourceView> SourcesOf(
        this StackView resources, StackResourceView resource, PropertyPath path, ImmutableArray<ResourceTypePattern> types) =>
        path.Elements is [{ Key: { } property }, ..] ? resources.SourcesOf(resource, property).Where(source => source.IsAny(types)) : [];

    /// <summary>Whether a resource is of one of some types.</summary>
    public static bool IsAny(this ResourceView resource, ImmutableArray<ResourceTypePattern> types)
    {
        foreach (var type in types)
        {
            if (type.Matches(resource.Type))
            {
                return true;
            }
        }

        return false;
    }
}
