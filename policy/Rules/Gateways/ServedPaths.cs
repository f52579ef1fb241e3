using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Gateways;

/// <summary>A path that a route leads somewhere.</summary>
/// <param name="Prefix">The path, without a slash at its end; empty for all.</param>
/// <param name="At">Where the route says so.</param>
/// <param name="Backends">The services behind it.</param>
internal sealed record ServedPath(string Prefix, PropertyPath At, ImmutableArray<string> Backends);

/// <summary>What an HTTPRoute serves.</summary>
internal static class ServedPaths
{
    private static readonly PropertyPath Rules = PropertyPath.Parse("spec.rules[*]");

    /// <summary>All paths; null where one of them is not known.</summary>
    public static ImmutableArray<ServedPath>? Of(StackResourceView route)
    {
        var paths = ImmutableArray.CreateBuilder<ServedPath>();
        foreach (var rule in route.Select(Rules).Where(rule => rule.State != PropertyState.Missing))
        {
            var backends = route.Select(Each(rule.Path.Then("backendRefs"))).Where(backend => backend.State != PropertyState.Missing)
                .Select(backend => route.Read(backend.Path.Then("name"))).ToList();
            var matches = route.Select(Each(rule.Path.Then("matches"))).Where(match => match.State != PropertyState.Missing).ToList();
            if (rule.State == PropertyState.Unknown || backends.Exists(name => !name.TryGetText(out _)) || matches.Exists(match => match.State == PropertyState.Unknown))
            {
                return null;
            }

            ImmutableArray<string> names = [.. backends.Select(name => name.TryGetText(out var text) ? text : "")];

            // A rule that asks for nothing, and a match without a path, are for every path.
            if (matches.Count == 0)
            {
                paths.Add(new ServedPath("", rule.Path.Then("matches"), names));
            }

            foreach (var value in matches.Select(match => route.Read(match.Path.Then("path").Then("value"))))
            {
                if (value.State == PropertyState.Unknown)
                {
                    return null;
                }

                paths.Add(new ServedPath(value.TryGetText(out var prefix) ? prefix.TrimEnd('/') : "", value.Path, names));
            }
        }

        return paths.ToImmutable();
    }

    /// <summary>What answers below a path: the longest of what leads there, and all that begins further down.</summary>
    public static IEnumerable<ServedPath> Below(this ImmutableArray<ServedPath> served, string path)
    {
        var longest = served.Where(each => IsAtOrBelow(path, each.Prefix)).MaxBy(each => each.Prefix.Length);
        return served.Where(each => each.Prefix.Length > path.Length && IsAtOrBelow(each.Prefix, path)).Concat(longest is null ? [] : [longest]);
    }

    private static bool IsAtOrBelow(string path, string start) =>
        path.StartsWith(start, StringComparison.Ordinal) && (path.Length == start.Length || path[start.Length] == '/');

    private static PropertyPath Each(PropertyPath path) => new([.. path.Elements, PropertyPathElement.Wildcard]);
}
