using System.Collections.Frozen;
using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Monitor;

/// <summary>The provider functions that a preview answers without a provider: their results are unknown.</summary>
internal static class KnownInvokes
{
    // Only what cannot be declared otherwise: every other fact of the cloud is a setting or a resource's output.
    private static readonly FrozenDictionary<string, ImmutableArray<string>> Results =
        new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
        {
            ["azure-native:containerservice:listManagedClusterUserCredentials"] = ["kubeconfigs"],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The functions' tokens, sorted.</summary>
    public static IEnumerable<string> Tokens => Results.Keys.Order(StringComparer.Ordinal);

    /// <summary>The result of a function with every output unknown, or null where the function is not known.</summary>
    public static MapValue? Answer(string token) =>
        Results.TryGetValue(token, out var outputs)
            ? new MapValue(outputs.Select(output => KeyValuePair.Create(output, PropertyValue.Unknown)))
            : null;
}
