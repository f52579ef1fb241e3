using System.Collections;
using System.Collections.Immutable;
using System.Globalization;

namespace CantonInfra.Infra.Tests.Support;

/// <summary>Reads within recorded inputs.</summary>
internal static class Inputs
{
    /// <summary>The value at a path such as <c>network.publicNetworkAccess</c> or <c>agentPoolProfiles.0.mode</c>; null where there is none.</summary>
    public static object? At(this ImmutableDictionary<string, object> inputs, string path)
    {
        object? value = inputs;
        foreach (var part in path.Split('.'))
        {
            value = value switch
            {
                IDictionary<string, object> map => map.TryGetValue(part, out var member) ? member : null,
                IEnumerable list and not string => list.Cast<object?>().ElementAtOrDefault(int.Parse(part, CultureInfo.InvariantCulture)),
                _ => null,
            };
        }

        return value;
    }

    /// <summary>The texts of the list at a path.</summary>
    public static ImmutableArray<string> Texts(this ImmutableDictionary<string, object> inputs, string path) =>
        [.. ((IEnumerable)(inputs.At(path) ?? Array.Empty<object>())).Cast<string>()];
}
